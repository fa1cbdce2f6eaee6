// Whose request this is, by network address. The web server (scripts/web.ts) reads it from the socket, or from the proxies
// that the operator trusts, and hands it on in one header of its own after removing every header that claims it; route code
// reads that header. So nothing a client sends can change a limit.
import ipaddr from 'ipaddr.js';

/** Set by our web server on every request; whatever a client sends under this name is removed first. */
export const CLIENT_ADDRESS_HEADER = 'x-client-address';

/** Requests that came past the web server (a bare `next start`) share one limit. */
const UNKNOWN = 'unknown';

export interface Connection {
  socketAddress: string | undefined;
  /** The X-Forwarded-For line; several lines joined by commas. */
  forwardedFor: string | undefined;
  /** How many proxies in front of us the operator runs. */
  trustedProxyHops: number;
}

/**
 * The client's address in normal form. With n trusted hops it is the nth entry from the right of X-Forwarded-For: each
 * proxy appends the peer that it saw, so entries further left are the client's own words. A line that is too short or not
 * an address did not come through those proxies: then the socket tells.
 */
export function resolveClientAddress({ socketAddress, forwardedFor, trustedProxyHops }: Connection): string {
  const socket = normalAddress(socketAddress ?? '') ?? UNKNOWN;
  if (trustedProxyHops === 0 || forwardedFor === undefined) return socket;
  const entries = forwardedFor.split(',').map((entry) => entry.trim());
  return normalAddress(entries.at(-trustedProxyHops) ?? '') ?? socket;
}

/** What the web server found out about this request's client. */
export function clientAddress(headers: Headers): string {
  return normalAddress(headers.get(CLIENT_ADDRESS_HEADER) ?? '') ?? UNKNOWN;
}

/** What limits count by: an IPv6 visitor owns a /64 at least, so that is one visitor. */
export function addressKey(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address;
  const { parts } = ipaddr.IPv6.parse(address);
  return `${parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}

/** Shorthand for limits: the key of the client behind these headers. */
export const clientKeyOf = (headers: Headers): string => addressKey(clientAddress(headers));

/** Some proxies append the port (`192.0.2.1:4711`, `[2001:db8::1]:4711`); IPv4 in IPv6 is IPv4; a zone is dropped. */
function normalAddress(text: string): string | null {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text;
  const address = bare.replace(/%.*$/, '');
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address).toString();
  if (!ipaddr.IPv6.isValid(address)) return null;
  return ipaddr.process(address).toString();
}
