// Where a connection really goes, whatever the name that led there: the IP address and its network. An IPv4 address that is wrapped
// into IPv6 is that IPv4 address, so that no way of writing it counts as another destination.
import ipaddr from 'ipaddr.js';

export interface Destination {
  /** `203.0.113.7`, `2001:db8::7` */
  address: string;
  /** `203.0.113.0/24`, `2001:db8::/48` */
  net: string;
}

const V4_NET_BITS = 24;
const V6_NET_BITS = 48;

/** Where an IPv4 address stands in an IPv6 one: mapped (RFC 4291 2.5.5.2), NAT64 (RFC 6052), 6to4 (RFC 3056). */
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

// Where the connections and recipients of an hour at each destination are counted over all workers. They are taken in leases, so that
// it is not a question a connection. Without a store nothing is counted by the hour: the command line runs alone.

export interface Tally {
  connections: number;
  recipients: number;
}

export interface LeaseAsk {
  /** An address or a network. */
  destination: string;
  wanted: Tally;
  /** What may be used there this hour in all, whoever it is that asks. */
  cap: Tally;
}

export interface Leases {
  /** One for each ask, in their order; zero where the cap is reached. */
  granted: readonly Tally[];
  /** Until the hour is over and all of it lapses. */
  leftMs: number;
}

export interface DestinationStore {
  lease(asks: readonly LeaseAsk[]): Promise<Leases>;
}
