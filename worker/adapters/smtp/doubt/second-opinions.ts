// Whether a domain is believed of which a host refuses everybody. Refusals wait for the other mailboxes of their domain that are being
// asked. Nobody accepted: the last one is asked once more with the other kind of sender, elsewhere where another place is as good; three and
// more: up to five of them and `postmaster`, whom every domain has (RFC 5321 4.5.1), as another identity where there is one. Promises one
// such question of each kind a domain for as long as this process remembers it, and that whoever was refused by a host that lies to one of
// us, or at one of its places, is asked as somebody else, or elsewhere; holds nobody beyond a hearing.
import { RecentMap } from '@/worker/engine/recent-map';
import type { SendingIdentity } from '@/lib/verdict/mail-host';
import { isRefusedAsUnknown, type Exchange, type Party } from '../exchange';
import { besides, placeOf, type Where } from '../places';
import type { RedactReply } from '../ports';
import type { Sender } from '../senders';
import type { Positions } from './positions';
import { meaningAtRcpt, testimonyOf, type Hearing, type Refused, type Witness } from './witness';

/** Fewer refusals of one domain are no reason to ask as another identity: so many may well be gone. */
export const REFUSED_MIN = 3;
/** Of a domain of which many are refused so many are asked again: one alone may really be gone while others live. */
export const ASKED_OTHERWISE_MAX = 5;
const POSTMASTER = 'postmaster';
/** Not of the sender, which is another one. */
const ABOUT_US: readonly string[] = ['sender_blocked', 'policy_other', 'relay_denied'];
const ACCEPTS_OTHERS = 'refuses everybody of a domain, and accepts as another identity whom it refused';

export type Opinion =
  | { kind: 'believe' }
  /** The host lies to this one, or there. `why`: for whoever looks after the identities, once. `isHere`: the same address was asked. */
  | { kind: 'ask_otherwise'; why: string | null; isHere: boolean }
  /** Whoever was asked for a second opinion is put off: all of them are asked as that one when the time has come. */
  | { kind: 'put_off'; as: Sender; exchange: Exchange }
  | { kind: 'withhold'; testimony: readonly Exchange[] };
export type OpinionRuling = Opinion | { kind: 'hold'; end: Promise<Opinion> };

/** A refusal that is about to be believed, with what is needed to ask for its mailbox again. */
export interface RefusedOne {
  kind: 'mailbox' | 'probe';
  witness: Omit<Witness, 'acceptedAt'>;
  refused: Refused;
}

/** Refusals that wait for the rest of their domain, then for the hearing. */
interface Held {
  /** Mailboxes that were refused, in their order; the last one always is among them. */
  ones: readonly RefusedOne[];
  /** The sessions they were met in. */
  parties: readonly Party[];
  hearing: Hearing | null;
  end: Promise<Opinion>;
  resolve: (opinion: Opinion) => void;
  patience: NodeJS.Timeout;
}

interface Honest {
  identity: SendingIdentity;
  place: Where;
}

interface Domain {
  /** Mailboxes that are being asked. */
  waiting: number;
  /** Of those that were refused, no more than are needed. */
  names: readonly string[];
  /** Whose questions are answered truly, to whom it lies, and at which of its places it does, or refuses us. */
  honestTo: readonly Honest[];
  liesTo: readonly Sender[];
  vainAt: readonly string[];
  /** The one question was asked; the pair was. */
  isTried: boolean;
  isAsked: boolean;
  /** Who was asked for a second opinion and put off: refusals of others wait for what that one will be told. */
  putOff: Extract<Opinion, { kind: 'put_off' }> | null;
  /** What postmaster was told, where that is about us and there is no other identity. */
  blocked: readonly Exchange[] | null;
  held: Held | null;
}

const NOBODY: readonly Honest[] = [];
const NO_NAMES: readonly string[] = [];
const BELIEVE: Opinion = { kind: 'believe' };

export interface OpinionTools {
  positions: Positions;
  redact: RedactReply;
  senders: readonly Sender[];
  /** Asks the witnesses of a hearing. */
  hear: (hearing: Hearing) => void;
  /** How long refusals wait for the rest of their domain. */
  aloneMs: number;
}

export class SecondOpinions {
  private readonly domains: RecentMap<string, Domain>;
  private readonly underWay = new WeakMap<Hearing, Domain>();

  constructor(
    private readonly tools: OpinionTools,
    maxEntries: number,
  ) {
    this.domains = new RecentMap(maxEntries, { isToStay: ({ held, liesTo }) => held !== null || liesTo.length > 0 });
  }

  /** A mailbox is being asked. */
  expect(name: string): void {
    this.domainOf(name).waiting += 1;
  }

  isExpecting(name: string): boolean {
    return (this.domains.get(name)?.waiting ?? 0) > 0;
  }
  /** It has its answer, whatever that is, or is held. */
  heard(name: string): void {
    const domain = this.domainOf(name);
    domain.waiting = Math.max(0, domain.waiting - 1);
    if (domain.waiting === 0) this.decide(domain);
  }

  /** Somebody was accepted. It speaks for whoever was refused in the same session; elsewhere, others may be told something else. */
  accept(name: string, { identity }: Sender, party: Party): void {
    const domain = this.domainOf(name);
    const { held } = domain;
    if (!isHonestTo(domain, identity, party)) domain.honestTo = [...domain.honestTo, { identity, place: party }];
    domain.blocked = null;
    domain.putOff = null;
    if (held?.hearing !== null) return;
    if (held.parties.every((each) => each === party)) release(domain, BELIEVE);
    else this.decide(domain);
  }

  /** Not worth asking as that one. */
  isLiedTo(name: string, sender: Sender): boolean {
    return this.domains.get(name)?.liesTo.includes(sender) === true;
  }
  /** Whether it is not worth asking there; null where it is everywhere. */
  vainPlacesOf(name: string): ((at: Where) => boolean) | null {
    const vainAt = this.domains.get(name)?.vainAt ?? NO_NAMES;
    return vainAt.length === 0 ? null : (at) => vainAt.includes(placeOf(at));
  }
  /** It refuses us there, whoever of us asks. */
  avoid(name: string, at: Where): void {
    const domain = this.domainOf(name);
    if (!domain.vainAt.includes(placeOf(at))) domain.vainAt = [...domain.vainAt, placeOf(at)];
  }

  /** Somebody of the domain was accepted as this one, who is not lied to: what is said to it is believed. */
  isHonest(name: string, refused: Refused): boolean {
    const domain = this.domains.get(name);
    return domain !== undefined && isHonestTo(domain, refused.sender.identity, refused.party) && !isLie(domain, refused);
  }

  /** It was refused, and may come to be ruled on. */
  note({ kind, witness: { domain: name, localPart } }: RefusedOne): void {
    const domain = this.domainOf(name);
    if (kind !== 'mailbox' || domain.names.length >= REFUSED_MIN || domain.names.includes(localPart)) return;
    domain.names = [...domain.names, localPart];
  }

  rule(one: RefusedOne): OpinionRuling {
    const { sender, party } = one.refused;
    const { identity } = sender;
    const { domain: name } = one.witness;
    const domain = this.domainOf(name);
    if (isLie(domain, one.refused)) return { kind: 'ask_otherwise', why: null, isHere: false };
    if (isHonestTo(domain, identity, party)) return BELIEVE;
    if (domain.blocked !== null) return { kind: 'withhold', testimony: domain.blocked };
    if (domain.putOff !== null && domain.putOff.as !== sender) return domain.putOff;
    this.note(one);
    const isLast = domain.waiting <= 1;
    if (domain.held === null && (domain.isAsked || (isLast && !this.isForTrial(domain, one)))) return BELIEVE;
    const held = (domain.held ??= this.newHeld(domain));
    if (!held.parties.includes(party)) held.parties = [...held.parties, party];
    if (one.kind === 'mailbox') held.ones = [...held.ones.slice(0, ASKED_OTHERWISE_MAX - 1), one];
    if (isLast) this.decide(domain);
    return { kind: 'hold', end: held.end };
  }

  /** What a witness was told. True where the next one of the hearing is to be asked. */
  testify(hearing: Hearing, witness: Witness, exchange: Exchange): boolean {
    const domain = this.underWay.get(hearing);
    if (domain?.held?.hearing !== hearing) return false;
    const { refused, sender } = hearing;
    const isOther = sender.identity !== refused.sender.identity;
    const isPostmaster = witness.localPart === POSTMASTER && hearing.witnesses.at(-1) === witness;
    const meaning = meaningAtRcpt(exchange) ?? '';
    // Many a domain of dead mailboxes has a postmaster; what another identity, or another place, tells of them is worth asking for.
    if (meaning === 'accepted' && (isOther || hearing.elsewhere !== null || !isPostmaster)) {
      domain.honestTo = [...domain.honestTo, { identity: sender.identity, place: exchange.party }];
      const isLied = (each: Sender): boolean =>
        (isOther && each.identity === refused.sender.identity) || isNull(each) === isNull(refused.sender);
      const liedTo = this.tools.senders.filter((each) => each !== sender && isLied(each));
      domain.liesTo = [...domain.liesTo, ...liedTo];
      if (hearing.elsewhere !== null) this.avoid(witness.domain, refused.party);
      const why = isOther && !isPostmaster ? ACCEPTS_OTHERS : null;
      release(domain, { kind: 'ask_otherwise', why, isHere: !isOther && hearing.elsewhere === null });
      return false;
    }
    if (isRefusedAsUnknown(exchange) && hearing.witnesses.at(-1) !== witness) return true;
    if (isPostmaster && !isOther && ABOUT_US.includes(meaning)) {
      domain.blocked = [testimonyOf(exchange, { ...witness, redact: this.tools.redact })];
      release(domain, { kind: 'withhold', testimony: domain.blocked });
      return false;
    }
    // As that one it is new to a greylist, and what it will be told is known when it comes back.
    if (meaning === 'greylisted' && !isPostmaster) {
      domain.putOff = { kind: 'put_off', as: sender, exchange: testimonyOf(exchange, { ...witness, redact: this.tools.redact }) };
      release(domain, domain.putOff);
      return false;
    }
    // Refused alike. Or no answer came of it, and there is nothing to say against the first.
    domain.putOff = null;
    release(domain, BELIEVE);
    return false;
  }

  /** All of the domain have spoken, or were waited for long enough. */
  private decide(domain: Domain): void {
    const { held } = domain;
    if (held?.hearing !== null) return;
    const last = held.ones.at(-1);
    if (last === undefined || !this.isForTrial(domain, last)) {
      release(domain, BELIEVE);
      return;
    }
    held.hearing = this.hearingOf(domain, held.ones, last);
    this.underWay.set(held.hearing, domain);
    this.tools.hear(held.hearing);
  }

  /** How hosts of providers with a card refuse is known. */
  private isForTrial({ names, isTried }: Domain, { witness, refused }: RefusedOne): boolean {
    if (names.length >= REFUSED_MIN) return true;
    if (names.length === 0 || isTried || witness.provider !== null) return false;
    const { sender } = refused;
    return this.tools.senders.some((each) => each !== sender && each.identity === sender.identity);
  }

  /** As differently as we can be asked for, so that whoever is refused again is refused for what it is. */
  private hearingOf(domain: Domain, ones: readonly RefusedOne[], { witness, refused }: RefusedOne): Hearing {
    const { sender } = refused;
    const isMany = domain.names.length >= REFUSED_MIN;
    const isFit = (each: Sender): boolean => each !== sender && !domain.liesTo.includes(each);
    const others = isMany ? this.tools.senders.filter((each) => isFit(each) && each.identity !== sender.identity) : [];
    const another = others.find((each) => isNull(each) !== isNull(sender)) ?? others[0];
    const own = this.tools.senders.find((each) => isFit(each) && each.identity === sender.identity);
    // Who was refused last goes first: it is the likeliest to be one that only its place refused.
    const again = ones.toReversed().map((one) => one.witness);
    const postmaster = { ...witness, localPart: POSTMASTER, needsSmtpUtf8: false };
    const witnesses = (isMany ? [...again, postmaster] : again).map((each) => ({ ...each, acceptedAt: 0 }));
    if (isMany) domain.isAsked = true;
    domain.isTried = true;
    const isSecure = !this.tools.positions.hasAccepted(refused);
    const elsewhere = besides(witness.hosts, refused.party);
    // Some hosts are several behind one address, and each connection is led to another one.
    return { witnesses, refused, sender: another ?? own ?? sender, isAlone: 'first', isSecure, elsewhere };
  }

  private newHeld(domain: Domain): Held {
    let resolve: Held['resolve'] = () => undefined;
    const end = new Promise<Opinion>((done) => {
      resolve = done;
    });
    const patience = setTimeout(() => {
      this.decide(domain);
    }, this.tools.aloneMs).unref();
    return { ones: [], parties: [], hearing: null, end, resolve, patience };
  }

  private domainOf(name: string): Domain {
    const known = this.domains.get(name);
    if (known !== undefined) return known;
    const domain: Domain = {
      waiting: 0,
      names: NO_NAMES,
      honestTo: NOBODY,
      liesTo: [],
      vainAt: NO_NAMES,
      isTried: false,
      isAsked: false,
      putOff: null,
      blocked: null,
      held: null,
    };
    this.domains.set(name, domain);
    return domain;
  }
}

function release(domain: Domain, opinion: Opinion): void {
  const { held } = domain;
  domain.held = null;
  if (held === null) return;
  clearTimeout(held.patience);
  held.resolve(opinion);
}

const isNull = ({ mailFrom }: Sender): boolean => mailFrom === '';

const isLie = ({ liesTo, vainAt }: Domain, refused: Refused): boolean =>
  liesTo.includes(refused.sender) || (vainAt.length > 0 && vainAt.includes(placeOf(refused.party)));

const isHonestTo = ({ honestTo }: Domain, identity: SendingIdentity, at: Where): boolean =>
  honestTo.some(({ identity: who, place }) => who === identity && place.host === at.host && place.address === at.address);
