// Decides whether to believe a host that refuses everybody of a domain. Refusals wait for other mailboxes of the domain being asked.
// If none is accepted, the last one is asked once more with the other kind of sender, and elsewhere if another place is as good. With three
// or more, up to five of them and `postmaster`, which every domain has (RFC 5321 4.5.1), are asked with another identity if there is one.
// Guarantees: one such question of each kind per domain for as long as this process remembers it; recipients refused by a host that lies to
// one of our senders, or at one of its places, are asked with another sender or elsewhere; no answer is held beyond a hearing.
import type { Clock } from '@/worker/engine/ports';
import { RecentMap } from '@/worker/engine/bounded-maps';
import { isRefusedAsUnknown, type Party } from '../exchange';
import { placeOf, type Where } from '../places';
import type { RedactReply } from '../ports';
import type { Sender } from '../senders';
import type { Positions } from './positions';
import {
  type Held,
  isHonestTo,
  isLie,
  isNull,
  newRefusedDomain,
  type Opinion,
  type RefusedDomain,
  type RefusedOne,
  release,
  controlInPlain,
  isItsPostmaster,
  secondQuestion,
} from './refused-domain';
import { isUnclearRefusal } from './own-words';
import { isUnheard, meaningAtRcpt, testimonyOf, UNHEARD_APART_MS, type Hearing, type Refused, type Told } from './witness';

/** Fewer refusals in one domain are no reason to ask with another identity: that many mailboxes may well be gone. */
export const REFUSED_MIN = 3;
/** How many mailboxes of a domain with many refusals are asked again: a single one may really be gone while others exist. */
export const ASKED_OTHERWISE_MAX = 5;
/** Not about the sender, which is another one. */
const ABOUT_US: readonly string[] = ['sender_blocked', 'policy_other', 'relay_denied'];
const ACCEPTS_OTHERS = 'refuses everybody of a domain, and accepts as another identity whom it refused';

export type OpinionRuling = Opinion | { kind: 'hold'; end: Promise<Opinion> };

const BELIEVE: Opinion = { kind: 'believe' };

export interface OpinionTools {
  clock: Clock;
  positions: Positions;
  redact: RedactReply;
  /** A name that nobody has. */
  madeUp: (domain: string) => string;
  senders: readonly Sender[];
  /** Asks the witnesses of a hearing. */
  hear: (hearing: Hearing) => void;
  /** How long refusals wait for the other mailboxes of their domain. */
  aloneMs: number;
}

export class SecondOpinions {
  private readonly domains: RecentMap<string, RefusedDomain>;
  private readonly underWay = new WeakMap<Hearing, RefusedDomain>();

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
  /** Resolves when its last mailbox that is being asked has been heard; never if none is. */
  whenAllHeard(name: string): Promise<void> {
    const domain = this.domains.get(name);
    if (domain === undefined || domain.waiting === 0) return new Promise(() => undefined);
    return new Promise((resolve) => {
      domain.onAllHeard = [...domain.onAllHeard, resolve];
    });
  }
  /** The mailbox has its answer, whatever it is, or is held. */
  heard(name: string): void {
    const domain = this.domainOf(name);
    domain.waiting = Math.max(0, domain.waiting - 1);
    if (domain.waiting > 0) return;
    this.decide(domain);
    const told = domain.onAllHeard;
    domain.onAllHeard = [];
    for (const tell of told) tell();
  }

  /** A mailbox was accepted. That supports refusals in the same session; elsewhere, recipients may be told something else. */
  accept(name: string, sender: Sender, party: Party): void {
    const domain = this.domainOf(name);
    const { held } = domain;
    const { identity } = sender;
    if (!isHonestTo(domain, identity, party)) domain.honestTo = [...domain.honestTo, { identity, place: party }];
    domain.blocked = null;
    domain.putOff = null;
    if (held?.hearing !== null) return;
    if (held.parties.every((each) => each === party)) {
      release(domain, BELIEVE);
      return;
    }
    this.decide(domain);
  }

  /** It is not worth asking with this sender. */
  isLiedTo(name: string, sender: Sender): boolean {
    return this.domains.get(name)?.liesTo.includes(sender) === true;
  }
  /** Returns a test for places where it is not worth asking; null if there are none. */
  vainPlacesOf(name: string): ((at: Where) => boolean) | null {
    const vainAt = this.domains.get(name)?.vainAt ?? [];
    return vainAt.length === 0 ? null : (at) => vainAt.includes(placeOf(at));
  }
  /** The domain refuses us there, whichever sender asks. */
  avoid(name: string, at: Where): void {
    const domain = this.domainOf(name);
    if (!domain.vainAt.includes(placeOf(at))) domain.vainAt = [...domain.vainAt, placeOf(at)];
  }

  /** A mailbox of the domain was accepted with this sender, which is not lied to: what it is told is believed. */
  isHonest(name: string, refused: Refused): boolean {
    const domain = this.domains.get(name);
    return domain !== undefined && isHonestTo(domain, refused.sender.identity, refused.party) && !isLie(domain, refused);
  }

  /** Notes a refused mailbox, which may be ruled on later. */
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
    if (isLie(domain, one.refused)) return { kind: 'ask_otherwise', why: null, isHere: false, at: null };
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

  /** Takes what a witness was told. True if the next witness of the hearing should be asked. */
  testify(hearing: Hearing, told: Told): boolean {
    const domain = this.underWay.get(hearing);
    if (domain?.held?.hearing !== hearing) return false;
    const { refused } = hearing;
    const { witness, exchange } = told;
    const { sender, elsewhere } = told.way;
    const { isUnclear, inPlain } = domain.held;
    const meaning = meaningAtRcpt(exchange) ?? '';
    if (inPlain !== null) {
      if (isUnheard(exchange) || meaning === 'greylisted') this.endUnheard(domain, hearing, told);
      else if (meaning === 'accepted') release(domain, BELIEVE);
      else this.contradict(domain, refused, inPlain);
      return false;
    }
    const isOther = sender.identity !== refused.sender.identity;
    const isPostmaster = isItsPostmaster(domain.held, told);
    const isRefusedAgain = isUnclear ? isUnclearRefusal(exchange) : isRefusedAsUnknown(exchange);
    // What is said clearly to this sender is worth more than words that were perhaps about the other one.
    const isClearer = isUnclear && isRefusedAsUnknown(exchange);
    // Many a domain of dead mailboxes has a postmaster. What another identity or another place says about them is worth asking for.
    if (isClearer || (meaning === 'accepted' && (isOther || elsewhere !== null || !isPostmaster))) {
      if (refused.party.isSecure && !exchange.party.isSecure) {
        domain.held.inPlain = told;
        this.hear(domain, controlInPlain(hearing, told, this.tools.madeUp));
      } else this.contradict(domain, refused, told);
      return false;
    }
    if (isRefusedAgain && hearing.witnesses.at(-1) !== witness) return true;
    if (isPostmaster && !isOther && ABOUT_US.includes(meaning)) {
      domain.blocked = [testimonyOf(exchange, { ...witness, redact: this.tools.redact })];
      release(domain, { kind: 'withhold', testimony: domain.blocked });
      return false;
    }
    // A greylist does not know this sender yet. What it will be told is known when it comes back.
    if (meaning === 'greylisted' && !isPostmaster) {
      domain.putOff = { kind: 'put_off', as: sender, exchange: testimonyOf(exchange, { ...witness, redact: this.tools.redact }) };
      release(domain, domain.putOff);
      return false;
    }
    domain.putOff = null;
    // Postmaster's silence takes nothing from what the others were told.
    if (!isPostmaster && isUnheard(exchange)) this.endUnheard(domain, hearing, told);
    // Refused in the same way, or this sender is not wanted there: nothing contradicts the first refusal.
    else release(domain, BELIEVE);
    return false;
  }

  /** The refusals were not true: all are asked in the way in which this was told. */
  private contradict(domain: RefusedDomain, refused: Refused, told: Told): void {
    const { party } = told.exchange;
    const { sender, elsewhere } = told.way;
    const isOther = sender.identity !== refused.sender.identity;
    domain.honestTo = [...domain.honestTo, { identity: sender.identity, place: party }];
    const isLied = (each: Sender): boolean =>
      (isOther && each.identity === refused.sender.identity) || isNull(each) === isNull(refused.sender);
    domain.liesTo = [...domain.liesTo, ...this.tools.senders.filter((each) => each !== sender && isLied(each))];
    if (elsewhere !== null) this.avoid(told.witness.domain, refused.party);
    const why = isOther && domain.held !== null && !isItsPostmaster(domain.held, told) ? ACCEPTS_OTHERS : null;
    const at = party.isSecure === refused.party.isSecure ? null : party;
    release(domain, { kind: 'ask_otherwise', why, isHere: !isOther && elsewhere === null && at === null, at });
  }

  /** No answer is not taken for one, unless the host does not answer such questions, however often they are asked. */
  private endUnheard(domain: RefusedDomain, hearing: Hearing, told: Told): void {
    const isAgain = domain.unheardAt !== null && hearing.at - domain.unheardAt >= UNHEARD_APART_MS;
    domain.unheardAt ??= this.tools.clock.now();
    domain.isTried = isAgain;
    domain.isAsked &&= isAgain;
    release(domain, isAgain ? BELIEVE : { kind: 'unheard', told });
  }

  /** All mailboxes of the domain have been answered, or (`isCut`) were waited for long enough. */
  private decide(domain: RefusedDomain, isCut = false): void {
    const { held } = domain;
    if (held?.hearing !== null) return;
    const last = held.ones.at(-1);
    if (last === undefined || !this.isForTrial(domain, last)) {
      release(domain, BELIEVE);
      return;
    }
    held.isUnclear = last.isUnclear;
    const isMany = domain.names.length >= REFUSED_MIN;
    this.hear(domain, secondQuestion({ ...held, isMany, isCut, liesTo: domain.liesTo }, last, this.tools));
    if (isMany) domain.isAsked = true;
    domain.isTried = true;
  }

  private hear(domain: RefusedDomain, hearing: Hearing): void {
    if (domain.held !== null) domain.held.hearing = hearing;
    this.underWay.set(hearing, domain);
    this.tools.hear(hearing);
  }

  /** A provider with a card needs no trial: how its hosts refuse is known. */
  private isForTrial({ names, isTried }: RefusedDomain, { witness, refused }: RefusedOne): boolean {
    if (names.length >= REFUSED_MIN) return true;
    if (names.length === 0 || isTried || witness.provider !== null) return false;
    const { sender } = refused;
    return this.tools.senders.some((each) => each !== sender && each.identity === sender.identity);
  }

  private newHeld(domain: RefusedDomain): Held {
    let resolve: Held['resolve'] = () => undefined;
    const end = new Promise<Opinion>((done) => {
      resolve = done;
    });
    const patience = setTimeout(() => {
      this.decide(domain, domain.waiting > 0);
    }, this.tools.aloneMs).unref();
    return { ones: [], parties: [], hearing: null, inPlain: null, isUnclear: false, end, resolve, patience };
  }

  private domainOf(name: string): RefusedDomain {
    const known = this.domains.get(name);
    if (known !== undefined) return known;
    const domain = newRefusedDomain();
    this.domains.set(name, domain);
    return domain;
  }
}
