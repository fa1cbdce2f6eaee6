// Where a connection really goes, whatever name led there: the IP address and its network. An IPv4 address wrapped in IPv6 counts as that
// IPv4 address, so that no notation makes it another destination.
import ipaddr from 'ipaddr.js';

export interface Destination {
  /** `203.0.113.7`, `2001:db8::7` */
  address: string;
  /** `203.0.113.0/24`, `2001:db8::/48` */
  net: string;
}

const V4_NET_BITS = 24;
const V6_NET_BITS = 48;

/** Where an IPv6 address contains an IPv4 one: mapped (RFC 4291 2.5.5.2), NAT64 (RFC 6052), 6to4 (RFC 3056). */
const WRAPPERS = [
  { net: ipaddr.IPv6.parse('::ffff:0:0'), bits: 96, at: 12 },
  { net: ipaddr.IPv6.parse('64:ff9b::'), bits: 96, at: 12 },
  { net: ipaddr.IPv6.parse('2002::'), bits: 16, at: 2 },
];

function unwrapped(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (address instanceof ipaddr.IPv4) return address;
  const wrapper = WRAPPERS.find(({ net, bits }) => address.match(net, bits));
  return wrapper === undefined ? address : new ipaddr.IPv4(address.toByteArray().slice(wrapper.at, wrapper.at + 4));
}

export function destinationOf(text: string): Destination {
  if (!ipaddr.isValid(text)) return { address: text, net: text };
  const address = unwrapped(ipaddr.parse(text));
  const isV4 = address instanceof ipaddr.IPv4;
  const bits = isV4 ? V4_NET_BITS : V6_NET_BITS;
  const net = isV4
    ? ipaddr.IPv4.networkAddressFromCIDR(`${address.toString()}/${String(bits)}`)
    : ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${String(bits)}`);
  return { address: address.toString(), net: `${net.toString()}/${String(bits)}` };
}

// Counts each destination's connections and recipients per hour across all workers. They are taken in leases, so that not every connection
// costs a query. Without a store nothing is counted per hour: the command line runs alone.

export interface Tally {
  connections: number;
  recipients: number;
}

export interface LeaseAsk {
  /** An address or a network. */
  destination: string;
  wanted: Tally;
  /** How much may be used there this hour in total, by any worker. */
  cap: Tally;
}

export interface Leases {
  /** One for each request, in order; zero if the cap is reached. */
  granted: readonly Tally[];
  /** How long until the hour is over and all of it lapses. */
  leftMs: number;
}

export interface DestinationStore {
  lease(asks: readonly LeaseAsk[]): Promise<Leases>;
}
