// The sending identity if the operator configured none: the default route's source address, with the best truthful name for it. Real mail
// hosts refuse a HELO name that does not resolve back, so the name is the one that PTR and A agree on, else the machine's FQDN, else the
// address literal (RFC 5321 4.1.3). The sender is the null sender.
import { createSocket } from 'node:dgram';
import { isIPv6, SocketAddress } from 'node:net';
import { hostname } from 'node:os';
import type { SendingIdentity } from '@/lib/verdict/mail-host';

export interface IdentityLookups {
  /** The PTR names of an address; empty if there are none or DNS did not answer. */
  reverse(address: string): Promise<readonly string[]>;
  /** The addresses of a name; empty in the same cases. */
  forward(name: string): Promise<readonly string[]>;
  /** The source address of the default route; null if there is no route. */
  sourceAddress(): Promise<string | null>;
  machineName(): string;
}

const NOWHERE = '192.0.2.1'; // RFC 5737; connecting a UDP socket sends nothing, it only asks the routing table
const DISCARD_PORT = 9;

export async function findDefaultIdentity(lookups: IdentityLookups): Promise<SendingIdentity> {
  const address = await lookups.sourceAddress();
  const name = address === null ? null : await findAgreedName(address, lookups);
  return { address: null, helo: name ?? fallbackName(address, lookups.machineName()), mailFrom: '' };
}

/** The PTR name that resolves back to the same address, or null. */
export async function findAgreedName(
  address: string,
  lookups: Pick<IdentityLookups, 'reverse' | 'forward'>,
): Promise<string | null> {
  for (const name of await lookups.reverse(address)) {
    if ((await lookups.forward(name)).some((other) => canonical(other) === canonical(address))) return name;
  }
  return null;
}

/** An IPv6 address can be written in many ways. */
const canonical = (address: string): string =>
  isIPv6(address) ? new SocketAddress({ address, family: 'ipv6' }).address : address;

function fallbackName(address: string | null, machineName: string): string {
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(machineName)) return machineName.toLowerCase();
  return address === null ? '[127.0.0.1]' : address.includes(':') ? `[IPv6:${address}]` : `[${address}]`;
}

export const systemRoute: Pick<IdentityLookups, 'sourceAddress' | 'machineName'> = {
  machineName: hostname,
  sourceAddress: () =>
    new Promise((done) => {
      const socket = createSocket('udp4');
      const end = (address: string | null) => {
        socket.close();
        done(address);
      };
      socket.once('error', () => end(null));
      socket.connect(DISCARD_PORT, NOWHERE, () => end(socket.address().address));
    }),
};
