// Who is asked a second time, and how, before a host that refuses everybody of a domain is believed: in as different a way as we can, so that
// a mailbox that is refused again is refused for what it is.
import type { Clock } from '@/worker/engine/ports';
import { besides } from '../places';
import type { Sender } from '../senders';
import type { Positions } from './positions';
import { isNull, type Held, type RefusedDomain, type RefusedOne } from './refused-domain';
import { inWays, type Hearing, type Told } from './witness';

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
