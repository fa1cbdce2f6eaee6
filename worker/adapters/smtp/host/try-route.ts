// One connection over one route to a mail host: dialing, greeting, EHLO and, where it is offered, STARTTLS. Guarantees: the address dialed is
// the one that was checked a moment before; what a lost session shows is remembered, and it is told whether its route deserves another one.
import type { Socket } from 'node:net';
import type { MailHost, Provider, SendingIdentity } from '@/lib/verdict/mail-host';
import type { Stay } from '../destinations/destinations';
import { isClosing, type Exchange, type TlsWish } from '../exchange';
import { ownNamesOf } from '../senders';
import { beginsWithTls, Session, type Told } from '../session/session';
import type { SmtpDeps } from '../smtp-deps';
import type { SmtpTimeouts } from '../timeouts';
import { dialWire, Wire, type WireFailure } from '../wire/wire';
import type { HostMemory } from './host-memory';

/** How long to wait for a phase: at most this part of the time that this route has left. */
export type Patience = (phase: keyof SmtpTimeouts, part?: number) => number;

export interface RouteRequest {
  hosts: readonly MailHost[];
  identity: SendingIdentity;
  provider: Provider | null;
  tls: TlsWish;
  /** Epoch ms; read before each route, since the clock may stand still in between. */
  readonly deadline: number;
  /** Called with each session as soon as its connection is up, so that a question whose time is up knows what was waited for. */
  onDialed: (session: HostSession) => void;
}

export interface Route {
  host: string;
  address: string;
}

/** What a walk needs and all sessions of the adapter share. */
export interface WalkTools {
  deps: SmtpDeps;
  memory: HostMemory;
  pool: { readonly isClosed: boolean; trackSocket: (socket: Socket) => void };
}

/** A session at a mail host, and what its connection may use of its destination (null if nothing limits that). */
export class HostSession extends Session {
  stay: Stay | null = null;
  /** STARTTLS was tried in vain. */
  isTlsVain = false;

  get canStartTls(): boolean {
    return this.capabilities.startTls && !this.isTlsVain;
  }
}

export const routeId = (host: string, address: string): string => `${host} ${address}`;

/** Timers and clocks differ by a moment, so most of a time is all of it. */
const WAITED_SHARE = 0.9;

export function failureAt(
  route: { host: string; address: string | null },
  request: RouteRequest,
  failure: WireFailure & { since: number; now: number },
): Exchange {
  const { identity, provider } = request;
  const party = {
    ...route,
    identity: identity.helo,
    provider: provider?.id ?? null,
    ownNames: ownNamesOf(identity, null),
    isSecure: false,
  };
  const came = { kind: 'failure' as const, failure: failure.failure, detail: failure.detail };
  return { at: failure.since, durationMs: failure.now - failure.since, stage: 'connect', party, came };
}

async function dialRoute(
  route: Route,
  request: RouteRequest,
  { tools, timeoutMs, stay }: { tools: WalkTools; timeoutMs: number; stay: Stay | null },
): Promise<Wire | WireFailure> {
  const { deps, pool } = tools;
  // DNS may have changed since the mx layer asked: the address dialed is checked here, and dialed as a literal.
  if (!deps.routability.isDialable(route.address)) {
    stay?.cancel();
    return { kind: 'failure', failure: 'connect_failed', detail: 'the address is not publicly routable' };
  }
  return dialWire(deps.dial(route.address, deps.port, request.identity.address), timeoutMs, (socket) => {
    pool.trackSocket(socket);
    // However the connection ends, and whether it was ever up.
    socket.once('close', () => stay?.end());
  });
}

/** Greeting, EHLO and, where it is offered, STARTTLS. Returns the exchange that went wrong, or null. */
async function openSession(
  session: HostSession,
  { tls }: RouteRequest,
  { tools: { memory }, patience }: Pick<Attempt, 'tools' | 'patience'>,
): Promise<Exchange | null> {
  const { host } = session.setting;
  const { greetsLate } = memory.of(host);
  const opened = await session.open((phase) => patience(phase === 'greetingMs' && greetsLate ? 'lateGreetingMs' : phase));
  memory.learnFrom(host, opened.lessons);
  const trouble = troubleOf(opened);
  if (trouble !== null || !session.canStartTls || !beginsWithTls(tls, memory.of(host).tls)) return trouble;
  const refusal = troubleOf(await session.secure((phase) => patience(phase, 0.5)));
  // `454 4.7.0 TLS not available due to local problem` (RFC 3207 4): the session goes on in plain text.
  if (refusal === null || session.isSecure || isClosing(refusal)) return refusal;
  session.isTlsVain = true;
  memory.learnTls(host, 'broken');
  return null;
}

const troubleOf = ({ end }: Told): Exchange | null => (end?.kind === 'opened' ? end.trouble : null);

export interface Attempt {
  stay: Stay | null;
  tools: WalkTools;
  trail: Exchange[];
  patience: Patience;
  /** The one before it got nowhere with STARTTLS. */
  isTlsVain: boolean;
}

/** Why a route led to no session, and whether it deserves one more connection: in plain text, or from the beginning. */
export interface Lost {
  exchange: Exchange;
  again: 'in_plain' | 'anew' | null;
}

/** Tries one route to one host: a session that is ready, or what went wrong, which is added to the trail. */
export async function tryRoute(
  route: Route,
  request: RouteRequest,
  { tools, trail, patience, stay, isTlsVain }: Attempt,
): Promise<HostSession | Lost> {
  const { clock } = tools.deps;
  const since = clock.now();
  const wire = await dialRoute(route, request, { tools, timeoutMs: patience('connectMs'), stay });
  if (!(wire instanceof Wire)) {
    if (clock.now() < request.deadline) tools.memory.learnDead(route.address);
    const failure = failureAt(route, request, { ...wire, since, now: clock.now() });
    trail.push(failure);
    return { exchange: failure, again: null };
  }
  const { identity, provider } = request;
  const mxHosts = request.hosts.map(({ name }) => name);
  const saysHelo = tools.memory.of(route.host).hello === 'HELO';
  const { host, address } = route;
  const session = new HostSession(wire, { host, address, identity, provider, mxHosts, saysHelo }, tools.deps, trail);
  session.stay = stay;
  session.isTlsVain = isTlsVain;
  request.onDialed(session);
  const exchange = await openSession(session, request, { tools, patience });
  if (exchange === null) return session;
  trail.splice(0, trail.length, ...session.trail);
  const again = learnFrom(exchange, session, tools);
  const ending = session.quit();
  // Two connections at once would be one too many.
  if (again !== null) await ending;
  return { exchange, again };
}

/** Learns what a lost session shows, and tells whether its route deserves another one. */
function learnFrom(trouble: Exchange, { setting: { host, address }, isSecure }: HostSession, tools: WalkTools): Lost['again'] {
  const { memory, deps } = tools;
  const { came, stage } = trouble;
  if (stage === 'starttls' || isSecure) return learnFromTls(trouble, tools);
  const isMute = stage === 'connect' && came.kind === 'failure' && came.failure === 'no_response';
  if (isMute && trouble.durationMs >= deps.timeouts.greetingMs / 2) memory.learnLateGreeting(host);
  if (came.kind === 'failure' && came.failure === 'disconnected') memory.learnDrop(host, routeId(host, address), trouble);
  const { hello } = memory.of(host);
  if (isPerhapsEhlo(trouble) && hello !== 'neither') memory.learnHello(host, hello === 'EHLO' ? 'HELO' : 'neither');
  return (isPerhapsEhlo(trouble) && hello === 'EHLO') || isBadGreeting(trouble, memory) ? 'anew' : null;
}

/** A handshake, or EHLO after it, that had less time than it may take says nothing about the TLS of the host. */
function learnFromTls({ came, party, durationMs }: Exchange, { memory, deps }: WalkTools): Lost['again'] {
  const isSilent = came.kind === 'failure' && (came.failure === 'no_response' || came.failure === 'timeout');
  if (isSilent && durationMs < deps.timeouts.starttlsMs * WAITED_SHARE) return null;
  memory.learnTls(party.host, isSilent && memory.of(party.host).tls !== 'doubtful' ? 'doubtful' : 'broken');
  return 'in_plain';
}

/** Words that are not about us or our pace: the host may not tolerate EHLO. */
const IN_OTHER_WORDS: readonly string[] = ['ambiguous', 'policy_other', 'temporary_failure'];
function isPerhapsEhlo({ stage, came }: Exchange): boolean {
  if (stage !== 'helo') return false;
  if (came.kind === 'failure') return came.failure !== 'timeout';
  return IN_OTHER_WORDS.includes(came.meaning) || (came.reply.code === 421 && came.meaning.startsWith('sender_'));
}

/**
 * A refusal that is not about us, for the first time in an hour. The next connection may not get it, or may reach another host behind the
 * same address.
 */
function isBadGreeting({ stage, came, party }: Exchange, memory: HostMemory): boolean {
  if (stage !== 'connect' || came.kind === 'failure' || came.reply.code < 500) return false;
  // `554 5.3.2 System not accepting network messages` is about the system (RFC 3463), whatever its words.
  const isOfSystem = IN_OTHER_WORDS.includes(came.meaning) || came.reply.enhanced?.startsWith('5.3.') === true;
  return isOfSystem && memory.isFirstBadGreeting(party.host);
}
