// Goes from a domain's mail hosts to one session that is ready to ask: hosts by preference, each address of a host, and the next one if
// dialing fails, the greeting or EHLO refuses, or the host stays mute. Guarantees: the address dialed is the one that was checked a moment
// before; one dead host cannot use up the time of the others; if all fail, the outcome is the most telling one.
import { isIPv4 } from 'node:net';
import type { MailHost, SendingIdentity } from '@/lib/verdict/mail-host';
import type { Admission } from '../destinations/destinations';
import { isPositive, moreTelling, type Exchange } from '../exchange';
import { without, type Recipient } from './recipient';
import {
  failureAt,
  HostSession,
  routeId,
  tryRoute,
  type Attempt,
  type Lost,
  type Patience,
  type Route,
  type RouteRequest,
  type WalkTools,
} from './try-route';

export interface WalkRequest extends RouteRequest {
  /** Hosts and routes (`routeId`) not to try, and the host to try first. */
  excluded: ReadonlySet<string>;
  preferred: string | null;
  /** Asked before each connection: whether it may be made. */
  admit: (route: Route) => Promise<Admission>;
}

export type WalkEnd =
  | { kind: 'ready'; session: HostSession }
  /** `exchange` is the most telling one of the trail. */
  | { kind: 'failed'; exchange: Exchange; trail: readonly Exchange[] }
  /** Routes were left out because nothing more may be sent there until `until` (epoch ms), and no other route led to a session. */
  | { kind: 'full'; until: number; trail: readonly Exchange[] }
  /** Not all routes were tried: the deadline came, nobody waits any more, or the adapter is closing. */
  | { kind: 'cut' };

/** Two timers for the same moment fire in any order. */
const DEADLINE_GRACE_MS = 500;

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
    const waysLeft = routes.length - index;
    let end = await goTo(route, request, { tools, trail, waysLeft, isTlsVain: false });
    if (isLost(end) && end.again !== null)
      end = await goTo(route, request, { tools, trail, waysLeft, isTlsVain: end.again === 'in_plain' });
    if (end instanceof HostSession) return { kind: 'ready', session: end };
    if (isLost(end)) continue;
    if (end.kind !== 'full') return { kind: 'cut' };
    fullUntil = Math.min(fullUntil ?? end.until, end.until);
  }
  return fullUntil === null ? whyFailed(request, trail, clock.now()) : { kind: 'full', until: fullUntil, trail };
}

type NotGone = Exclude<Admission, { kind: 'in' }>;
const isLost = (end: HostSession | Lost | NotGone): end is Lost => 'again' in end;

/** Makes one connection, if it may be made. */
async function goTo(
  route: Route,
  request: WalkRequest,
  { tools, trail, waysLeft, isTlsVain }: Pick<Attempt, 'tools' | 'trail' | 'isTlsVain'> & { waysLeft: number },
): Promise<HostSession | Lost | NotGone> {
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
  return tryRoute(route, request, { tools, trail, patience, stay, isTlsVain });
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
