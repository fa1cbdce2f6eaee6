// Withholds "undeliverable" when a host or provider refuses everybody. A suspicion is verified by asking a witness again; until that is
// answered, the refusals are held. Guarantees: an honest host's refusals pass unchanged; those of a host that blocks us become a refusal of
// us, until it accepts someone again or the time is over. No answer is held longer than a hearing.
import { getDomain } from 'tldts';
import type { Clock } from '@/worker/engine/ports';
import type { Exchange } from '../exchange';
import type { RedactReply } from '../ports';
import {
  inWays,
  isUnheard,
  meaningAtRcpt,
  testimonyOf,
  WITNESS_MAX_AGE_MS,
  Witnesses,
  type Hearing,
  type Refused,
  type Told,
  type Witness,
} from './witness';

/** While the breaker is open, a witness is asked again this often; after OPEN_MAX_MS it closes by itself. */
export const REHEARD_EVERY_MS = 60_000;
export const OPEN_MAX_MS = 30 * 60_000;
const REFUSES_WITNESSES = 'refuses everybody, also mailboxes that it accepted before';
const REFUSES_EVERYBODY = 'refuses everybody, at domains that have nothing to do with each other';
/** One witness may really be gone by now. */
const WITNESSES_A_HEARING = 2;

/** Refusals are withheld from now on; reported to the code that looks after the identities. */
export interface Block {
  refused: Refused;
  why: string;
}
/** How a hearing ended: the refusals are believed, or the witnesses (if any) contradicted them. `block` is null if it was known before. */
export type HearingEnd =
  | { kind: 'honest' }
  | { kind: 'blocked'; testimony: readonly Exchange[]; block: Block | null }
  /** Nothing was heard from one of them. */
  | { kind: 'unheard'; told: Told };
export type BreakerRuling =
  | { kind: 'believe' }
  | { kind: 'withhold'; testimony: readonly Exchange[] }
  /** `isFirst`: this refusal began the hearing, which the caller holds if there are witnesses. */
  | { kind: 'hold'; isFirst: boolean; hearing: Hearing | null; end: Promise<HearingEnd> };

export interface BreakerTools {
  clock: Clock;
  redact: RedactReply;
  /** Without a witness: how long refusals wait for a mailbox to be accepted. */
  aloneMs: number;
}

/** A suspicion that is being verified. */
interface Proof {
  hearing: Hearing;
  gone: Witness[];
  testimony: Exchange[];
  end: Promise<HearingEnd>;
  resolve: (end: HearingEnd) => void;
}

function newProof(hearing: Hearing): Proof {
  let resolve: (end: HearingEnd) => void = () => undefined;
  const end = new Promise<HearingEnd>((done) => {
    resolve = done;
  });
  return { hearing, gone: [], testimony: [], end, resolve };
}

const NOTHING_SAID: readonly Exchange[] = [];
const BELIEVE: BreakerRuling = { kind: 'believe' };

export class RefusalBreaker {
  private state: 'closed' | 'hearing' | 'open' = 'closed';
  private readonly watch = new RefusalWatch();
  private readonly witnesses = new Witnesses();
  /**
   * Stands in while there is no witness: refusals that come in one batch with the first acceptances would otherwise pass without a control.
   * It is not known yet whether its domain takes every name.
   */
  private lastAccepted: Witness | null = null;
  /** What the witnesses were told when the breaker opened; fit for any recipient's evidence. */
  private testimony: readonly Exchange[] = NOTHING_SAID;
  private proof: Proof | null = null;
  private openedAt = 0;
  private heardAt = 0;
  private patience: NodeJS.Timeout | null = null;

  constructor(private readonly tools: BreakerTools) {}

  /** A mailbox was accepted, so not everybody is refused. Null: it was at a backup, which says nothing about better hosts. */
  accept(mailbox: Witness | null): void {
    this.watch.accept();
    this.lastAccepted = mailbox ?? this.lastAccepted;
    if (this.state !== 'closed') this.close();
  }

  refuse(domain: string): void {
    this.watch.refuse(domain);
  }

  /** The host refused a mailbox that it had accepted. */
  alarm(): void {
    this.watch.alarm();
  }

  /** Decides about a refusal. */
  rule(refused: Refused): BreakerRuling {
    if (this.state === 'closed' && this.watch.isRunShort) return BELIEVE;
    const now = this.tools.clock.now();
    if (this.state === 'open' && now - this.openedAt >= OPEN_MAX_MS) this.startAnew();
    if (this.proof !== null) return { kind: 'hold', isFirst: false, hearing: null, end: this.proof.end };
    const witnesses = this.freshWitnesses(now);
    if (this.state === 'open') {
      if (witnesses.length === 0 || now - this.heardAt < REHEARD_EVERY_MS) return { kind: 'withhold', testimony: this.testimony };
    } else if (!this.watch.isSuspicious(witnesses.length > 0)) return BELIEVE;
    return this.begin(
      {
        witnesses: witnesses.slice(0, WITNESSES_A_HEARING),
        refused,
        ways: inWays({ sender: refused.sender, elsewhere: null }),
        isAlone: 'no',
        tls: 'usual',
        at: now,
      },
      now,
    );
  }

  /** Takes what a witness was told. True if the next one should be asked. */
  testify(hearing: Hearing, told: Told): boolean {
    const { proof } = this;
    if (proof?.hearing !== hearing) return false;
    const { witness, exchange } = told;
    if (meaningAtRcpt(exchange) === 'accepted') {
      this.witnesses.remove(proof.gone);
      this.close();
      return false;
    }
    if (isUnheard(exchange)) {
      this.state = this.openedAt === 0 ? 'closed' : 'open';
      this.release({ kind: 'unheard', told });
      return false;
    }
    proof.gone.push(witness);
    proof.testimony.push(testimonyOf(exchange, { ...witness, redact: this.tools.redact }));
    if (proof.gone.length < hearing.witnesses.length) return true;
    this.open(proof);
    return false;
  }

  isWitnessWanted(): boolean {
    return this.witnesses.isWanted(this.tools.clock.now());
  }
  vouch(witness: Witness): void {
    this.witnesses.add(witness);
  }

  /** If this breaker were forgotten now, doubted refusals would be believed. */
  get isDoubting(): boolean {
    return this.state === 'hearing' || (this.state === 'open' && this.tools.clock.now() - this.openedAt < OPEN_MAX_MS);
  }

  private freshWitnesses(now: number): readonly Witness[] {
    const fresh = this.witnesses.listFresh(now);
    if (fresh.length > 0 || this.lastAccepted === null) return fresh;
    return now - this.lastAccepted.acceptedAt < WITNESS_MAX_AGE_MS ? [this.lastAccepted] : fresh;
  }

  private begin(hearing: Hearing, now: number): BreakerRuling {
    const proof = newProof(hearing);
    this.state = 'hearing';
    this.proof = proof;
    this.heardAt = now;
    const hasWitness = hearing.witnesses.length > 0;
    if (!hasWitness) {
      this.patience = setTimeout(() => {
        this.open(proof);
      }, this.tools.aloneMs);
      this.patience.unref();
    }
    return { kind: 'hold', isFirst: true, hearing: hasWitness ? hearing : null, end: proof.end };
  }

  private open({ hearing: { refused }, testimony }: Proof): void {
    const why = testimony.length > 0 ? REFUSES_WITNESSES : REFUSES_EVERYBODY;
    const block = this.openedAt === 0 ? { refused, why } : null;
    if (block !== null) this.openedAt = this.tools.clock.now();
    this.testimony = testimony;
    this.state = 'open';
    this.release({ kind: 'blocked', testimony, block });
  }

  private close(): void {
    this.state = 'closed';
    this.openedAt = 0;
    this.watch.clear();
    this.release({ kind: 'honest' });
  }

  /** Forgets a suspicion that was not confirmed for this long, so that no answer is withheld forever. */
  private startAnew(): void {
    this.state = 'closed';
    this.openedAt = 0;
    this.watch.forgetRun();
    this.witnesses.forgetAll();
    this.lastAccepted = null;
  }

  private release(end: HearingEnd): void {
    if (this.patience !== null) clearTimeout(this.patience);
    this.patience = null;
    const { proof } = this;
    this.proof = null;
    proof?.resolve(end);
  }
}

// Counts what one host or provider says about mailboxes, and tells when it has refused so many in a row that chance no longer explains it:
// it is more likely that we are blocked than that they are all gone. Guarantees: constant work per reply and bounded memory. It does not
// decide: the breaker verifies a suspicion.

/** Fewer refusals in a row are never suspicious. At a host that rarely refuses, one less is passed on before a block is noticed. */
export const RUN_MIN = 3;
/**
 * A run is suspicious if chance would produce it this rarely. Asking a witness costs one recipient, which is affordable for one answer in a
 * hundred; without a witness the suspicion is all there is.
 */
export const CHANCE_BEFORE_WITNESS = 1e-2;
export const CHANCE_ALONE = 1e-6;
/** A single domain may well consist of dead mailboxes; without a witness, only refusals across this many owners are suspicious. */
export const UNRELATED_DOMAINS = 5;
/** The share of refusals follows a host that changes: answers older than about this many count half. */
const ANSWERS_REMEMBERED = 2_000;

const NOBODY: readonly string[] = [];

export class RefusalWatch {
  /** Counts from before the run. */
  private accepted = 0;
  private refused = 0;
  private run = 0;
  /** Owners of the names in the run; no more than needed. */
  private owners: readonly string[] = NOBODY;
  /** The last name that was refused; its owner is looked up once. */
  private last = { domain: '', owner: '' };
  /** A suspicion was cleared: none arises until the run is this long. */
  private clearedUpTo = 0;
  /** It refused a mailbox that it had accepted. */
  private isAlarmed = false;

  accept(): void {
    this.refused += this.run;
    this.forgetRun();
    this.accepted += 1;
    if (this.accepted + this.refused <= ANSWERS_REMEMBERED) return;
    this.accepted /= 2;
    this.refused /= 2;
  }

  refuse(domain: string): void {
    this.run += 1;
    if (this.owners.length >= UNRELATED_DOMAINS) return;
    if (domain !== this.last.domain) this.last = { domain, owner: getDomain(domain) ?? domain };
    const { owner } = this.last;
    if (!this.owners.includes(owner)) this.owners = this.owners.concat(owner);
  }

  /** Regardless of the run, a mailbox that was accepted is refused now. */
  alarm(): void {
    this.isAlarmed = true;
  }

  /** The run is too short to be suspicious. */
  get isRunShort(): boolean {
    return !this.isAlarmed && (this.run < RUN_MIN || this.run < this.clearedUpTo);
  }

  /** Judged by this host's own share of refusals before the run (Laplace); one half if it was never asked before. */
  isSuspicious(hasWitness: boolean): boolean {
    if (this.isAlarmed && hasWitness) return true;
    if (this.isRunShort) return false;
    const share = (this.refused + 1) / (this.accepted + this.refused + 2);
    const chance = share ** this.run;
    return hasWitness ? chance < CHANCE_BEFORE_WITNESS : chance < CHANCE_ALONE && this.owners.length >= UNRELATED_DOMAINS;
  }

  /** The host proved honest: it is believed until the run has doubled. */
  clear(): void {
    this.clearedUpTo = this.run * 2;
    this.isAlarmed = false;
  }

  forgetRun(): void {
    this.run = 0;
    this.isAlarmed = false;
    this.clearedUpTo = 0;
    this.owners = NOBODY;
  }
}
