// Does a domain take every name? One answer serves all questions: a fact younger than a day is believed, a probe that is on its way is
// shared, and a domain is probed at most one pair of times a day, by all workers on one store together. The first name looks like a
// person's. The second is sent only if the mailbox itself was accepted and the first name came back undecided (after a drop, with the same
// name; after an odd refusal, with letters that no person chose), or was refused where no other recipient was. It does not guess: a pair
// without a clear yes or no is `undecided`.
import { setTimeout as sleep } from 'node:timers/promises';
import { CATCH_ALL_FACT_MAX_AGE_MS } from '@/lib/platform/limits';
import { TRANSPORT_FAILURES } from '@/lib/verdict/evidence';
import type { CatchAllFact, CatchAllStore, ProbeClaim } from '@/lib/verdict/mail-host';
import type { Clock } from '@/worker/engine/ports';
import { dayOf, newDomainState, type DomainState, type ProbeRun, type ProbeTurn } from './domain-state';
import { RecentMap } from '@/worker/engine/bounded-maps';
import { BoundedMap } from '../../../engine/bounded-maps';
import { bothOf, type CatchAllFound, factOf, NOT_ASKED, type ProbeReply, readProbe, remembered } from './found';
import { nameAfter, FIRST_NAME, type ProbeName } from './probe-names';
import type { RedactReply } from '../ports';
import type { SmtpLimits } from '../timeouts';

export { createMemoryCatchAllStore, sharedPlace } from './domain-state';
export { NOT_ASKED, type CatchAllFound } from './found';
export type { ProbeRun, ProbeTurn } from './domain-state';
export { createProbeNames, type ProbeName } from './probe-names';

export interface CatchAllTools {
  catchAll: CatchAllStore;
  clock: Clock;
  /**
   * Local part of a probe. It depends only on the domain (for a day), so that any worker can repeat a greylisted probe with the same
   * triplet.
   */
  randomName: ProbeName;
  redact: RedactReply;
  limits: Pick<SmtpLimits, 'probesADomainADay' | 'memoryEntries'>;
}

/** Other workers have the day's pair: how long to wait, each time, for their result. */
const WAITS_FOR_OTHERS_MS = [50, 100, 200, 400, 800, 1_600, 3_200];
/** How many of these waits come before the second name of the day is claimed after another worker's first. */
const OTHERS_WAITED_FOR = 5;
const FIRST_OF_DAY = 1;
const SPENT_MS = 60_000;
/** How long a better host that could not be reached is not looked for again for its domain's made-up name. */
const BETTER_HOST_MS = 10_000;
/** The store is shared, but a fact holds for a day. */
const FACT_KEPT_MS = 10_000;
/** "No fact" is trusted for a shorter time: another worker may be about to find one. */
const NO_FACT_KEPT_MS = 1_000;
const SPENT: CatchAllFound = { outcome: { kind: 'undecided', meaning: 'temporary_failure', isSpent: true }, evidence: [] };

/** No host has said anything about the name yet. */
const FAILURES: readonly string[] = TRANSPORT_FAILURES;

export class CatchAll {
  private readonly domains: BoundedMap<string, DomainState>;
  /** Facts from the store or of our own, trusted for a short time without another look. */
  private readonly known: RecentMap<string, { found: CatchAllFound; until: number }>;
  private readonly lookUps = new Map<string, Promise<CatchAllFact | null>>();

  constructor(private readonly deps: CatchAllTools) {
    const { clock, limits } = deps;
    this.domains = new BoundedMap(limits.memoryEntries);
    this.known = new RecentMap(limits.memoryEntries, { after: { ms: FACT_KEPT_MS, now: () => clock.now() } });
  }

  /** What `open` would return, if it is known already: awaiting it for most questions of a list costs 8 to 20 µs of CPU each. */
  peek(domain: string): ProbeTurn | null {
    const now = this.deps.clock.now();
    const known = this.known.get(domain);
    if (known !== undefined && now < known.until) return { kind: 'known', found: known.found };
    const state = this.domains.get(domain);
    if (state === undefined) return null;
    if (state.run !== null) return state.run.isReady ? { kind: 'shared', run: state.run } : null;
    return now < state.noFactUntil ? this.withoutFact(domain, state) : null;
  }

  async open(domain: string): Promise<ProbeTurn> {
    const fact = await this.findFact(domain);
    const state = this.stateOf(domain);
    if (fact !== null) return { kind: 'known', found: this.know(fact) };
    state.noFactUntil = this.deps.clock.now() + NO_FACT_KEPT_MS;
    if (state.run !== null) {
      const { run } = state;
      const last = this.lastOf(domain, state);
      return (await run.ready) ? { kind: 'shared', run } : { kind: 'after_acceptance', found: last };
    }
    const turn = this.withoutFact(domain, state);
    if (turn !== null) return turn;
    const run = this.newRun(domain, state);
    run.ready = this.claimFor(run, domain, FIRST_OF_DAY);
    run.isReady = await run.ready;
    if (run.isReady) return { kind: 'mine', run };
    run.abandon();
    return { kind: 'after_acceptance', found: this.lastOf(domain, state) };
  }

  private know(fact: CatchAllFact): CatchAllFound {
    const found = remembered(fact);
    this.known.set(fact.domain, { found, until: this.deps.clock.now() + FACT_KEPT_MS });
    return found;
  }

  /** What this process last found. */
  private lastOf(domain: string, { last, fact }: DomainState): CatchAllFound {
    return fact === null ? (last ?? NOT_ASKED) : (this.known.get(domain)?.found ?? this.know(fact));
  }

  /** What this process's own probes say if the store has no fact; null before the first of them. */
  private withoutFact(domain: string, state: DomainState): ProbeTurn | null {
    const found = this.lastOf(domain, state);
    if (this.isSpent(state)) return { kind: 'known', found };
    return state.puts > 0 ? { kind: 'after_acceptance', found } : null;
  }

  /** Whether an accepted mailbox, after this result, is a reason to send the second name of the pair. */
  isWorthAnother(domain: string, { outcome, isHalf = false }: CatchAllFound): boolean {
    // The other half may be known by now.
    if (isHalf) return true;
    const state = this.stateOf(domain);
    const isOpen = outcome.kind === 'undecided' || outcome.kind === 'not_asked';
    if (state.fact !== null || this.isSpent(state)) return isOpen && state.fact !== null;
    if (outcome.kind === 'undecided') return state.next !== FIRST_NAME || FAILURES.includes(outcome.meaning);
    return outcome.kind === 'not_asked';
  }

  /** The probe was put off, and only a question that comes back after a while asks for it again. */
  isPutOff({ outcome }: CatchAllFound): boolean {
    return outcome.kind === 'undecided' && outcome.meaning === 'greylisted';
  }

  /** A turn that is `mine` is for the caller to send. If other workers have the pair, this waits for their result. */
  async startSecond(domain: string): Promise<ProbeTurn> {
    const state = this.stateOf(domain);
    if (state.run !== null) return { kind: 'shared', run: state.run };
    if (this.isSpent(state) || state.fact !== null) return { kind: 'known', found: this.lastOf(domain, state) };
    const run = this.newRun(domain, state);
    // Other workers sent the first name and may be about to find out, or they ended before they could.
    const patience = state.puts === 0 ? OTHERS_WAITED_FOR : 0;
    for (const [at, ms] of [...WAITS_FOR_OTHERS_MS, null].entries()) {
      run.needsCompany = at > 0;
      if (at >= patience && (await this.claimFor(run, domain, this.deps.limits.probesADomainADay))) return { kind: 'mine', run };
      if (state.last?.isHalf === true) {
        // Other workers have the second name of the day.
        run.abandon(this.complete(domain, state, state.last));
        return { kind: 'known', found: this.lastOf(domain, state) };
      }
      if (ms !== null) await sleep(ms, undefined, { ref: false });
      const fact = await this.findFact(domain);
      if (fact === null) continue;
      run.abandon(remembered(fact));
      return { kind: 'known', found: remembered(fact) };
    }
    state.spentUntil = this.deps.clock.now() + SPENT_MS;
    state.last ??= SPENT;
    run.abandon(state.last);
    return { kind: 'known', found: state.last };
  }

  /**
   * A mailbox of the domain was refused as unknown. A plain name already tells what the second made-up name would be asked to find out; any
   * other name may not match the pattern that the domain takes.
   */
  refuse({ domain, localPart }: Pick<ProbeReply, 'domain' | 'localPart'>, code: number): void {
    const state = this.domains.get(domain);
    if (state === undefined) return;
    const { others } = state;
    others.refuse(localPart, code);
    if (state.run === null && state.isAlmostWhole && others.hasPlain && state.last?.isHalf === true)
      this.complete(domain, state, state.last);
  }

  /** If a made-up name got no answer that counts: what other mailboxes of the domain were told. */
  orByOthers(domain: string, found: CatchAllFound): CatchAllFound {
    return this.domains.get(domain)?.others.insteadOf(found) ?? found;
  }

  /** Resolves when other mailboxes of the domain can stand in for its made-up name. */
  whenOthersKnown(domain: string): Promise<void> {
    return this.stateOf(domain).others.whenEnough();
  }

  /** What its made-up names were told is now known to be a no. */
  decide(domain: string, found: CatchAllFound): CatchAllFound {
    return this.complete(domain, this.stateOf(domain), found);
  }

  /** Half of the pair has to suffice. */
  private complete(domain: string, state: DomainState, { outcome, evidence }: CatchAllFound): CatchAllFound {
    const found = { outcome, evidence };
    state.isAlmostWhole = false;
    void this.keep(domain, state, found);
    return found;
  }

  private keep(domain: string, state: DomainState, found: CatchAllFound): Promise<void> {
    state.fact = factOf(domain, found);
    state.last = state.fact === null ? found : null;
    if (state.fact !== null) this.know(state.fact);
    return this.remember(state.fact);
  }

  /** Remembers a reply that came after every question had gone. */
  async late(answer: ProbeReply): Promise<void> {
    await this.remember(factOf(answer.domain, readProbe(answer, this.deps)));
  }

  private isSpent({ puts, spentUntil }: DomainState): boolean {
    return puts >= this.deps.limits.probesADomainADay || this.deps.clock.now() < spentUntil;
  }

  private stateOf(domain: string): DomainState {
    const now = this.deps.clock.now();
    const known = this.domains.get(domain);
    if (known !== undefined && (known.run !== null || now - known.since < CATCH_ALL_FACT_MAX_AGE_MS)) return known;
    const state = newDomainState(now);
    this.domains.set(domain, state);
    return state;
  }

  /** Every question from now on shares it. */
  private newRun(domain: string, state: DomainState): ProbeRun {
    let resolve: (found: CatchAllFound) => void = () => undefined;
    const end = (found: CatchAllFound): void => {
      state.run = null;
      run.soFar = found;
      resolve(found);
    };
    const run: ProbeRun = {
      localPart: this.deps.randomName(domain, state.next.shape),
      alone: state.next.alone,
      isForBest: state.next.isForBest === true,
      needsCompany: false,
      mostPuts: 0,
      claim: null,
      ready: Promise.resolve(true),
      isReady: false,
      found: new Promise((done) => {
        resolve = done;
      }),
      soFar: null,
      finish: (answer) => {
        const own = readProbe(answer, this.deps);
        state.puts += answer.puts;
        const both = bothOf(this.lastOf(domain, state), own, { isSpent: this.isSpent(state) });
        const next = nameAfter(answer, own, { next: state.next, hasRefused: state.others.hasPlain });
        const isOfBackup = answer.isAtBackup && both.outcome.kind === 'accepts_all';
        const isHalf = next !== null && own.outcome.kind !== 'undecided' && !isOfBackup && !this.isSpent(state);
        state.isAlmostWhole = isHalf && own.outcome.kind === 'refuses_unknown' && answer.refusesFirst;
        state.next = next ?? state.next;
        const found = { ...both, isHalf, isOfBackup };
        if (run.isForBest && answer.puts === 0) state.spentUntil = this.deps.clock.now() + BETTER_HOST_MS;
        void this.keep(domain, state, found).then(() => this.giveBack(run, answer.puts));
        end(found);
      },
      abandon: (found = NOT_ASKED) => {
        void this.giveBack(run, 0);
        end(found);
      },
    };
    state.run = run;
    return run;
  }

  /**
   * Claims one name if fewer than `most` were claimed today, so that a worker that ends before it sends the name leaves the other one to
   * another worker. If the store is down, our own count has to do.
   */
  private async claimFor(run: ProbeRun, domain: string, most: number): Promise<boolean> {
    const { catchAll, clock } = this.deps;
    const at = clock.now();
    const own: ProbeClaim = { domain, day: dayOf(at), granted: 1 };
    run.claim = await catchAll.claim({ domain, at, wanted: 1, most }).catch(() => own);
    run.mostPuts = run.claim.granted;
    return run.mostPuts > 0;
  }

  private async giveBack({ claim }: ProbeRun, puts: number): Promise<void> {
    if (claim === null || claim.granted <= puts) return;
    await this.deps.catchAll.release(claim, claim.granted - puts).catch(() => undefined);
  }

  private async remember(fact: CatchAllFact | null): Promise<void> {
    // A store that is down costs another probe tomorrow, not an answer today.
    if (fact !== null) await this.deps.catchAll.remember(fact).catch(() => undefined);
  }

  /** One lookup for all questions that arrive at the same time. */
  private findFact(domain: string): Promise<CatchAllFact | null> {
    const underWay = this.lookUps.get(domain);
    if (underWay !== undefined) return underWay;
    const lookUp = this.deps.catchAll
      .find(domain)
      .catch(() => null)
      .then((fact) => {
        this.lookUps.delete(domain);
        return fact !== null && this.deps.clock.now() - fact.checkedAt < CATCH_ALL_FACT_MAX_AGE_MS ? fact : null;
      });
    this.lookUps.set(domain, lookUp);
    return lookUp;
  }
}
