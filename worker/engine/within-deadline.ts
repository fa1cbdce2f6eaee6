// Waits for an answer, but never past a moment in time. Leaves no timer behind. What comes late is dropped; a rejection
// before the moment is passed on, since ports do not reject unless there is a bug in them.
import type { Clock, Soon } from './ports';

/** The answer, or null where the deadline came first. What is there already is given at once, without a timer. */
export function withinDeadline<T>(answer: Soon<T>, deadline: number, clock: Clock): Soon<T | null> {
  return answer instanceof Promise ? race(answer, deadline, clock) : answer;
}

function race<T>(answer: Promise<T>, deadline: number, clock: Clock): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, Math.max(0, deadline - clock.now()), null);
    answer.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
