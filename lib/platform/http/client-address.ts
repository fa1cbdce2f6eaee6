// Identifies a request's client by network address. The web server (scripts/web.ts) takes the address from the socket, or from the proxies
// that the operator trusts, and passes it on in one header after removing every header that claims to be it. Route code reads that header,
// so nothing that a client sends can change a limit.
import ipaddr from 'ipaddr.js';
import { ATTEMPT_IPV6_PREFIX_BITS } from '../limits';

/** Set by our web server on every request; anything a client sends under this name is removed first. */
export const CLIENT_ADDRESS_HEADER = 'x-client-address';

/**
 * `1` on a request that a program on this machine sent to us directly, with no proxy in between, as far as a request can tell. Only our
 * web server sets it: a request that bypassed the web server counts as coming from elsewhere.
 */
export const LOCAL_REQUEST_HEADER = 'x-local-request';

/** Requests that bypassed the web server (a bare `next start`) share one limit. */
const UNKNOWN = 'unknown';
const SUBNET_BITS = 64;
const PART_BITS = 16;

export interface Connection {
  socketAddress: string | undefined;
  /** The X-Forwarded-For header. Several headers are joined by commas. */
  forwardedFor: string | undefined;
  /** How many proxies the operator runs in front of us. */
  trustedProxyHops: number;
}

/** Free offers count by wider networks, since a client with a whole /56 or /48 is still one customer. */
export interface ClientNetworks {
  /** An IPv4 address, or an IPv6 /56, as a household gets. */
  household: string;
  /** An IPv6 /48, as a company gets. Null for IPv4, where neighboring addresses can belong to anybody. */
  site: string | null;
}

/**
 * The client's address in normal form. With n trusted hops it is the nth entry from the right of X-Forwarded-For: each proxy appends the
 * peer that it saw, so entries further left are only the client's claim. A header that is too short or holds no address did not come
 * through those proxies; then the socket's address is used.
 */
export function resolveClientAddress({ socketAddress, forwardedFor, trustedProxyHops }: Connection): string {
  const socket = normalAddress(socketAddress ?? '') ?? UNKNOWN;
  if (trustedProxyHops === 0 || forwardedFor === undefined) return socket;
  const entries = forwardedFor.split(',').map((entry) => entry.trim());
  return normalAddress(entries.at(-trustedProxyHops) ?? '') ?? socket;
}

/** The address that the web server determined for this request's client. */
export function clientAddress(headers: Headers): string {
  return normalAddress(headers.get(CLIENT_ADDRESS_HEADER) ?? '') ?? UNKNOWN;
}

/** The key that limits count by. An IPv6 client owns at least a /64, so a /64 is one client; `bits` selects a larger network. */
export function addressKey(address: string, bits: number = SUBNET_BITS): string {
  if (!ipaddr.IPv6.isValid(address)) return address;
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${address}/${bits}`);
  return `${network.parts
    .slice(0, Math.ceil(bits / PART_BITS))
    .map((part) => part.toString(16))
    .join(':')}::/${bits}`;
}

/** The limit key of the client behind these headers. */
export const clientKeyOf = (headers: Headers): string => addressKey(clientAddress(headers));

/** The key that attempts on the account pages count by. A client with one /64 to guess from often has the other 255 of its /56 too. */
export const attemptKey = (headers: Headers): string => addressKey(clientAddress(headers), ATTEMPT_IPV6_PREFIX_BITS);

export const networksOf = (address: string): ClientNetworks => ({
  household: addressKey(address, 56),
  site: ipaddr.IPv6.isValid(address) ? addressKey(address, 48) : null,
});

export const clientNetworksOf = (headers: Headers): ClientNetworks => networksOf(clientAddress(headers));

/** Some proxies append the port (`192.0.2.1:4711`, `[2001:db8::1]:4711`). IPv4 in IPv6 becomes IPv4, and a zone is dropped. */
function normalAddress(text: string): string | null {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text;
  const address = bare.replace(/%.*$/, '');
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address).toString();
  if (!ipaddr.IPv6.isValid(address)) return null;
  return ipaddr.process(address).toString();
}

// Whether a form came from our own pages. Browsers send the page's origin with every POST, and scripts can't change it.

export function isSameOrigin(headers: Headers): boolean {
  const origin = headers.get('origin');
  const host = headers.get('x-forwarded-host') ?? headers.get('host');
  if (origin === null || host === null || !URL.canParse(origin)) return false;
  return new URL(origin).host === host;
}
