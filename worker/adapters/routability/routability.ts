// Which IP addresses from a stranger's DNS may be dialed: public unicast ones, and those in the operator's allowed networks. An IPv4
// address embedded in IPv6 (mapped, compatible, NAT64, 6to4, Teredo) is judged as that IPv4 address. Everything unknown is refused. An
// invalid allowed network is an error at start, never silently ignored.
import ipaddr from 'ipaddr.js';
import type { RoutabilityPort } from '@/worker/engine/ports';
import { RecentMap } from '@/worker/engine/bounded-maps';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Net = readonly [Address, number];

export class BadNetError extends Error {
  override readonly name = 'BadNetError';
}

const WRITTEN_V4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** Accepts only the usual notation: `127.1`, `0x7f.1`, `2130706433` and zone ids are not addresses of a mail host. */
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

/** Where an IPv6 address contains an IPv4 one: RFC 4291 2.5.5, 6052 2.1, 3056, 4380 4 (server, and client inverted). */
const WRAPPERS: readonly { net: Net; inner: (bytes: readonly number[]) => readonly ipaddr.IPv4[] }[] = [
  { net: parseNet('::ffff:0:0/96'), inner: (bytes) => [v4At(bytes, 12)] },
  { net: parseNet('::/96'), inner: (bytes) => [v4At(bytes, 12)] },
  { net: parseNet('64:ff9b::/96'), inner: (bytes) => [v4At(bytes, 12)] },
  { net: parseNet('2002::/16'), inner: (bytes) => [v4At(bytes, 2)] },
  { net: parseNet('2001::/32'), inner: (bytes) => [v4At(bytes, 4), v4At(bytes, 12, 0xff)] },
];

// Address space that no public mail host can be in; each network is listed with the document that reserves it. Sources: the IANA
// special-purpose registries for IPv4 and IPv6, and the RFCs named. Networks that only embed an IPv4 address are not listed here, since
// they are judged by that address.

const NON_PUBLIC_NETS: readonly { net: string; why: string }[] = [
  { net: '0.0.0.0/8', why: 'this network, RFC 791' },
  { net: '10.0.0.0/8', why: 'private, RFC 1918' },
  { net: '100.64.0.0/10', why: 'carrier-grade NAT, RFC 6598' },
  { net: '127.0.0.0/8', why: 'loopback, RFC 1122' },
  { net: '168.63.129.16/32', why: 'metadata and DNS of a cloud, reachable from inside only' },
  { net: '169.254.0.0/16', why: 'link-local, RFC 3927; cloud metadata at 169.254.169.254' },
  { net: '172.16.0.0/12', why: 'private, RFC 1918' },
  { net: '192.0.0.0/24', why: 'protocol assignments, RFC 6890' },
  { net: '192.0.2.0/24', why: 'documentation, RFC 5737' },
  { net: '192.31.196.0/24', why: 'AS112, RFC 7535' },
  { net: '192.52.193.0/24', why: 'AMT, RFC 7450' },
  { net: '192.88.99.0/24', why: 'retired 6to4 relays, RFC 7526' },
  { net: '192.168.0.0/16', why: 'private, RFC 1918' },
  { net: '192.175.48.0/24', why: 'AS112, RFC 7534' },
  { net: '198.18.0.0/15', why: 'benchmarks, RFC 2544' },
  { net: '198.51.100.0/24', why: 'documentation, RFC 5737' },
  { net: '203.0.113.0/24', why: 'documentation, RFC 5737' },
  { net: '224.0.0.0/4', why: 'multicast, RFC 5771' },
  { net: '240.0.0.0/4', why: 'reserved, RFC 1112; broadcast 255.255.255.255' },
  { net: '64:ff9b:1::/48', why: 'local NAT64, RFC 8215' },
  { net: '100::/64', why: 'discard, RFC 6666' },
  { net: '2001:2::/48', why: 'benchmarks, RFC 5180' },
  { net: '2001:10::/28', why: 'ORCHID, RFC 4843' },
  { net: '2001:20::/28', why: 'ORCHIDv2, RFC 7343' },
  { net: '2001:db8::/32', why: 'documentation, RFC 3849' },
  { net: '3fff::/20', why: 'documentation, RFC 9637' },
  { net: '5f00::/16', why: 'segment routing, RFC 9602' },
  { net: 'fc00::/7', why: 'unique local, RFC 4193; cloud metadata at fd00:ec2::254' },
  { net: 'fe80::/10', why: 'link-local, RFC 4291' },
  { net: 'fec0::/10', why: 'site-local, RFC 3879' },
  { net: 'ff00::/8', why: 'multicast, RFC 4291' },
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
  // Only global unicast space was ever allocated (RFC 4291 2.4). The two translation prefixes represent IPv4 addresses.
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
  // Cached, since the networks do not change while we run, and all addresses of a domain ask about the same few hosts.
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
