// Does a domain take every name? One answer for all questions: a fact younger than a day is believed, a probe that is on its way is
// shared, and a domain is probed at most one pair of times a day, over all workers on one store. The first name looks like a person's. The
// second of the pair is sent only when the mailbox itself was accepted and the first came back undecided (dropped, with the same name; oddly
// refused, with letters that no person chose), or was refused where nobody else was. Refuses to guess: a pair without a clear yes or no is
// `undecided`.
import { CATCH_ALL_FACT_MAX_AGE_MS } from '@/lib/platform/limits';
import { TRANSPORT_FAILURES } from '@/lib/verdict/evidence';
import type { CatchAllFact, CatchAllStore, ProbeClaim } from '@/lib/verdict/mail-host';
import type { Clock } from '@/worker/engine/ports';
import { dayOf, lastOf, newDomainState, type DomainState } from './domain-state';
import { RecentMap } from '@/worker/engine/recent-map';
import { BoundedMap } from '../bounded-map';
import { bothOf, type CatchAllFound, factOf, NOT_ASKED, type ProbeReply, readProbe, remembered } from './found';
import { nameAfter, FIRST_NAME, type ProbeName } from './probe-names';
import type { ProbeRun, ProbeTurn } from './probe-run';
import type { RedactReply } from '../ports';
import type { SmtpLimits } from '../timeouts';

export { sharedPlace } from './domain-state';
export { createMemoryCatchAllStore } from './domain-state';
export { NOT_ASKED, type CatchAllFound } from './found';
export type { ProbeRun, ProbeTurn } from './probe-run';
export { createProbeNames, type ProbeName } from './probe-names';

/** What it is given. */
export interface CatchAllTools {
  catchAll: CatchAllStore;
  clock: Clock;
  /**
   * Local part of a probe. A function of the domain alone (for a day) lets a greylisted probe be repeated with the same triplet by any
   * worker.
   */
  randomName: ProbeName;
  redact: RedactReply;
  limits: Pick<SmtpLimits, 'probesADomainADay' | 'memoryEntries'>;
}

/** Other workers have the day's pair: how long to wait, each time, for what they find. */
const WAITS_FOR_OTHERS_MS = [50, 100, 200, 400, 800, 1_600, 3_200];
/** So many of these before the second of the day is claimed after somebody else's first. */
const OTHERS_WAITED_FOR = 5;
const FIRST_OF_DAY = 1;
const SPENT_MS = 60_000;
/** A better host that could not be had is not looked for again for so long on account of its domain's made-up name. */
const BETTER_HOST_MS = 10_000;
/** The store is shared, but a fact holds for a day. */
const FACT_KEPT_MS = 10_000;
/** That it knew nothing is believed for less: another worker may be about to find out. */
const NO_FACT_KEPT_MS = 1_000;
const SPENT: CatchAllFound = { outcome: { kind: 'undecided', meaning: 'temporary_failure', isSpent: true }, evidence: [] };

/** Nobody has said anything of the name yet. */
const FAILURES: readonly string[] = TRANSPORT_FAILURES;

const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });

export class CatchAll {
  private readonly domains: BoundedMap<string, DomainState>;
  /** Facts of the store, believed without another look for a short time. */
  private readonly known: RecentMap<string, { found: CatchAllFound; until: number }>;
  private readonly lookUps = new Map<string, Promise<CatchAllFact | null>>();

  constructor(private readonly deps: CatchAllTools) {
    const { clock, limits } = deps;
    this.domains = new BoundedMap(limits.memoryEntries);
    this.known = new RecentMap(limits.memoryEntries, { after: { ms: FACT_KEPT_MS, now: () => clock.now() } });
  }

  /**
   * What `open` would say, where it is known already, as it is for most questions of a list. Without it the turns of an awaited look-up cost
   * 8 to 20 µs of CPU an address (two comparisons of the adapter alone).
   */
  peek(domain: string): ProbeTurn | null {
    const now = this.deps.clock.now();
    const known = this.known.get(domain);
    if (known !== undefined && now < known.until) return { kind: 'known', found: known.found };
    const state = this.domains.get(domain);
    if (state === undefined) return null;
    if (state.run !== null) return state.run.isReady ? { kind: 'shared', run: state.run } : null;
    return now < state.noFactUntil ? this.withoutFact(state) : null;
  }

  async open(domain: string): Promise<ProbeTurn> {
    const fact = await this.findFact(domain);
    const state = this.stateOf(domain);
    if (fact !== null) {
      const found = remembered(fact);
      this.known.set(domain, { found, until: this.deps.clock.now() + FACT_KEPT_MS });
      return { kind: 'known', found };
    }
    state.noFactUntil = this.deps.clock.now() + NO_FACT_KEPT_MS;
    if (state.run !== null) return this.share(state.run, state);
    const turn = this.withoutFact(state);
    if (turn !== null) return turn;
    const run = this.newRun(domain, state);
    run.ready = this.claimFor(run, domain, FIRST_OF_DAY);
    run.isReady = await run.ready;
    if (run.isReady) return { kind: 'mine', run };
    run.abandon();
    return { kind: 'after_acceptance', found: lastOf(state) ?? NOT_ASKED };
  }

  /** What this process's own names say where the store knows nothing; null before the first of them. */
  private withoutFact(state: DomainState): ProbeTurn | null {
    const found = lastOf(state) ?? NOT_ASKED;
    if (this.isSpent(state)) return { kind: 'known', found };
    return state.puts > 0 ? { kind: 'after_acceptance', found } : null;
  }

  /** Somebody's probe, once it is known that it may be sent. */
  private async share(run: ProbeRun, state: DomainState): Promise<ProbeTurn> {
    const last = lastOf(state) ?? NOT_ASKED;
    return (await run.ready) ? { kind: 'shared', run } : { kind: 'after_acceptance', found: last };
  }

  /** Whether an accepted mailbox is reason to put the second of the pair, after this was found. */
  isWorthAnother(domain: string, { outcome, isHalf = false }: CatchAllFound): boolean {
    // Perhaps the other half is known by now.
    if (isHalf) return true;
    const state = this.stateOf(domain);
    const isOpen = outcome.kind === 'undecided' || outcome.kind === 'not_asked';
    if (state.fact !== null || this.isSpent(state)) return isOpen && state.fact !== null;
    if (outcome.kind === 'undecided') return state.next !== FIRST_NAME || FAILURES.includes(outcome.meaning);
    return outcome.kind === 'not_asked';
  }

  /** It was put off, and only whoever comes back after a while asks for it again. */
  isPutOff({ outcome }: CatchAllFound): boolean {
    return outcome.kind === 'undecided' && outcome.meaning === 'greylisted';
  }

  /** `mine` is for the caller to send. Where other workers have the pair, what they find is waited for. */
  async startSecond(domain: string): Promise<ProbeTurn> {
    const state = this.stateOf(domain);
    if (state.run !== null) return { kind: 'shared', run: state.run };
    if (this.isSpent(state) || state.fact !== null) return { kind: 'known', found: lastOf(state) ?? NOT_ASKED };
    const run = this.newRun(domain, state);
    // The first was others', who may be about to find out; or they ended before they could.
    const patience = state.puts === 0 ? OTHERS_WAITED_FOR : 0;
    for (const [at, ms] of [...WAITS_FOR_OTHERS_MS, null].entries()) {
      run.needsCompany = at > 0;
      if (at >= patience && (await this.claimFor(run, domain, this.deps.limits.probesADomainADay))) return { kind: 'mine', run };
      if (state.last?.isHalf === true) {
        // Others have the second of the day.
        run.abandon(this.complete(domain, state, state.last));
        return { kind: 'known', found: lastOf(state) ?? NOT_ASKED };
      }
      if (ms !== null) await wait(ms);
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
   * A mailbox of the domain was refused as unknown. A plain one says what the second name would be asked for; any other name may not be of
   * the pattern that the domain takes.
   */
  refuse({ domain, localPart }: Pick<ProbeReply, 'domain' | 'localPart'>, code: number): void {
    const state = this.domains.get(domain);
    if (state === undefined) return;
    const { others } = state;
    others.refuse(localPart, code);
    if (state.run === null && state.isAlmostWhole && others.hasPlain && state.last?.isHalf === true)
      this.complete(domain, state, state.last);
  }

  /** Where a made-up name got no answer: what other mailboxes of the domain were told. */
  orByOthers(domain: string, found: CatchAllFound): CatchAllFound {
    return this.domains.get(domain)?.others.insteadOf(found) ?? found;
  }

  /** What its made-up names were told is known to be a no. */
  decide(domain: string, found: CatchAllFound): CatchAllFound {
    return this.complete(domain, this.stateOf(domain), found);
  }

  /** Half of the pair has to do. */
  private complete(domain: string, state: DomainState, { outcome, evidence }: CatchAllFound): CatchAllFound {
    const found = { outcome, evidence };
    state.isAlmostWhole = false;
    state.fact = factOf(domain, found);
    state.last = state.fact === null ? found : null;
    void this.remember(domain, found);
    return found;
  }

  /** A reply that came after everybody had gone is still worth remembering. */
  async late(answer: ProbeReply): Promise<void> {
    await this.remember(answer.domain, readProbe(answer, this.deps));
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

  /** Everybody who asks from now on shares it. */
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
        const both = bothOf(lastOf(state) ?? NOT_ASKED, own, { isSpent: this.isSpent(state) });
        const next = nameAfter(answer, own, { next: state.next, hasRefused: state.others.hasPlain });
        const isOfBackup = answer.isAtBackup && both.outcome.kind === 'accepts_all';
        const isHalf = next !== null && own.outcome.kind !== 'undecided' && !isOfBackup && !this.isSpent(state);
        state.isAlmostWhole = isHalf && own.outcome.kind === 'refuses_unknown' && answer.refusesFirst;
        state.next = next ?? state.next;
        const found = { ...both, isHalf, isOfBackup };
        if (run.isForBest && answer.puts === 0) state.spentUntil = this.deps.clock.now() + BETTER_HOST_MS;
        state.fact = factOf(domain, found);
        state.last = state.fact === null ? found : null;
        void this.remember(domain, found).then(() => this.giveBack(run, answer.puts));
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
   * One, where fewer than so many were claimed today: whoever ends before it is put leaves the other to somebody else. A store that is
   * down is made up for by our own count.
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

  private async remember(domain: string, found: CatchAllFound): Promise<void> {
    const fact = factOf(domain, found);
    // A store that is down costs another probe tomorrow, not an answer today.
    if (fact !== null) await this.deps.catchAll.remember(fact).catch(() => undefined);
  }

  /** One look-up for all who ask at the same time. */
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
