// Decides which DNS servers are asked about a name: names at or under a routed zone go to that zone's server only, all others to the
// configured servers or the system's, in order. Guarantees: what is known about a server is shared by all names for which it is asked.
// Rejects servers that are not an IP address with a valid port.
import { Resolver } from 'node:dns';
import { isIP, isIPv6 } from 'node:net';
import { DNS_SERVERS_MAX } from '@/lib/platform/limits';
import type { Patience, Route } from './ask-servers';
import { DnsServer } from './server';
import type { ServerAddress } from './udp-wire';

export interface ZoneRoute {
  zone: string;
  /** `host:port` or `[v6]:port` */
  server: string;
}

export interface RouteOptions extends Patience {
  /** `host:port` or `[v6]:port`; null for the system's resolvers. */
  servers: readonly string[] | null;
  zoneRoutes?: readonly ZoneRoute[];
}

export function createResolverRoutes(options: RouteOptions): (name: string) => Route {
  if (options.servers?.length === 0) throw new Error('no DNS server named: use null for the system’s resolvers');
  const standard = createRoute(options, options.servers ?? systemServers());
  const routes = (options.zoneRoutes ?? []).map(({ zone, server }) => ({
    zone: zone.toLowerCase(),
    route: createRoute(options, [server]),
  }));
  return (name) => routes.find(({ zone }) => name === zone || name.endsWith(`.${zone}`))?.route ?? standard;
}

/** The system's current servers, written as in the settings. */
export const systemServers = (): string[] =>
  new Resolver().getServers().map((server) => (isIPv6(server) ? `[${server}]` : server));

function createRoute({ timeoutMs, tries }: Patience, named: readonly string[]): Route {
  const servers = named.map(serverAddress).slice(0, DNS_SERVERS_MAX);
  return { servers: servers.map((address) => new DnsServer(address)), timeoutMs, tries };
}

function serverAddress(server: string): ServerAddress {
  const match = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(server);
  const address = match?.[1] ?? match?.[2] ?? '';
  const port = Number(match?.[3] ?? 53);
  if (isIP(address) === 0 || port < 1 || port > 65_535) throw new Error(`not a DNS server (IP address and port): ${server}`);
  return { address, port };
}
