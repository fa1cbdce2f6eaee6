// One mailbox, one made-up name, or one witness, on its way to an answer: as whom and where it is asked next, and what was exchanged for
// it so far. A value: every step makes a new one, and the queue's `Asked` holds the one that counts. Promises that each way to ask again
// uses something up: a sender, a host, a way to it, a try.
import type { GreylistTriplet, Provider, SendingIdentity } from '@/lib/verdict/mail-host';
import { FIRST, type Place } from '../doubt/doubt';
import type { Exchange } from '../exchange';
import { isSenderOf, type Sender } from '../senders';

export interface RecipientSpec {
  /** A witness is a mailbox that is asked again on our own account; nobody waits for a verdict on it. */
  kind: 'mailbox' | 'probe' | 'witness';
  localPart: string;
  domain: string;
  needsSmtpUtf8: boolean;
  /** Epoch ms */
  askedAt: number;
  deadline: number;
  /** Somebody waits for this answer alone. */
  isSingle: boolean;
  senders: readonly Sender[];
  triplet: GreylistTriplet | null;
  /** How often RCPT may name it at all. */
  mostPuts: number;
  alone: Alone;
  /** Under TLS where it is offered, since a host may say something else then. */
  isSecure: boolean;
  /** Hosts and routes where it is not to be asked. */
  excluded: ReadonlySet<string>;
}

/** Only as the first of a session, since what is said to others before it must not matter; or as long as the host refused nobody there. */
export type Alone = 'no' | 'always' | 'until_first_refused';

export interface Recipient {
  readonly spec: RecipientSpec;
  readonly wireAddress: string;
  /** In the order to try. */
  readonly senders: readonly Sender[];
  readonly sender: Sender;
  readonly preferredHost: string | null;
  /** In their order. */
  readonly noted: readonly Exchange[];
  /** The most telling thing so far, should nothing better come. */
  readonly fallback: Exchange | null;
  readonly tries: number;
  readonly puts: number;
  /** Hosts and routes that have had their say. */
  readonly excluded: ReadonlySet<string>;
  /** Hosts that said that the domain is not theirs. */
  readonly notHostedBy: ReadonlySet<string>;
  /** As known at the session it was asked on last. */
  readonly provider: Provider | null;
  /** What had been answered in the session before it was, the last time. */
  readonly place: Place;
}

const NONE: ReadonlySet<string> = new Set();

/** A greylist retry comes from the same identity and sender; where that identity is gone from the pool, from any. */
function sendersFor({ triplet, senders }: RecipientSpec): readonly Sender[] {
  if (triplet === null) return senders;
  const same = senders.filter((sender) => isSenderOf(triplet, sender));
  return same.length > 0 ? same : senders;
}

/** Begins as the first sender that does not rest. */
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

/** Each exchange once. */
export const withNoted = (recipient: Recipient, exchanges: readonly Exchange[]): Recipient => ({
  ...recipient,
  noted: notedWith(recipient.noted, exchanges),
});

const notedWith = (noted: readonly Exchange[], more: readonly Exchange[]): readonly Exchange[] =>
  noted.length === 0 ? more : [...noted, ...more.filter((exchange) => !noted.includes(exchange))];

/** Answered: what led to it and the answer, and what had been answered in the session before. */
export const withAnswer = (recipient: Recipient, exchanges: readonly Exchange[], place: Place): Recipient => ({
  ...recipient,
  noted: notedWith(recipient.noted, exchanges),
  place,
});

/** What was noted turned out to mean something else. */
export function withRenoted(recipient: Recipient, from: Exchange, to: Exchange): Recipient {
  const at = recipient.noted.lastIndexOf(from);
  return at < 0 ? recipient : { ...recipient, noted: recipient.noted.with(at, to) };
}

/** A host, or one route to it, is not tried again. */
export const without = (recipient: Recipient, way: string): Recipient => ({
  ...recipient,
  excluded: new Set([...recipient.excluded, way]),
});

export const disownedBy = (recipient: Recipient, host: string): Recipient => ({
  ...recipient,
  notHostedBy: new Set([...recipient.notHostedBy, host]),
});

/** Begins as another identity, before all others of the pool. */
export function beginningAs(recipient: Recipient, identity: SendingIdentity): Recipient {
  const { senders } = recipient.spec;
  const own = senders.filter((sender) => sender.identity === identity);
  const others = senders.filter((sender) => sender.identity !== identity);
  return { ...recipient, senders: [...own, ...others], sender: own[0] ?? recipient.sender };
}

/** As whom to ask next; from another source address too, where ours is refused. Null when all have been tried. */
export const nextSenderOf = (recipient: Recipient, mustChangeIdentity: boolean): Sender | null =>
  nextSenderAmong(recipient, ({ identity }) => !mustChangeIdentity || identity !== recipient.sender.identity);

export const nextSenderAmong = ({ senders, sender }: Recipient, isFit: (sender: Sender) => boolean): Sender | null =>
  senders.slice(senders.indexOf(sender) + 1).find(isFit) ?? null;
