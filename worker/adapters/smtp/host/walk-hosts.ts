// From the mail hosts of a domain to one session that is ready to ask: hosts by preference, each address of a host, the next one
// where dialling fails, the greeting or EHLO refuses, or the host stays mute. Promises that the address dialed is the one that was
// checked, a moment before; that one dead host cannot use up the time of the others; and, where all fail, the most telling outcome.
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
  /** Under TLS wherever that is offered. */
  isSecure: boolean;
  /** Epoch ms; looked at before each way, since time may stand still in between. */
  readonly deadline: number;
  /** Asked before each connection: whether it may be made. */
  admit: (route: Route) => Promise<Admission>;
  /** Told of each session as soon as its connection stands, so that a question whose time is up knows what was waited for. */
  onDialed: (session: HostSession) => void;
}

export type WalkEnd =
  | { kind: 'ready'; session: HostSession }
  /** `exchange` is the most telling one of the trail. */
  | { kind: 'failed'; exchange: Exchange; trail: readonly Exchange[] }
  /** Ways were left out because nothing more may be put there for now (epoch ms), and no other led to a session. */
  | { kind: 'full'; until: number; trail: readonly Exchange[] }
  /** The deadline came, nobody waits any more, or the adapter is closing, before all were tried. */
  | { kind: 'cut' };

/** How long to wait for a phase: no longer than this part of the time that this way has left. */
type Patience = (phase: keyof SmtpTimeouts, part?: number) => number;

export interface Route {
  host: string;
  address: string;
}

/** What a walk needs, and what all sessions of the adapter share. */
export interface WalkTools {
  deps: SmtpDeps;
  memory: HostMemory;
  pool: { readonly isClosed: boolean; trackSocket: (socket: Socket) => void };
}

/** A session at a mail host, and what its connection may use of its destination; null where nothing bounds that. */
export class HostSession extends Session {
  stay: Stay | null = null;
}

/** Two timers of the same moment fire in any order. */
const DEADLINE_GRACE_MS = 500;

export const routeId = (host: string, address: string): string => `${host} ${address}`;

const isSameFamily = (identity: SendingIdentity, address: string): boolean =>
  identity.address === null || isIPv4(identity.address) === isIPv4(address);

/** Every way to the hosts that this identity can take and that is not excluded. */
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

/** Not where it is in vain, as long as there are other ways. */
export function awayFrom(recipient: Recipient, hosts: readonly MailHost[], isVain: ((way: Route) => boolean) | null): Recipient {
  if (isVain === null) return recipient;
  const { sender, excluded } = recipient;
  const ways = openRoutes({ hosts, identity: sender.identity, excluded });
  const vain = ways.filter(isVain);
  if (vain.length === ways.length) return recipient;
  const away = vain.reduce((each, { host, address }) => without(each, routeId(host, address)), recipient);
  // What it was told at the host it was to come back to is worth nothing.
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
  // DNS may have changed its mind since the mx layer asked: what is dialed is checked here, and dialed as a literal.
  if (!deps.routability.isDialable(route.address)) {
    stay?.cancel();
    return { kind: 'failure', failure: 'connect_failed', detail: 'the address is not publicly routable' };
  }
  return dialWire(deps.dial(route.address, deps.port, request.identity.address), timeoutMs, (socket) => {
    pool.trackSocket(socket);
    // However it ends, and whether it ever stood.
    socket.once('close', () => stay?.end());
  });
}

/** Greeting, EHLO and, where this host is known to insist, TLS. The exchange that went wrong comes back, or null. */
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

/** One way to one host: a session that is ready, or what went wrong, which is added to the trail. */
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
  // The same way is tried once more in plain, or by HELO, and two connections at once are one too many.
  if (isForAnother(trouble, route, tools)) await ending;
  learnFrom(trouble, route, tools);
  return trouble;
}

/** Not in words about us or about its pace: perhaps it is EHLO that it does not bear. */
const IN_OTHER_WORDS: readonly string[] = ['ambiguous', 'policy_other', 'temporary_failure'];
function isPerhapsEhlo({ stage, came }: Exchange): boolean {
  if (stage !== 'helo') return false;
  if (came.kind === 'failure') return came.failure !== 'timeout';
  return IN_OTHER_WORDS.includes(came.meaning) || (came.reply.code === 421 && came.meaning.startsWith('sender_'));
}

/** The same way is worth one more connection, which begins otherwise. */
const isForAnother = (trouble: Exchange, { host }: Route, { memory }: WalkTools): boolean =>
  trouble.stage === 'starttls' || (isPerhapsEhlo(trouble) && memory.of(host).hello !== 'neither');

function learnFrom(trouble: Exchange, { host, address }: Route, { memory, deps }: WalkTools): void {
  const { came, stage } = trouble;
  if (isPerhapsEhlo(trouble) && memory.of(host).hello !== 'neither')
    memory.learnHello(host, memory.of(host).hello === 'EHLO' ? 'HELO' : 'neither');
  const isMute = stage === 'connect' && came.kind === 'failure' && came.failure === 'no_response';
  if (isMute && trouble.durationMs >= deps.timeouts.greetingMs / 2) memory.learnLateGreeting(host);
  if (stage === 'starttls') memory.learnBrokenTls(host);
  else if (came.kind === 'failure' && came.failure === 'disconnected') memory.learnDrop(host, routeId(host, address), trouble);
}

/**
 * TLS, or EHLO, is known to lead to nothing here by now: the same way once more in plain, or by HELO. Or it greets with a refusal
 * that is not about us, which may be over with the next connection, or another host's behind the same address: once more an hour.
 */
function isWorthAnother(trouble: Exchange, { host }: Route, { memory }: WalkTools): boolean {
  if (trouble.stage === 'starttls' || (isPerhapsEhlo(trouble) && memory.of(host).hello === 'HELO')) return true;
  const { stage, came } = trouble;
  if (stage !== 'connect' || came.kind === 'failure' || came.reply.code < 500) return false;
  // `554 5.3.2 System not accepting network messages` is of the system (RFC 3463), however it is put.
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
    if (isExchange(end) && isWorthAnother(end, route, tools))
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

/** One connection, where it may be made. */
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
  // The last way ends with the question, whose own end tells a host that is slow from one that is mute.
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
