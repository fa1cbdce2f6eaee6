// The senders we ask with: each sending identity with its own sender address, then with the other kind (the null sender, or postmaster at
// its HELO name), because some hosts refuse one and some the other. Guarantees: the order of the pool, and no name that is not ours.
import type { GreylistTriplet, SendingIdentity } from '@/lib/verdict/mail-host';

export interface Sender {
  identity: SendingIdentity;
  mailFrom: string;
}

/** RFC 5321 4.5.1: a host that sends mail has a postmaster, also by address literal. */
const mailFromsOf = ({ helo, mailFrom }: SendingIdentity): readonly string[] => [
  mailFrom,
  mailFrom === '' ? `postmaster@${helo}` : '',
];

export const sendersOf = (identities: readonly SendingIdentity[]): readonly Sender[] =>
  identities.flatMap((identity) => mailFromsOf(identity).map((mailFrom) => ({ identity, mailFrom })));

/** A sender of another identity, each in its turn; the same one if there is no other identity. */
export function senderInTurn(senders: readonly Sender[], sender: Sender): Sender {
  const at = senders.indexOf(sender);
  const inTurn = [...senders.slice(at + 1), ...senders.slice(0, Math.max(0, at))];
  return inTurn.find(({ identity }) => identity !== sender.identity) ?? sender;
}

export const isSenderOf = (triplet: GreylistTriplet, { identity, mailFrom }: Sender): boolean =>
  identity.helo === triplet.identityHelo && identity.address === triplet.identityAddress && mailFrom === triplet.mailFrom;

export const tripletOf = ({ identity, mailFrom }: Sender, host: string): GreylistTriplet => ({
  identityHelo: identity.helo,
  identityAddress: identity.address,
  mailFrom,
  host,
});

/** Our names and addresses that a host may repeat in its replies. */
export function ownNamesOf(identity: SendingIdentity, localAddress: string | null): readonly string[] {
  const names = [identity.helo, identity.address, identity.mailFrom, `postmaster@${identity.helo}`, localAddress];
  return [...new Set(names.filter((name): name is string => name !== null && name !== ''))];
}
