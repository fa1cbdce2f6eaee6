// Keeps bursts of DNS questions small enough to arrive. A resolver on loopback has a receive buffer of a few hundred packets
// (212,992 bytes on Linux); c-ares writes a thousand questions in one turn and half of them are lost and then time out.
// Promises that each question is asked once, in order, and that a silent server holds up nobody for longer than `holdMs`: a
// question unanswered for that long has left the buffer and gives its place to the next. Refuses nothing.

export interface GateLimits {
  /** Questions that may be young and unanswered at the same time. */
  places: number;
  /** How long an unanswered question keeps its place. */
  holdMs: number;
}

export type QuestionGate = <T>(ask: () => Promise<T>) => Promise<T>;

export function createQuestionGate({ places, holdMs }: GateLimits): QuestionGate {
  const waiting = new Set<() => void>();
  let free = places;

  const giveBack = (): void => {
    const [next] = waiting;
    if (next === undefined) {
      free += 1;
      return;
    }
    waiting.delete(next);
    next();
  };

  const takePlace = async (): Promise<() => void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.add(resolve));
    let held = true;
    const release = (): void => {
      if (!held) return;
      held = false;
      clearTimeout(timer);
      giveBack();
    };
    const timer = setTimeout(release, holdMs);
    timer.unref();
    return release;
  };

  return async (ask) => {
    const release = await takePlace();
    try {
      return await ask();
    } finally {
      release();
    }
  };
}
