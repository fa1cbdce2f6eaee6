// Goes from a domain's mail hosts to one session that is ready to ask: hosts by preference, each address of a host, and the next one if
// dialing fails, the greeting or EHLO refuses, or the host stays mute. Guarantees: the address dialed is the one that was checked a moment
// before; one dead host cannot use up the time of the others; if all fail, the outcome is the most telling one.
import { isIPv4, type Socket } from 'node:net';
import type { MailHost, Provider, SendingIdentity } from '@/lib/verdict/mail-host';
import type { Admission, Stay } from '../destinations/destinations';
import { isPositive, moreTelling, type Exchange } from '../exchange';
import { ownNamesOf } from '../senders';
import { Session, type Told } from '../session/session';
import type { SmtpDeps } from '../smtp-deps';
import type { SmtpTimeouts } from '../timeouts';
import type { HostMemory } from './host-memory';
import { without, type Recipient } from './recipient';
import { dialWire, Wire, type WireFailure } from '../wire/wire';

export interface WalkRequest {
  hosts: readonly MailHost[];
  identity: SendingIdentity;
  provider: Provider | null;
  /** Hosts and routes (`routeId`) not to try, and the host to try first. */
  excluded: ReadonlySet<string>;
  preferred: string | null;
  /** Under TLS wherever it is offered. */
  isSecure: boolean;
  /** Epoch ms; read before each route, since the clock may stand still in between. */
  readonly deadline: number;
  /** Asked before each connection: whether it may be made. */
  admit: (route: Route) => Promise<Admission>;
  /** Called with each session as soon as its connection is up, so that a question whose time is up knows what was waited for. */
  onDialed: (session: HostSession) => void;
}

export type WalkEnd =
  | { kind: 'ready'; session: HostSession }
  /** `exchange` is the most telling one of the trail. */
  | { kind: 'failed'; exchange: Exchange; trail: readonly Exchange[] }
  /** Routes were left out because nothing more may be sent there until `until` (epoch ms), and no other route led to a session. */
  | { kind: 'full'; until: number; trail: readonly Exchange[] }
  /** Not all routes were tried: the deadline came, nobody waits any more, or the adapter is closing. */
  | { kind: 'cut' };

/** How long to wait for a phase: at most this part of the time that this route has left. */
type Patience = (phase: keyof SmtpTimeouts, part?: number) => number;

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
}

/** Two timers for the same moment fire in any order. */
const DEADLINE_GRACE_MS = 500;
/** Timers and clocks differ by a moment, so most of a time is all of it. */
const WAITED_SHARE = 0.9;

export const routeId = (host: string, address: string): string => `${host} ${address}`;

const isSameFamily = (identity: SendingIdentity, address: string): boolean =>
  identity.address === null || isIPv4(identity.address) === isIPv4(address);

/** Every route to the hosts that this identity can take and that is not excluded. */
export function openRoutes({
  hosts,
  identity,
  excluded,
}: Pick<WalkRequest, 'hosts' | 'identity' | 'excluded'>): readonly Route[] {
  return hosts
    .filter(({ name }) => !excluded.has(name))
    .flatMap(({ name, addresses }) => addresses.map((address) => ({ host: name, address })))
    .filter(({ host, address }) => isSameFamily(identity, address) && !excluded.has(routeId(host, address)));
}

/** Avoids routes where asking is in vain, as long as there are others. */
export function awayFrom(recipient: Recipient, hosts: readonly MailHost[], isVain: ((way: Route) => boolean) | null): Recipient {
  if (isVain === null) return recipient;
  const { sender, excluded } = recipient;
  const ways = openRoutes({ hosts, identity: sender.identity, excluded });
  const vain = ways.filter(isVain);
  if (vain.length === ways.length) return recipient;
  const away = vain.reduce((each, { host, address }) => without(each, routeId(host, address)), recipient);
  // The host it was to come back to told it nothing of value.
  return vain.some(({ host }) => host === recipient.preferredHost) ? { ...away, preferredHost: null } : away;
}

function routesOf(request: WalkRequest, { deps, memory }: WalkTools): readonly Route[] {
  const routes = openRoutes(request).toSorted(
    (a, b) => Number(b.host === request.preferred) - Number(a.host === request.preferred),
  );
  return routes
    .toSorted((a, b) => Number(memory.isDead(a.address)) - Number(memory.isDead(b.address)))
    .slice(0, deps.limits.routesAWalk);
}

function failureAt(
  route: { host: string; address: string | null },
  request: WalkRequest,
  failure: WireFailure & { since: number; now: number },
): Exchange {
  const { identity, provider } = request;
  const party = { ...route, identity: identity.helo, provider: provider?.id ?? null, ownNames: ownNamesOf(identity, null) };
  const came = { kind: 'failure' as const, failure: failure.failure, detail: failure.detail };
  return { at: failure.since, durationMs: failure.now - failure.since, stage: 'connect', party, came };
}

async function dialRoute(
  route: Route,
  request: WalkRequest,
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

/** Greeting, EHLO and, if this host is known to insist, TLS. Returns the exchange that went wrong, or null. */
async function openSession(
  session: Session,
  { tools: { memory }, patience, isSecure }: Pick<Attempt, 'tools' | 'patience'> & Pick<WalkRequest, 'isSecure'>,
): Promise<Exchange | null> {
  const { host } = session.setting;
  const { greetsLate } = memory.of(host);
  const opened = await session.open((phase) => patience(phase === 'greetingMs' && greetsLate ? 'lateGreetingMs' : phase));
  memory.learnFrom(host, opened.lessons);
  const trouble = troubleOf(opened);
  const { wantsTls, isTlsBroken } = memory.of(host);
  if (trouble !== null || !session.capabilities.startTls || !(wantsTls || isSecure) || isTlsBroken) return trouble;
  return troubleOf(await session.secure((phase) => patience(phase, 0.5)));
}

const troubleOf = ({ end }: Told): Exchange | null => (end?.kind === 'opened' ? end.trouble : null);

interface Attempt {
  stay: Stay | null;
  tools: WalkTools;
  trail: Exchange[];
  patience: Patience;
}

/** Tries one route to one host: a session that is ready, or what went wrong, which is added to the trail. */
async function tryRoute(
  route: Route,
  request: WalkRequest,
  { tools, trail, patience, stay }: Attempt,
): Promise<HostSession | Exchange> {
  const { clock } = tools.deps;
  const since = clock.now();
  const wire = await dialRoute(route, request, { tools, timeoutMs: patience('connectMs'), stay });
  if (!(wire instanceof Wire)) {
    if (clock.now() < request.deadline) tools.memory.learnDead(route.address);
    const failure = failureAt(route, request, { ...wire, since, now: clock.now() });
    trail.push(failure);
    return failure;
  }
  const { identity, provider } = request;
  const mxHosts = request.hosts.map(({ name }) => name);
  const saysHelo = tools.memory.of(route.host).hello === 'HELO';
  const session = new HostSession(wire, { ...route, identity, provider, mxHosts, saysHelo }, tools.deps, trail);
  session.stay = stay;
  request.onDialed(session);
  const trouble = await openSession(session, { tools, patience, isSecure: request.isSecure });
  if (trouble === null) return session;
  trail.splice(0, trail.length, ...session.trail);
  const ending = session.quit();
  // The same route is tried once more in plain text or with HELO, and two connections at once would be one too many.
  if (isForAnother(trouble, route, tools)) await ending;
  learnFrom(trouble, request, { route, tools });
  return trouble;
}

/**
 * The handshake had less time than it may take, or belongs to a question that is worth asking only under TLS. So it says nothing about the
 * TLS of the host, and an answer in plain text would be worth nothing.
 */
function isLateUnderTls({ stage, came, durationMs }: Exchange, { isSecure }: WalkRequest, { deps }: WalkTools): boolean {
  if (stage !== 'starttls' || came.kind !== 'failure' || came.failure !== 'no_response') return false;
  return isSecure || durationMs < deps.timeouts.starttlsMs * WAITED_SHARE;
}

/** Words that are not about us or our pace: the host may not tolerate EHLO. */
const IN_OTHER_WORDS: readonly string[] = ['ambiguous', 'policy_other', 'temporary_failure'];
function isPerhapsEhlo({ stage, came }: Exchange): boolean {
  if (stage !== 'helo') return false;
  if (came.kind === 'failure') return came.failure !== 'timeout';
  return IN_OTHER_WORDS.includes(came.meaning) || (came.reply.code === 421 && came.meaning.startsWith('sender_'));
}

/** The same route deserves one more connection, which begins differently. */
const isForAnother = (trouble: Exchange, { host }: Route, { memory }: WalkTools): boolean =>
  trouble.stage === 'starttls' || (isPerhapsEhlo(trouble) && memory.of(host).hello !== 'neither');

function learnFrom(
  trouble: Exchange,
  request: WalkRequest,
  { route: { host, address }, tools }: { route: Route; tools: WalkTools },
): void {
  const { memory, deps } = tools;
  const { came, stage } = trouble;
  if (isLateUnderTls(trouble, request, tools)) return;
  if (isPerhapsEhlo(trouble) && memory.of(host).hello !== 'neither')
    memory.learnHello(host, memory.of(host).hello === 'EHLO' ? 'HELO' : 'neither');
  const isMute = stage === 'connect' && came.kind === 'failure' && came.failure === 'no_response';
  if (isMute && trouble.durationMs >= deps.timeouts.greetingMs / 2) memory.learnLateGreeting(host);
  if (stage === 'starttls') memory.learnBrokenTls(host);
  else if (came.kind === 'failure' && came.failure === 'disconnected') memory.learnDrop(host, routeId(host, address), trouble);
}

/**
 * The host is known by now to fail with TLS or EHLO: the same route once more, in plain text or with HELO. Or it greets with a refusal that
 * is not about us, which the next connection may not get, or which may come from another host behind the same address: once more per hour.
 */
function isWorthAnother(trouble: Exchange, { host }: Route, { memory }: WalkTools): boolean {
  if (trouble.stage === 'starttls' || (isPerhapsEhlo(trouble) && memory.of(host).hello === 'HELO')) return true;
  const { stage, came } = trouble;
  if (stage !== 'connect' || came.kind === 'failure' || came.reply.code < 500) return false;
  // `554 5.3.2 System not accepting network messages` is about the system (RFC 3463), whatever its words.
  const isOfSystem = IN_OTHER_WORDS.includes(came.meaning) || came.reply.enhanced?.startsWith('5.3.') === true;
  return isOfSystem && memory.isFirstBadGreeting(host);
}

export async function walkHosts(request: WalkRequest, tools: WalkTools): Promise<WalkEnd> {
  const { clock } = tools.deps;
  const routes = routesOf(request, tools);
  const trail: Exchange[] = [];
  let fullUntil: number | null = null;
  for (const [index, route] of routes.entries()) {
    const drop = tools.memory.restingAfter(routeId(route.host, route.address));
    if (drop !== null) {
      trail.push(drop);
      continue;
    }
    let end = await goTo(route, request, { tools, trail, waysLeft: routes.length - index });
    if (isExchange(end) && !isLateUnderTls(end, request, tools) && isWorthAnother(end, route, tools))
      end = await goTo(route, request, { tools, trail, waysLeft: routes.length - index });
    if (end instanceof HostSession) return { kind: 'ready', session: end };
    if (isExchange(end)) continue;
    if (end.kind !== 'full') return { kind: 'cut' };
    fullUntil = Math.min(fullUntil ?? end.until, end.until);
  }
  return fullUntil === null ? whyFailed(request, trail, clock.now()) : { kind: 'full', until: fullUntil, trail };
}

type NotGone = Exclude<Admission, { kind: 'in' }>;
const isExchange = (end: HostSession | Exchange | NotGone): end is Exchange => 'came' in end;

/** Makes one connection, if it may be made. */
async function goTo(
  route: Route,
  request: WalkRequest,
  { tools, trail, waysLeft }: Pick<Attempt, 'tools' | 'trail'> & { waysLeft: number },
): Promise<HostSession | Exchange | NotGone> {
  const { clock, timeouts } = tools.deps;
  const isOver = (): boolean => clock.now() >= request.deadline || tools.pool.isClosed;
  if (isOver()) return { kind: 'unwanted' };
  const admission = await request.admit(route);
  if (admission.kind !== 'in') return admission;
  const { stay } = admission;
  if (isOver()) {
    stay?.cancel();
    return { kind: 'unwanted' };
  }
  // An equal share of the time that is left, so that every further host gets its turn.
  const share = Math.max(1, (request.deadline - clock.now()) / waysLeft);
  // The last route ends with the question, whose own end tells a slow host from a mute one.
  const until = clock.now() + share + (waysLeft === 1 ? DEADLINE_GRACE_MS : 0);
  const patience: Patience = (phase, part = 1) => Math.max(1, Math.min(timeouts[phase], (until - clock.now()) * part));
  return tryRoute(route, request, { tools, trail, patience, stay });
}

/** The most telling of what went wrong. */
function whyFailed(request: WalkRequest, trail: readonly Exchange[], now: number): WalkEnd {
  const exchange = trail.filter((each) => !isPositive(each)).reduce<Exchange | null>(moreTelling, null);
  if (exchange !== null) return { kind: 'failed', exchange, trail };
  const nowhere = { host: request.hosts[0]?.name ?? '', address: null };
  const failure = { kind: 'failure', failure: 'connect_failed', detail: 'no address that this identity can reach' } as const;
  const none = failureAt(nowhere, request, { ...failure, since: now, now });
  return { kind: 'failed', exchange: none, trail: [none] };
}
