// A mailbox, made-up name or witness on its way to an answer: which sender and host come next, and the exchanges so far. It is a value:
// every step makes a new one, and the queue's `Asked` holds the current one. Guarantees: each way to ask again uses something up: a
// sender, a host, a route to it, a try.
import type { GreylistTriplet, Provider, SendingIdentity } from '@/lib/verdict/mail-host';
import { FIRST, type Place } from '../doubt/doubt';
import type { Exchange, TlsWish } from '../exchange';
import { isSenderOf, type Sender } from '../senders';

export interface RecipientSpec {
  /** A witness is a mailbox that we ask again for our own purposes; nobody waits for a verdict on it. */
  kind: 'mailbox' | 'probe' | 'witness';
  localPart: string;
  domain: string;
  needsSmtpUtf8: boolean;
  /** Epoch ms */
  askedAt: number;
  deadline: number;
  /** A client waits for this answer alone. */
  isSingle: boolean;
  senders: readonly Sender[];
  triplet: GreylistTriplet | null;
  /** How often RCPT may name it in total. */
  mostPuts: number;
  alone: Alone;
  tls: TlsWish;
  /** Hosts and routes where it must not be asked. */
  excluded: ReadonlySet<string>;
}

/** Only first in a session, so that what others were told cannot matter; or only as long as the host has refused no one there. */
export type Alone = 'no' | 'always' | 'until_first_refused';

export interface Recipient {
  readonly spec: RecipientSpec;
  readonly wireAddress: string;
  /** In the order in which to try them. */
  readonly senders: readonly Sender[];
  readonly sender: Sender;
  readonly preferredHost: string | null;
  /** In the order in which they happened. */
  readonly noted: readonly Exchange[];
  /** The most telling exchange so far, in case nothing better comes. */
  readonly fallback: Exchange | null;
  readonly tries: number;
  readonly puts: number;
  /** Hosts and routes that have had their turn. */
  readonly excluded: ReadonlySet<string>;
  /** Hosts that said that the domain is not theirs. */
  readonly notHostedBy: ReadonlySet<string>;
  /** As known in the last session. */
  readonly provider: Provider | null;
  /** What had been answered before it in its last session. */
  readonly place: Place;
}

const NONE: ReadonlySet<string> = new Set();

/** A greylist retry uses the same identity and sender; if that identity has left the pool, any. */
function sendersFor({ triplet, senders }: RecipientSpec): readonly Sender[] {
  if (triplet === null) return senders;
  const same = senders.filter((sender) => isSenderOf(triplet, sender));
  return same.length > 0 ? same : senders;
}

/** Begins with the first sender that is not resting. */
export function newRecipient(spec: RecipientSpec, isResting: (sender: Sender) => boolean): Recipient {
  const senders = sendersFor(spec);
  const sender = senders.find((each) => !isResting(each)) ?? senders[0];
  if (sender === undefined) throw new Error('no sending identity');
  return {
    spec,
    wireAddress: `${spec.localPart}@${spec.domain}`,
    senders,
    sender,
    preferredHost: spec.triplet?.host ?? null,
    noted: [],
    fallback: null,
    tries: 0,
    puts: 0,
    excluded: spec.excluded,
    notHostedBy: NONE,
    provider: null,
    place: FIRST,
  };
}

/**
 * The recipient after another step in its session. Names each field, because this runs twice for every address: a spread gives the objects
 * of each place in the code a layout of their own, which slows down all code that reads them.
 */
function inSession(
  { spec, wireAddress, senders, sender, preferredHost, fallback, tries, excluded, notHostedBy }: Recipient,
  { noted, puts, provider, place }: Pick<Recipient, 'noted' | 'puts' | 'provider' | 'place'>,
): Recipient {
  return {
    spec,
    wireAddress,
    senders,
    sender,
    preferredHost,
    noted,
    fallback,
    tries,
    puts,
    excluded,
    notHostedBy,
    provider,
    place,
  };
}

/** Counts one more RCPT, in a session with this provider. */
export function putOnce(recipient: Recipient, provider: Provider | null): Recipient {
  const { noted, puts, place } = recipient;
  return inSession(recipient, { noted, puts: puts + 1, provider, place });
}

/** Adds each exchange once. */
export const withNoted = (recipient: Recipient, exchanges: readonly Exchange[]): Recipient => ({
  ...recipient,
  noted: notedWith(recipient.noted, exchanges),
});

const notedWith = (noted: readonly Exchange[], more: readonly Exchange[]): readonly Exchange[] =>
  noted.length === 0 ? more : [...noted, ...more.filter((exchange) => !noted.includes(exchange))];

/** Notes an answer, the exchanges that led to it, and what had been answered before it in the session. */
export function withAnswer(recipient: Recipient, exchanges: readonly Exchange[], place: Place): Recipient {
  const { puts, provider } = recipient;
  return inSession(recipient, { noted: notedWith(recipient.noted, exchanges), puts, provider, place });
}

/** Replaces a noted exchange that turned out to mean something else. */
export function withRenoted(recipient: Recipient, from: Exchange, to: Exchange): Recipient {
  const at = recipient.noted.lastIndexOf(from);
  return at < 0 ? recipient : { ...recipient, noted: recipient.noted.with(at, to) };
}

/** Excludes a host, or one route to it. */
export const without = (recipient: Recipient, way: string): Recipient => ({
  ...recipient,
  excluded: new Set([...recipient.excluded, way]),
});

export const disownedBy = (recipient: Recipient, host: string): Recipient => ({
  ...recipient,
  notHostedBy: new Set([...recipient.notHostedBy, host]),
});

/** Begins again with another identity, ahead of the rest of the pool. */
export function beginningAs(recipient: Recipient, identity: SendingIdentity): Recipient {
  const { senders } = recipient.spec;
  const own = senders.filter((sender) => sender.identity === identity);
  const others = senders.filter((sender) => sender.identity !== identity);
  return { ...recipient, senders: [...own, ...others], sender: own[0] ?? recipient.sender };
}

/** The sender to ask with next, from another source address if ours is refused. Null when all have been tried. */
export const nextSenderOf = (recipient: Recipient, mustChangeIdentity: boolean): Sender | null =>
  nextSenderAmong(recipient, ({ identity }) => !mustChangeIdentity || identity !== recipient.sender.identity);

export const nextSenderAmong = ({ senders, sender }: Recipient, isFit: (sender: Sender) => boolean): Sender | null =>
  senders.slice(senders.indexOf(sender) + 1).find(isFit) ?? null;

/** Asks as the same identity, with the same wish for TLS, and avoids at least the same routes. */
export function takesSameWays(other: Recipient, { sender, excluded, spec }: Recipient): boolean {
  return (
    other.spec.tls === spec.tls &&
    other.sender.identity === sender.identity &&
    [...excluded].every((route) => other.excluded.has(route))
  );
}
