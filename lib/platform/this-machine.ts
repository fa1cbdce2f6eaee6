// What names this machine and nothing else: loopback. The host name or LAN address of a machine does not: others can reach it
// there, too.
import ipaddr from 'ipaddr.js';

/** `localhost`, `*.localhost` (RFC 6761 6.3), 127.0.0.0/8 and ::1, as a URL's `hostname` writes them. */
export function isThisMachine(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '').toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || isLoopbackAddress(name.replace(/^\[|\]$/g, ''));
}

/** For a `Host` header, which may include a port. */
export function isHostThisMachine(host: string): boolean {
  return URL.canParse(`http://${host}`) && isThisMachine(new URL(`http://${host}`).hostname);
}

export const isLoopbackAddress = (address: string): boolean =>
  (ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address)) && ipaddr.process(address).range() === 'loopback';
