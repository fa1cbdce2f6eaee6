// How one sending identity stands at one provider (or at one mail host of no known provider), as far as this process knows: what the store
// last said, and what happened here since. Guarantees: a cut or a rest counts here at once; what happened is sent exactly once, if sending
// succeeds. Costs one addition per answered group.
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
} from '@/lib/verdict/health';
import type { Clock } from '@/worker/engine/ports';
import { BoundedMap } from '../../../engine/bounded-maps';
import type { Sender } from '../senders';

/** One sending identity at one provider, or at one mail host of no known provider. */
export interface HealthKey {
  identity: string;
  provider: string;
}

export interface HealthDelta extends HealthKey {
  /** The initial pace of a pair that is new to the store. */
  firstPace: number;
  tally: HealthTally;
}

/** How long after a trial without a result the next one follows. */
export const TRIAL_MS = 60_000;

export class Standing {
  private health: SendingHealth;
  /** What has not been sent yet, and what is on its way to the store. */
  private untold = NOTHING_HAPPENED;
  private underWay = NOTHING_HAPPENED;
  private trialAt = Number.NEGATIVE_INFINITY;

  constructor(
    readonly key: HealthKey,
    /** The provider has a card, so its pace is limited even while all is well. */
    readonly isKnownProvider: boolean,
    now: number,
  ) {
    this.health = newHealth(this.firstPace, now);
  }

  /** The share of the full pace, up to 1. */
  get pace(): number {
    return this.health.pace;
  }
  /** It was told to slow down and has not fully recovered. */
  get isSlowed(): boolean {
    return this.health.pace < FULL_PACE && this.health.slowedAt !== null;
  }
  get lastRefusal(): SendingHealth['lastRefusal'] {
    return this.health.lastRefusal;
  }
  phase(now: number): HealthPhase {
    return phaseOf(this.health, now);
  }

  /** Whether a new question may begin here. After a rest, one question is let through to see how things are. */
  admits(now: number): boolean {
    const phase = this.phase(now);
    if (phase !== 'trial') return phase === 'working';
    if (now - this.trialAt < TRIAL_MS) return false;
    this.trialAt = now;
    return true;
  }

  /** All is well, or a trial is due. */
  mightAdmit(now: number): boolean {
    const phase = this.phase(now);
    return phase === 'working' || (phase === 'trial' && now - this.trialAt >= TRIAL_MS);
  }

  /** True if other workers should know at once. */
  note(tally: HealthTally, now: number): boolean {
    const { slowedAt, restsUntil } = this.health;
    this.health = applyHealth(this.health, tally, now);
    // A list of unknown hosts where all goes well is not worth storing.
    if (this.isKnownProvider || this.isRemarkable || tally.lastRefusal !== null) this.untold = addTallies(this.untold, tally);
    return this.health.slowedAt !== slowedAt || this.health.restsUntil !== restsUntil;
  }

  get isUntold(): boolean {
    return this.untold !== NOTHING_HAPPENED;
  }

  /** Returns what to send to the store; `told` or `untellable` has to follow. */
  tell(): HealthDelta {
    this.underWay = this.untold;
    this.untold = NOTHING_HAPPENED;
    return { ...this.key, firstPace: this.firstPace, tally: this.underWay };
  }

  untellable(): void {
    this.untold = addTallies(this.underWay, this.untold);
    this.underWay = NOTHING_HAPPENED;
  }

  /** Takes over how the pair stands across all workers; what happened here since is added. */
  learn(health: SendingHealth, now: number): void {
    this.underWay = NOTHING_HAPPENED;
    this.health = this.isUntold ? applyHealth(health, this.untold, now) : health;
  }

  /** A card's pace is a ceiling to grow towards; without a card there is only the host's own pace, which begins full. */
  private get firstPace(): number {
    return this.isKnownProvider ? FIRST_PACE : FULL_PACE;
  }

  private get isRemarkable(): boolean {
    const { pace, refused, rests, restsUntil } = this.health;
    return pace < FULL_PACE || refused > 0 || rests > 0 || restsUntil !== null;
  }
}

// Which senders (an identity with its sender address) a set of mail hosts has refused lately, so that the next question there does not
// begin with one of them. Kept in this process only; what a provider thinks of an identity belongs to the shared health.

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
    // The usual case, checked for every question.
    if (this.since.size === 0) return false;
    const since = this.since.get(keyOf(queue, sender));
    return since !== undefined && this.clock.now() - since < REST_MS;
  }
}
