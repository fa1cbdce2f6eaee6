// How one sending identity stands at one provider (or at one mail host of nobody we know), as far as this process knows: what the
// store said last, and what happened here since. Promises that a cut or a rest counts here at once, and that what happened is told
// exactly once where telling succeeds. Costs one addition an answered group.
import {
  addTallies,
  applyHealth,
  FIRST_PACE,
  FULL_PACE,
  newHealth,
  NOTHING_HAPPENED,
  phaseOf,
  type HealthPhase,
  type HealthTally,
  type SendingHealth,
} from '@/lib/verdict/sending-health';
import type { Clock } from '@/worker/engine/ports';
import { BoundedMap } from '../bounded-map';
import type { Sender } from '../senders';
import type { HealthDelta, HealthKey } from './sending-health-store';

/** A trial without a result is followed by another one so much later. */
export const TRIAL_MS = 60_000;

export class Standing {
  private health: SendingHealth;
  /** Not told yet, and on its way to the store. */
  private untold = NOTHING_HAPPENED;
  private underWay = NOTHING_HAPPENED;
  private trialAt = Number.NEGATIVE_INFINITY;

  constructor(
    readonly key: HealthKey,
    /** Has a card, so its pace is bounded even while all is well. */
    readonly isKnownProvider: boolean,
    now: number,
  ) {
    this.health = newHealth(this.firstPace, now);
  }

  /** Share of the full pace, up to 1. */
  get pace(): number {
    return this.health.pace;
  }
  /** Was told to slow down and has not grown back. */
  get isSlowed(): boolean {
    return this.health.pace < FULL_PACE && this.health.slowedAt !== null;
  }
  get lastRefusal(): SendingHealth['lastRefusal'] {
    return this.health.lastRefusal;
  }
  phase(now: number): HealthPhase {
    return phaseOf(this.health, now);
  }

  /** Whether a new question may begin here. When a rest is over, one question is let through and shows how things are. */
  admits(now: number): boolean {
    const phase = this.phase(now);
    if (phase !== 'trial') return phase === 'working';
    if (now - this.trialAt < TRIAL_MS) return false;
    this.trialAt = now;
    return true;
  }

  /** A trial is due, or everything is well. */
  mightAdmit(now: number): boolean {
    const phase = this.phase(now);
    return phase === 'working' || (phase === 'trial' && now - this.trialAt >= TRIAL_MS);
  }

  /** True where others ought to know at once. */
  note(tally: HealthTally, now: number): boolean {
    const { slowedAt, restsUntil } = this.health;
    this.health = applyHealth(this.health, tally, now);
    // A list of strange hosts where all goes well is nothing to write down.
    if (this.isKnownProvider || this.isRemarkable || tally.lastRefusal !== null) this.untold = addTallies(this.untold, tally);
    return this.health.slowedAt !== slowedAt || this.health.restsUntil !== restsUntil;
  }

  get isUntold(): boolean {
    return this.untold !== NOTHING_HAPPENED;
  }

  /** For the store; `told` or `untellable` has to follow. */
  tell(): HealthDelta {
    this.underWay = this.untold;
    this.untold = NOTHING_HAPPENED;
    return { ...this.key, firstPace: this.firstPace, tally: this.underWay };
  }

  untellable(): void {
    this.untold = addTallies(this.underWay, this.untold);
    this.underWay = NOTHING_HAPPENED;
  }

  /** How the pair stands over all workers; what happened here since comes on top. */
  learn(health: SendingHealth, now: number): void {
    this.underWay = NOTHING_HAPPENED;
    this.health = this.isUntold ? applyHealth(health, this.untold, now) : health;
  }

  /** A card's pace is a ceiling, to be come up to; a stranger's own pace is what there is. */
  private get firstPace(): number {
    return this.isKnownProvider ? FIRST_PACE : FULL_PACE;
  }

  private get isRemarkable(): boolean {
    const { pace, refused, rests, restsUntil } = this.health;
    return pace < FULL_PACE || refused > 0 || rests > 0 || restsUntil !== null;
  }
}

// Which sender (an identity with its sender) a set of mail hosts has refused lately, so that the next question there does not begin
// with it. In this process only; what a provider thinks of an identity is the shared health's to know.

export const REST_MS = 10 * 60_000;

const keyOf = (queue: string, { identity, mailFrom }: Sender): string =>
  JSON.stringify([queue, identity.address, identity.helo, mailFrom]);

export class IdentityRest {
  private readonly since: BoundedMap<string, number>;

  constructor(
    private readonly clock: Clock,
    maxEntries: number,
  ) {
    this.since = new BoundedMap(maxEntries);
  }

  rest(queue: string, sender: Sender): void {
    this.since.set(keyOf(queue, sender), this.clock.now());
  }

  isResting(queue: string, sender: Sender): boolean {
    // The usual case, asked for each question.
    if (this.since.size === 0) return false;
    const since = this.since.get(keyOf(queue, sender));
    return since !== undefined && this.clock.now() - since < REST_MS;
  }
}
