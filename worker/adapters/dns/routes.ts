// Which resolvers are asked about which name: names at or under a routed zone go to that zone's server only, all others to the
// configured servers or the system's. Promises one resolver a server, each with another one first: node runs c-ares with
// ARES_FLAG_NOCHECKRESP, which moves on to the next server after silence but not after SERVFAIL or REFUSED, so the caller has
// to. Refuses servers that are not an IP address with a valid port, because node takes port 99999 silently for another one.
import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { createQuestionGate, type QuestionGate } from './question-gate';

export interface ZoneRoute {
  zone: string;
  /** `host:port` or `[v6]:port` */
  server: string;
}

/** Never empty; ask the next one when a server itself failed. The gate keeps their bursts small. */
export interface ResolverRoute {
  resolvers: readonly Resolver[];
  gate: QuestionGate;
}

export interface RouteOptions {
  /** `host:port` or `[v6]:port`; null for the system's resolvers. */
  servers: readonly string[] | null;
  timeoutMs: number;
  tries: number;
  zoneRoutes?: readonly ZoneRoute[];
}

/** Half of what a loopback receive buffer holds (see question-gate). */
const QUESTIONS_YOUNG_MAX = 200;
const QUESTION_HOLD_MS = 250;

/** More resolvers than these are not asked about one name; the system's list has three at most as well. */
const SERVERS_MAX = 3;

export function createResolverRoutes(options: RouteOptions): (name: string) => ResolverRoute {
  if (options.servers?.length === 0) throw new Error('no DNS server named: use null for the system’s resolvers');
  const standard = createRoute(options, options.servers?.map(checkedServer) ?? null);
  const routes = (options.zoneRoutes ?? []).map(({ zone, server }) => ({
    zone: zone.toLowerCase(),
    route: createRoute(options, [checkedServer(server)]),
  }));
  return (name) => routes.find(({ zone }) => name === zone || name.endsWith(`.${zone}`))?.route ?? standard;
}

function createRoute({ timeoutMs, tries }: RouteOptions, named: readonly string[] | null): ResolverRoute {
  const system = new Resolver({ timeout: timeoutMs, tries });
  // Link-local servers (`fe80::1%eth0`) work as the system's, but node cannot set them.
  const servers = named ?? system.getServers().filter((server) => !server.includes('%'));
  const rotations = servers.slice(0, SERVERS_MAX).map((_, first) => {
    const resolver = new Resolver({ timeout: timeoutMs, tries });
    resolver.setServers([...servers.slice(first), ...servers.slice(0, first)]);
    return resolver;
  });
  return {
    resolvers: named === null ? [system, ...rotations.slice(1)] : rotations,
    gate: createQuestionGate({ places: QUESTIONS_YOUNG_MAX, holdMs: QUESTION_HOLD_MS }),
  };
}

function checkedServer(server: string): string {
  const match = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(server);
  const address = match?.[1] ?? match?.[2] ?? '';
  const port = Number(match?.[3] ?? 53);
  if (isIP(address) === 0 || port < 1 || port > 65_535) throw new Error(`not a DNS server (IP address and port): ${server}`);
  return server;
}
