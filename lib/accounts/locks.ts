// Where an API key may be used from: networks of clients, and origins of pages. A key without locks may be used from everywhere.
import ipaddr from 'ipaddr.js';
import { API_KEY_LOCKS_MAX, API_KEY_ORIGIN_MAX_CHARS } from '@/lib/platform/limits';

export const NETWORK_PROBLEM = `Use up to ${API_KEY_LOCKS_MAX} addresses or networks like 203.0.113.7 or 2001:db8::/32.`;
export const ORIGIN_PROBLEM = `Use up to ${API_KEY_LOCKS_MAX} origins like https://example.com: scheme and host, no path.`;

/** Networks in their plainest form, without duplicates. Null if one is invalid or there are too many. */
export function toNetworks(words: readonly string[]): string[] | null {
  const networks = words.map((word) => toNetwork(word.trim()));
  return allOf(networks);
}

/** Origins as browsers send them, without duplicates. Null if one is invalid or there are too many. */
export const toOrigins = (words: readonly string[]): string[] | null => allOf(words.map((word) => toOrigin(word.trim())));

function allOf(found: readonly (string | null)[]): string[] | null {
  const good = found.filter((word) => word !== null);
  return good.length === found.length && found.length <= API_KEY_LOCKS_MAX ? [...new Set(good)] : null;
}

function toNetwork(word: string): string | null {
  const [address = '', bits] = word.split('/', 2);
  const isV4 = ipaddr.IPv4.isValidFourPartDecimal(address);
  if (!isV4 && !ipaddr.IPv6.isValid(address)) return null;
  const cidr = word.includes('/') ? word : `${address}/${isV4 ? 32 : 128}`;
  if (bits === '' || !ipaddr.isValidCIDR(cidr)) return null;
  const { IPv4, IPv6 } = ipaddr;
  const first = isV4 ? IPv4.networkAddressFromCIDR(cidr) : IPv6.networkAddressFromCIDR(cidr);
  return `${first.toString()}/${ipaddr.parseCIDR(cidr)[1]}`;
}

function toOrigin(word: string): string | null {
  if (word.length > API_KEY_ORIGIN_MAX_CHARS || !URL.canParse(word)) return null;
  const { protocol, origin, pathname, search, hash, username } = new URL(word);
  const isBare = pathname === '/' && search === '' && hash === '' && username === '';
  return isBare && (protocol === 'https:' || protocol === 'http:') ? origin : null;
}

/** Whether a client's address is in one of the networks. An unknown address is in none. */
export function isInNetworks(address: string, networks: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const client = ipaddr.process(address);
  return networks.some((network) => {
    const [start, bits] = ipaddr.parseCIDR(network);
    return start.kind() === client.kind() && client.match(start, bits);
  });
}
