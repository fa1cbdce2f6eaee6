// Which IP addresses may be dialed because a stranger's DNS named them: public unicast ones, and those in the operator's allowed
// nets. Judges what an address stands for: an IPv4 address wrapped into IPv6 (mapped, compatible, NAT64, 6to4, Teredo) is judged as that
// IPv4 address. Refuses everything it does not know; a bad allowed net is an error at the start, never silently ignored.
import ipaddr from 'ipaddr.js';
import type { RoutabilityPort } from '@/worker/engine/ports';
import { RecentMap } from '@/worker/engine/recent-map';
import { NON_PUBLIC_NETS } from './non-public-nets.data';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Net = readonly [Address, number];

export class BadNetError extends Error {
  override readonly name = 'BadNetError';
}

const WRITTEN_V4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** Only the usual notation: `127.1`, `0x7f.1`, `2130706433` and zone ids are no addresses of a mail host. */
function parseAddress(text: string): Address | null {
  if (WRITTEN_V4.test(text)) return ipaddr.IPv4.isValidFourPartDecimal(text) ? ipaddr.IPv4.parse(text) : null;
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return null;
  return ipaddr.IPv6.parse(text);
}

function parseNet(cidr: string): Net {
  const [written = '', bits, ...more] = cidr.trim().split('/');
  const address = parseAddress(written);
  if (address === null || more.length > 0) throw new BadNetError(`not an IP network in CIDR notation: "${cidr}"`);
  const widest = address.kind() === 'ipv4' ? 32 : 128;
  if (bits === undefined) return [address, widest];
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > widest)
    throw new BadNetError(`not a prefix length for its address family: "${cidr}"`);
  return [address, Number(bits)];
}

const isIn = (address: Address, [net, bits]: Net): boolean => {
  if (address instanceof ipaddr.IPv4) return net instanceof ipaddr.IPv4 && address.match(net, bits);
  return net instanceof ipaddr.IPv6 && address.match(net, bits);
};

const v4At = (bytes: readonly number[], at: number, flip = 0): ipaddr.IPv4 =>
  new ipaddr.IPv4(bytes.slice(at, at + 4).map((byte) => byte ^ flip));

/** Where an IPv4 address stands in an IPv6 one; RFC 4291 2.5.5, 6052 2.1, 3056, 4380 4 (server, and client inverted). */
const WRAPPERS: readonly { net: Net; inner: (bytes: readonly number[]) => readonly ipaddr.IPv4[] }[] = [
  { net: parseNet('::ffff:0:0/96'), inner: (bytes) => [v4At(bytes, 12)] },
  { net: parseNet('::/96'), inner: (bytes) => [v4At(bytes, 12)] },
  { net: parseNet('64:ff9b::/96'), inner: (bytes) => [v4At(bytes, 12)] },
  { net: parseNet('2002::/16'), inner: (bytes) => [v4At(bytes, 2)] },
  { net: parseNet('2001::/32'), inner: (bytes) => [v4At(bytes, 4), v4At(bytes, 12, 0xff)] },
];

const NON_PUBLIC: readonly Net[] = NON_PUBLIC_NETS.map(({ net }) => parseNet(net));
const PUBLIC_V6 = parseNet('2000::/3');
const NAT64 = parseNet('64:ff9b::/96');
const MAPPED = parseNet('::ffff:0:0/96');

function innerOf(address: Address): readonly ipaddr.IPv4[] {
  if (address instanceof ipaddr.IPv4) return [];
  const bytes = address.toByteArray();
  return WRAPPERS.find(({ net }) => isIn(address, net))?.inner(bytes) ?? [];
}

function isPublic(address: Address): boolean {
  if (NON_PUBLIC.some((net) => isIn(address, net))) return false;
  // Only global unicast space was ever handed out (RFC 4291 2.4); the two translations stand for IPv4 addresses.
  return address instanceof ipaddr.IPv4 || [PUBLIC_V6, NAT64, MAPPED].some((net) => isIn(address, net));
}

const REMEMBERED_MAX = 20_000;

export function createRoutability(allowedNets: readonly string[]): RoutabilityPort {
  const allowed = allowedNets.map(parseNet);
  const isAllowed = (address: Address): boolean => allowed.some((net) => isIn(address, net));
  const judge = (text: string): boolean => {
    const address = parseAddress(text);
    if (address === null) return false;
    if (isAllowed(address)) return true;
    const inner = innerOf(address);
    return isPublic(address) && inner.every((each) => isPublic(each) || isAllowed(each));
  };
  // The nets do not change while we run, and every address of a domain asks about the same few hosts.
  const judged = new RecentMap<string, boolean>(REMEMBERED_MAX);
  return {
    isDialable: (text) => {
      const known = judged.get(text);
      if (known !== undefined) return known;
      const isDialable = judge(text);
      judged.set(text, isDialable);
      return isDialable;
    },
  };
}
