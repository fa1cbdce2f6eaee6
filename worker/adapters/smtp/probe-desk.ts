// Does a domain take every name? One desk for all questions: a fact younger than a day is believed, a probe that is on its way is
// shared, and a domain is probed at most one pair of times a day. The second of the pair is sent only when the first came back
// undecided (greylisted, dropped) and the mailbox itself was accepted. Refuses to guess: a probe without a clear yes or no is `undecided`.
import type { Evidence } from '@/lib/domain/evidence';
import { ACCEPT_ALL_FACT_MAX_AGE_MS } from '@/lib/domain/limits';
import type { AcceptAllFact } from '@/lib/domain/mail-host';
import type { CatchAllOutcome } from '@/worker/engine/ports';
import { BoundedMap } from './bounded-map';
import { redactedReply, rememberedEvidence, toEvidence } from './evidence';
import { isPositive, type Exchange } from './exchange';
import type { Recipient } from './recipient';
import type { SmtpDeps } from './smtp-deps';

export interface CatchAllFound {
  outcome: CatchAllOutcome;
  evidence: readonly Evidence[];
}

export interface ProbeRun {
  localPart: string;
  /** How often this run may put its name to a host. */
  mostPuts: number;
  found: Promise<CatchAllFound>;
  /** The same once it is there. */
  soFar: CatchAllFound | null;
  finish: (recipient: Recipient, exchange: Exchange) => void;
}

export type Desk =
  | { kind: 'known'; found: CatchAllFound }
  /** Somebody's probe is on its way. */
  | { kind: 'shared'; run: ProbeRun }
  /** The caller sends this one, in the group of its mailbox. */
  | { kind: 'mine'; run: ProbeRun }
  /** Ask again for one, with `startSecond`, should the mailbox be accepted. */
  | { kind: 'after_acceptance'; found: CatchAllFound };

interface DomainState {
  localPart: string;
  /** Probes put to a host since then. */
  puts: number;
  since: number;
  run: ProbeRun | null;
  last: CatchAllFound | null;
}

const NOT_ASKED: CatchAllFound = { outcome: { kind: 'not_asked' }, evidence: [] };
const SAYS_NO: readonly string[] = ['mailbox_not_found', 'mailbox_disabled'];

export class ProbeDesk {
  private readonly domains: BoundedMap<string, DomainState>;
  private readonly lookUps = new Map<string, Promise<AcceptAllFact | null>>();

  constructor(private readonly deps: SmtpDeps) {
    this.domains = new BoundedMap(deps.limits.memoryEntries);
  }

  async open(domain: string): Promise<Desk> {
    const fact = await this.findFact(domain);
    const state = this.stateOf(domain);
    if (fact !== null) return { kind: 'known', found: this.remembered(fact) };
    if (state.run !== null) return { kind: 'shared', run: state.run };
    const last = state.last ?? NOT_ASKED;
    if (state.puts >= this.deps.limits.probesADomainADay) return { kind: 'known', found: last };
    return state.puts > 0 ? { kind: 'after_acceptance', found: last } : { kind: 'mine', run: this.start(domain, state) };
  }

  /** `mine` is for the caller to send. */
  startSecond(domain: string): Desk {
    const state = this.stateOf(domain);
    if (state.run !== null) return { kind: 'shared', run: state.run };
    if (state.puts >= this.deps.limits.probesADomainADay) return { kind: 'known', found: state.last ?? NOT_ASKED };
    return { kind: 'mine', run: this.start(domain, state) };
  }

  /** A reply that came after everybody had gone is still worth remembering. */
  async late(recipient: Recipient, exchange: Exchange): Promise<void> {
    const { outcome } = this.read(recipient, exchange);
    await this.remember(recipient.spec.domain, outcome);
  }

  private stateOf(domain: string): DomainState {
    const now = this.deps.clock.now();
    const known = this.domains.get(domain);
    if (known !== undefined && (known.run !== null || now - known.since < ACCEPT_ALL_FACT_MAX_AGE_MS)) return known;
    const state: DomainState = { localPart: this.deps.randomName(domain), puts: 0, since: now, run: null, last: null };
    this.domains.set(domain, state);
    return state;
  }

  private start(domain: string, state: DomainState): ProbeRun {
    let resolve: (found: CatchAllFound) => void = () => undefined;
    const run: ProbeRun = {
      localPart: state.localPart,
      mostPuts: this.deps.limits.probesADomainADay - state.puts,
      found: new Promise((done) => {
        resolve = done;
      }),
      soFar: null,
      finish: (recipient, exchange) => {
        const found = this.read(recipient, exchange);
        state.puts += recipient.puts;
        state.last = found;
        state.run = null;
        run.soFar = found;
        void this.remember(domain, found.outcome);
        resolve(found);
      },
    };
    state.run = run;
    return run;
  }

  private read(recipient: Recipient, exchange: Exchange): CatchAllFound {
    const asked = { ...recipient.spec, redact: this.deps.redact };
    // The dialogue before RCPT stands in the mailbox's own evidence, unless it is what went wrong.
    const noted = recipient.noted.filter((each) => each.exchange.stage === 'rcpt' || !isPositive(each.exchange));
    const evidence = noted.map((each) => toEvidence(each, asked));
    const { came, party } = exchange;
    if (came.kind === 'failure') return { outcome: { kind: 'undecided', meaning: came.failure }, evidence };
    const isYes = exchange.stage === 'rcpt' && came.meaning === 'accepted';
    if (!isYes && !SAYS_NO.includes(came.meaning)) return { outcome: { kind: 'undecided', meaning: came.meaning }, evidence };
    const kind = isYes ? 'accepts_all' : 'refuses_unknown';
    const reply = redactedReply(came.reply, party, asked);
    return { outcome: { kind, checkedAt: this.deps.clock.now(), remembered: false, reply, host: party.host }, evidence };
  }

  private remembered(fact: AcceptAllFact): CatchAllFound {
    const reply = { code: fact.code, enhanced: fact.enhanced, text: fact.text };
    const kind = fact.acceptAll ? 'accepts_all' : 'refuses_unknown';
    return {
      outcome: { kind, checkedAt: fact.checkedAt, remembered: true, reply, host: fact.host },
      evidence: [rememberedEvidence(fact)],
    };
  }

  private async remember(domain: string, outcome: CatchAllOutcome): Promise<void> {
    if (outcome.kind !== 'accepts_all' && outcome.kind !== 'refuses_unknown') return;
    const { checkedAt, reply, host } = outcome;
    const fact: AcceptAllFact = { domain, acceptAll: outcome.kind === 'accepts_all', checkedAt, ...reply, host };
    // A store that is down costs another probe tomorrow, not an answer today.
    await this.deps.acceptAll.remember(fact).catch(() => undefined);
  }

  /** One look-up for all who ask at the same time. */
  private findFact(domain: string): Promise<AcceptAllFact | null> {
    const underWay = this.lookUps.get(domain);
    if (underWay !== undefined) return underWay;
    const lookUp = this.deps.acceptAll
      .find(domain)
      .catch(() => null)
      .then((fact) => {
        this.lookUps.delete(domain);
        return fact !== null && this.deps.clock.now() - fact.checkedAt < ACCEPT_ALL_FACT_MAX_AGE_MS ? fact : null;
      });
    this.lookUps.set(domain, lookUp);
    return lookUp;
  }
}
