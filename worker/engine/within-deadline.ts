// Waits for an answer, but never past a moment in time. Leaves no timer behind. What comes late is dropped; a rejection
// before the moment is passed on, since ports do not reject unless there is a bug in them.
import { Deadlines } from './deadlines';
import type { Clock, Soon } from './ports';

/** Whoever has the same clock shares the timers. */
const known = new WeakMap<Clock, Deadlines>();

function deadlinesBy(clock: Clock): Deadlines {
  const kept = known.get(clock);
  if (kept !== undefined) return kept;
  const deadlines = new Deadlines(clock);
  known.set(clock, deadlines);
  return deadlines;
}

/** The answer, or null where the deadline came first. What is there already is given at once, without a timer. */
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
