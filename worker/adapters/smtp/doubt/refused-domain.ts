// What is known about a domain that refuses mailboxes: which senders and places it answers truthfully, which it lies to, and the refusals that
// wait for its other mailboxes and for a second opinion. Its values, and who is asked a second time and how, before a host that refuses
// everybody is believed: in as different a way as we can, so that a mailbox that is refused again is refused for what it is. What follows
// is decided in second-opinions.ts.
import type { SendingIdentity } from '@/lib/verdict/mail-host';
import type { Clock } from '@/worker/engine/ports';
import type { Exchange, Party } from '../exchange';
import { besides, placeOf, type Where } from '../places';
import type { Sender } from '../senders';
import type { Positions } from './positions';
import { inWays, type Hearing, type Refused, type Told, type Witness } from './witness';

export type Opinion =
  | { kind: 'believe' }
  /**
   * The host lies to this sender, or there. `why`: reported once for the identities. `isHere`: the same address was asked. `at`: where the
   * truth was told, if that was under TLS and the lie was not, or the other way round.
   */
  | { kind: 'ask_otherwise'; why: string | null; isHere: boolean; at: Party | null }
  /** The second opinion was put off: all of them are asked with that sender when the time has come. */
  | { kind: 'put_off'; as: Sender; exchange: Exchange }
  /** Nothing was heard in the hearing: asked again later. */
  | { kind: 'unheard'; told: Told }
  | { kind: 'withhold'; testimony: readonly Exchange[] };

/** A refusal that is about to be believed, and what is needed to ask for its mailbox again. */
export interface RefusedOne {
  kind: 'mailbox' | 'probe';
  /** Refused in words that say nothing about a mailbox: they may be about us. */
  isUnclear: boolean;
  witness: Omit<Witness, 'acceptedAt'>;
  refused: Refused;
}

/** Refusals that wait for the rest of their domain, then for the hearing. */
export interface Held {
  /** Refused mailboxes, in order; the last one is always among them. */
  ones: readonly RefusedOne[];
  /** The sessions in which they were refused. */
  parties: readonly Party[];
  hearing: Hearing | null;
  /** Accepted in plain text, after a refusal under TLS: a made-up name has to be refused there too. */
  inPlain: Told | null;
  /** The hearing is about a refusal in unclear words. */
  isUnclear: boolean;
  end: Promise<Opinion>;
  resolve: (opinion: Opinion) => void;
  patience: NodeJS.Timeout;
}

interface Honest {
  identity: SendingIdentity;
  place: Where;
}

export interface RefusedDomain {
  /** Mailboxes that are being asked, and who wants to know when there are none. */
  waiting: number;
  onAllHeard: readonly (() => void)[];
  /** Some of those that were refused; no more than needed. */
  names: readonly string[];
  /** Which senders it answers truthfully, which it lies to, and at which of its places it lies or refuses us. */
  honestTo: readonly Honest[];
  liesTo: readonly Sender[];
  vainAt: readonly string[];
  /** Such a question was asked (`isTried`); the one for three or more was (`isAsked`). */
  isTried: boolean;
  isAsked: boolean;
  /** The sender that asked for a second opinion and was put off: refusals of other senders wait for what it will be told. */
  putOff: Extract<Opinion, { kind: 'put_off' }> | null;
  /** Epoch ms of the first hearing in which nothing was heard. */
  unheardAt: number | null;
  /** What postmaster was told, if that is about us and there is no other identity. */
  blocked: readonly Exchange[] | null;
  held: Held | null;
}

export const newRefusedDomain = (): RefusedDomain => ({
  waiting: 0,
  onAllHeard: [],
  names: [],
  honestTo: [],
  liesTo: [],
  vainAt: [],
  isTried: false,
  isAsked: false,
  putOff: null,
  unheardAt: null,
  blocked: null,
  held: null,
});

export function release(domain: RefusedDomain, opinion: Opinion): void {
  const { held } = domain;
  domain.held = null;
  if (held === null) return;
  clearTimeout(held.patience);
  held.resolve(opinion);
}

export const isNull = ({ mailFrom }: Sender): boolean => mailFrom === '';

export const isLie = ({ liesTo, vainAt }: RefusedDomain, refused: Refused): boolean =>
  liesTo.includes(refused.sender) || (vainAt.length > 0 && vainAt.includes(placeOf(refused.party)));

export const isHonestTo = ({ honestTo }: RefusedDomain, identity: SendingIdentity, at: Where): boolean =>
  honestTo.some(({ identity: who, place }) => who === identity && place.host === at.host && place.address === at.address);

const POSTMASTER = 'postmaster';

/** Asked for us, not for a question. */
export const isItsPostmaster = ({ ones }: Held, { witness }: Told): boolean =>
  witness.localPart === POSTMASTER && !ones.some((one) => one.witness.localPart === POSTMASTER);

interface Asking extends Pick<Held, 'ones'>, Pick<RefusedDomain, 'liesTo'> {
  /** Enough were refused to ask with another identity. */
  isMany: boolean;
  /** Others of the domain are still waited for, so few refusals do not show that few were refused. */
  isCut: boolean;
}

interface Tools {
  clock: Clock;
  positions: Positions;
  senders: readonly Sender[];
}

export function secondQuestion(
  { ones, liesTo, isMany, isCut }: Asking,
  { witness, refused, isUnclear }: RefusedOne,
  { clock, positions, senders }: Tools,
): Hearing {
  const { sender } = refused;
  const fit = senders.filter((each) => each !== sender && !liesTo.includes(each));
  const own = fit.find(({ identity }) => identity === sender.identity);
  const others = isMany || isUnclear || isCut ? fit.filter(({ identity }) => identity !== sender.identity) : [];
  const another = others.find((each) => isNull(each) !== isNull(sender)) ?? others[0];
  // The mailbox refused last goes first: it is the most likely one to have been refused only for its position.
  const again = ones.toReversed().map((one) => ({ ...one.witness, acceptedAt: 0 }));
  const postmaster = { ...witness, localPart: POSTMASTER, needsSmtpUtf8: false, acceptedAt: 0 };
  // A host may accept its postmaster's mail even from those whom it refuses otherwise.
  const witnesses = isMany && !isUnclear ? [...again, postmaster] : again;
  const elsewhere = besides(witness.hosts, refused.party);
  const here = { sender: another ?? own ?? sender, elsewhere: null };
  const ways = elsewhere === null ? inWays(here) : inWays({ ...here, elsewhere }, here);
  // Words that say nothing about a mailbox are more likely to be about the identity.
  const isForTls = !isUnclear && !positions.hasAccepted(refused);
  const tls = isForTls ? otherThan(refused.party) : 'usual';
  // Some addresses are several hosts, and each connection is led to another one.
  return { witnesses, refused, ways, isAlone: 'first', tls, at: clock.now() };
}

const otherThan = ({ isSecure }: { isSecure: boolean }): Hearing['tls'] => (isSecure ? 'never' : 'always');

/** A yes in plain text, after a no under TLS, counts only if a made-up name gets a no there: a host may take every name in plain text. */
export function controlInPlain(hearing: Hearing, { witness, way }: Told, madeUp: (domain: string) => string): Hearing {
  const nobody = { ...witness, localPart: madeUp(witness.domain), needsSmtpUtf8: false };
  return { ...hearing, witnesses: [nobody], ways: inWays(way), isAlone: 'no' };
}
