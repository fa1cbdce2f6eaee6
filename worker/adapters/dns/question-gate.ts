// Keeps bursts of DNS questions small enough to arrive. A resolver on loopback has a receive buffer of a few hundred packets
// (212,992 bytes on Linux); a thousand questions written in one turn overflow it, and half of them are lost and then time out.
// Promises that each question is asked once, in order, those that are asked again first, and that a silent server holds up nobody for
// longer than `holdMs`: a question unanswered for that long has left the buffer and gives its place to the next. Refuses nothing.

export interface GateLimits {
  /** Questions that may be young and unanswered at the same time, at this moment. */
  places: () => number;
  /** How long an unanswered question keeps its place. */
  holdMs: number;
}

export type QuestionGate = <T>(ask: () => Promise<T>, options?: { isAgain: boolean }) => Promise<T>;

export function createQuestionGate({ places, holdMs }: GateLimits): QuestionGate {
  const waiting = { again: new Set<() => void>(), new: new Set<() => void>() };
  let taken = 0;

  const admit = (): void => {
    while (taken < places()) {
      const line = waiting.again.size > 0 ? waiting.again : waiting.new;
      const [next] = line;
      if (next === undefined) return;
      line.delete(next);
      taken += 1;
      next();
    }
  };

  const takePlace = async (line: Set<() => void>): Promise<() => void> => {
    if (taken < places()) taken += 1;
    else await new Promise<void>((resolve) => line.add(resolve));
    let held = true;
    const release = (): void => {
      if (!held) return;
      held = false;
      clearTimeout(timer);
      taken -= 1;
      admit();
    };
    const timer = setTimeout(release, holdMs);
    timer.unref();
    return release;
  };

  return async (ask, { isAgain } = { isAgain: false }) => {
    const release = await takePlace(isAgain ? waiting.again : waiting.new);
    try {
      return await ask();
    } finally {
      release();
    }
  };
}
