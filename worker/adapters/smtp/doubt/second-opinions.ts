// Whether a domain is believed of which a host refuses everybody. Refusals wait for the other mailboxes of their domain that are being
// asked; three and more, and nobody accepted, are put to the proof: one of them and `postmaster`, whom every domain has (RFC 5321 4.5.1),
// are asked as another identity, or postmaster as the same where there is no other. Promises one such pair of questions a domain for as
// long as this process remembers it, and that whoever was refused by a host that lies to one of us is asked as somebody else; holds
// nobody beyond a hearing.
import { RecentMap } from '@/worker/engine/recent-map';
import type { SendingIdentity } from '@/lib/verdict/mail-host';
import type { Exchange } from '../exchange';
import type { RedactReply } from '../ports';
import type { Sender } from '../senders';
import { meaningAtRcpt, testimonyOf, type Hearing, type Refused, type Witness } from './witness';

/** Fewer refusals of one domain are believed as they come: so many may well be gone. */
export const REFUSED_MIN = 3;
const POSTMASTER = 'postmaster';
const ABOUT_US: readonly string[] = ['sender_blocked', 'sender_rejected', 'policy_other', 'relay_denied'];
const ACCEPTS_OTHERS = 'refuses everybody of a domain, and accepts as another identity whom it refused';

export type Opinion =
  | { kind: 'believe' }
  /** The host lies to this identity. `why`: for whoever looks after the identities, once. */
  | { kind: 'ask_otherwise'; why: string | null }
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
  /** The mailbox that was refused last. */
  last: RefusedOne | null;
  hearing: Hearing | null;
  end: Promise<Opinion>;
  resolve: (opinion: Opinion) => void;
  patience: NodeJS.Timeout;
}

interface Domain {
  /** Mailboxes that are being asked. */
  waiting: number;
  /** Of those that were refused, no more than are needed. */
  names: readonly string[];
  /** Whose questions are answered truly, and to whom it lies. */
  honestTo: readonly SendingIdentity[];
  liesTo: readonly SendingIdentity[];
  /** The pair was asked. */
  isAsked: boolean;
  /** What postmaster was told, where that is about us and there is no other identity. */
  blocked: readonly Exchange[] | null;
  held: Held | null;
}

const NOBODY: readonly SendingIdentity[] = [];
const NO_NAMES: readonly string[] = [];
const BELIEVE: Opinion = { kind: 'believe' };

export interface OpinionTools {
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

  /** It has its answer, whatever that is, or is held. */
  heard(name: string): void {
    const domain = this.domainOf(name);
    domain.waiting = Math.max(0, domain.waiting - 1);
    if (domain.waiting === 0) this.decide(domain);
  }

  accept(name: string, { identity }: Sender): void {
    const domain = this.domainOf(name);
    if (domain.honestTo.includes(identity)) return;
    domain.honestTo = [...domain.honestTo, identity];
    domain.blocked = null;
    release(domain, BELIEVE);
  }

  /** Not worth asking as that identity. */
  isLiedTo(name: string, { identity }: Sender): boolean {
    return this.domains.get(name)?.liesTo.includes(identity) === true;
  }

  /** Somebody of the domain was accepted as this one, who is not lied to: what is said to it is believed. */
  isHonest(name: string, { identity }: Sender): boolean {
    const domain = this.domains.get(name);
    return domain !== undefined && domain.honestTo.includes(identity) && !domain.liesTo.includes(identity);
  }

  rule(one: RefusedOne): OpinionRuling {
    const { identity } = one.refused.sender;
    const { domain: name, localPart } = one.witness;
    const domain = this.domainOf(name);
    if (domain.liesTo.includes(identity)) return { kind: 'ask_otherwise', why: null };
    if (domain.honestTo.includes(identity)) return BELIEVE;
    if (domain.blocked !== null) return { kind: 'withhold', testimony: domain.blocked };
    const isMailbox = one.kind === 'mailbox';
    if (isMailbox && domain.names.length < REFUSED_MIN && !domain.names.includes(localPart)) {
      domain.names = [...domain.names, localPart];
    }
    const isLast = domain.waiting <= 1;
    if (domain.held === null && (domain.isAsked || (isLast && domain.names.length < REFUSED_MIN))) return BELIEVE;
    const held = (domain.held ??= this.newHeld(domain));
    if (isMailbox) held.last = one;
    if (isLast) this.decide(domain);
    return { kind: 'hold', end: held.end };
  }

  /** What a witness was told. True where the next one of the hearing is to be asked. */
  testify(hearing: Hearing, witness: Witness, exchange: Exchange): boolean {
    const domain = this.underWay.get(hearing);
    if (domain?.held?.hearing !== hearing) return false;
    const { refused, sender } = hearing;
    const isOther = sender.identity !== refused.sender.identity;
    const isPostmaster = hearing.witnesses.indexOf(witness) === hearing.witnesses.length - 1;
    const meaning = meaningAtRcpt(exchange) ?? '';
    if (meaning === 'accepted') {
      domain.honestTo = [...domain.honestTo, sender.identity];
      if (isOther) domain.liesTo = [...domain.liesTo, refused.sender.identity];
      release(domain, isOther ? { kind: 'ask_otherwise', why: isPostmaster ? null : ACCEPTS_OTHERS } : BELIEVE);
      return false;
    }
    const isRefused = meaning === 'mailbox_not_found' || meaning === 'mailbox_disabled';
    if (isRefused && !isPostmaster) return true;
    if (!isOther && ABOUT_US.includes(meaning)) {
      domain.blocked = [testimonyOf(exchange, { ...witness, redact: this.tools.redact })];
      release(domain, { kind: 'withhold', testimony: domain.blocked });
      return false;
    }
    // Refused alike. Or no answer came of it, and there is nothing to say against the first.
    release(domain, BELIEVE);
    return false;
  }

  /** All of the domain have spoken, or were waited for long enough. */
  private decide(domain: Domain): void {
    const { held, names, liesTo } = domain;
    if (held?.hearing !== null) return;
    if (held.last === null || names.length < REFUSED_MIN) {
      release(domain, BELIEVE);
      return;
    }
    const { witness, refused } = held.last;
    const isOther = ({ identity }: Sender): boolean => identity !== refused.sender.identity && !liesTo.includes(identity);
    const other = this.tools.senders.find(isOther);
    const [one, postmaster] = [witness, { ...witness, localPart: POSTMASTER, needsSmtpUtf8: false }].map((each) => ({
      ...each,
      acceptedAt: 0,
    }));
    const witnesses = [other === undefined ? undefined : one, postmaster].filter((each) => each !== undefined);
    held.hearing = { witnesses, refused, sender: other ?? refused.sender, isAlone: false };
    domain.isAsked = true;
    this.underWay.set(held.hearing, domain);
    this.tools.hear(held.hearing);
  }

  private newHeld(domain: Domain): Held {
    let resolve: Held['resolve'] = () => undefined;
    const end = new Promise<Opinion>((done) => {
      resolve = done;
    });
    const patience = setTimeout(() => {
      this.decide(domain);
    }, this.tools.aloneMs).unref();
    return { last: null, hearing: null, end, resolve, patience };
  }

  private domainOf(name: string): Domain {
    const known = this.domains.get(name);
    if (known !== undefined) return known;
    const domain: Domain = {
      waiting: 0,
      names: NO_NAMES,
      honestTo: NOBODY,
      liesTo: NOBODY,
      isAsked: false,
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
