// Deadlines for many waiters over few timers. Deadlines that lie close together share a timer, since nearly all waiters are answered long
// before, and a timer for each would be set and cleared for nothing. Guarantees: a waiter expires at its deadline at the latest (by the
// given clock), and at most one step before it; a cleared waiter is forgotten; no timer remains without waiters.
import type { Clock, Soon } from './ports';

export interface Waiter {
  /** Called when the deadline is reached. */
  expire(): void;
}

/** A handle for `clear`. */
export interface Alarm<W extends Waiter = Waiter> {
  readonly waiter: W;
  readonly shared: Shared<W>;
  /** Its index among the alarms of its step. */
  readonly at: number;
}

/** Alarms whose deadlines lie within one step. */
interface Shared<W extends Waiter> {
  readonly step: number;
  readonly alarms: (Alarm<W> | null)[];
  left: number;
  readonly timer: NodeJS.Timeout;
}

export const STEP_MS = 10;
/** The longest delay setTimeout takes; it fires a longer one at once. */
const TIMER_MAX_MS = 2 ** 31 - 1;

export class Deadlines<W extends Waiter = Waiter> {
  private readonly steps = new Map<number, Shared<W>>();

  constructor(private readonly clock: Clock) {}

  get waiting(): readonly W[] {
    const alarms = [...this.steps.values()].flatMap((shared) => shared.alarms);
    return alarms.flatMap((alarm) => (alarm === null ? [] : [alarm.waiter]));
  }

  /** `deadline` is in epoch ms. */
  set(deadline: number, waiter: W): Alarm<W> {
    const step = Math.floor(deadline / STEP_MS);
    const shared = this.steps.get(step) ?? this.open(step);
    const alarm = { waiter, shared, at: shared.alarms.length };
    shared.alarms.push(alarm);
    shared.left += 1;
    return alarm;
  }

  /** Clearing an alarm again does nothing. */
  clear({ shared, at }: Alarm<W>): void {
    if (shared.alarms[at] === null) return;
    // Emptied, not removed: removing it would shift the other indexes.
    shared.alarms[at] = null;
    shared.left -= 1;
    if (shared.left === 0) this.close(shared);
  }

  private open(step: number): Shared<W> {
    const ms = Math.min(TIMER_MAX_MS, Math.max(0, step * STEP_MS - this.clock.now()));
    const timer = setTimeout(() => {
      this.ring(shared);
    }, ms);
    const shared: Shared<W> = { step, alarms: [], left: 0, timer };
    this.steps.set(step, shared);
    return shared;
  }

  private close(shared: Shared<W>): void {
    clearTimeout(shared.timer);
    if (this.steps.get(shared.step) === shared) this.steps.delete(shared.step);
  }

  private ring(shared: Shared<W>): void {
    this.close(shared);
    for (const [at, alarm] of shared.alarms.entries()) {
      if (alarm === null) continue;
      shared.alarms[at] = null;
      alarm.waiter.expire();
    }
  }
}

/** Callers with the same clock share timers. */
const known = new WeakMap<Clock, Deadlines>();

function deadlinesBy(clock: Clock): Deadlines {
  const kept = known.get(clock);
  if (kept !== undefined) return kept;
  const deadlines = new Deadlines(clock);
  known.set(clock, deadlines);
  return deadlines;
}

/**
 * The answer, or null if the deadline comes first. A plain value is returned at once, without a timer. A late answer is dropped. A
 * rejection before the deadline is passed on, since ports reject only if they have a bug. No timer is left behind.
 */
export function withinDeadline<T>(answer: Soon<T>, deadline: number, clock: Clock): Soon<T | null> {
  return answer instanceof Promise ? race(answer, deadline, deadlinesBy(clock)) : answer;
}

function race<T>(answer: Promise<T>, deadline: number, deadlines: Deadlines): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const alarm = deadlines.set(deadline, {
      expire() {
        resolve(null);
      },
    });
    answer.then(
      (value) => {
        deadlines.clear(alarm);
        resolve(value);
      },
      (error: unknown) => {
        deadlines.clear(alarm);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
