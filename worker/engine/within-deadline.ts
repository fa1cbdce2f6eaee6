// Waits for an answer, but never past a moment in time. Leaves no timer behind. What comes late is dropped; a rejection
// before the moment is passed on, since ports do not reject unless there is a bug in them.
import type { Clock } from './ports';

/** The answer, or null where the deadline came first. */
export async function withinDeadline<T>(answer: Promise<T>, deadline: number, clock: Clock): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(
      () => {
        resolve(null);
      },
      Math.max(0, deadline - clock.now()),
    );
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
