// Tells the database that this process lives, so that `/readyz` is right and other workers leave its jobs alone.
import type { Log } from '@/lib/log';
import { describeError } from '@/lib/describe-error';

export interface Beating {
  /** Resolves when no beat is under way any more. */
  stop(): Promise<void>;
}

export interface BeatOptions {
  everyMs: number;
  beat: () => Promise<void>;
  log: Log;
}

/** The first beat is done when this resolves; it throws when that one fails. */
export async function startHeartbeat({ everyMs, beat, log }: BeatOptions): Promise<Beating> {
  await beat();
  let underway = Promise.resolve();
  let isBeating = false;
  const timer = setInterval(() => {
    // A slow database gets one beat at a time.
    if (isBeating) return;
    isBeating = true;
    underway = beat()
      .catch((error: unknown) => log.warn({ error: describeError(error) }, 'a heartbeat failed'))
      .finally(() => (isBeating = false));
  }, everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      return underway;
    },
  };
}
