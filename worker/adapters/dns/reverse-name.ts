// The name under which DNS keeps the PTR of an address (RFC 1035 3.5, RFC 3596 2.5). Asked for by this name and not through
// `reverse()`, because that one believes /etc/hosts first, where nearly every machine names itself as no mail host sees it.
import ipaddr from 'ipaddr.js';

export function reverseName(address: string): string {
  const parsed = ipaddr.parse(address);
  const bytes = parsed.toByteArray().toReversed();
  if (parsed.kind() === 'ipv4') return `${bytes.join('.')}.in-addr.arpa`;
  return `${bytes.map((byte) => `${(byte & 15).toString(16)}.${(byte >> 4).toString(16)}`).join('.')}.ip6.arpa`;
}
