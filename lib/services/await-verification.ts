// Waits until a verification is final or the time is over, without polling: it listens first and reads then, so no change
// falls between. Returns the state at the end of the wait, which may still be pending; one that is put off beyond the wait
// returns at once. Another's id is `not_found`, thrown.
import type { Scope } from '@/lib/data/scope';
import { VERIFICATION_CHANNEL } from '@/lib/data/verification-work';
import type { VerificationView } from '@/lib/domain/verification-view';
import { onNotification } from '@/lib/queue/listen';
import { getVerification } from './get-verification';

export interface Patience {
  timeoutMs: number;
  /** Nobody waits for the answer any more: the wait ends at once. */
  signal?: AbortSignal | undefined;
}

export async function awaitVerification(scope: Scope, id: string, patience: number | Patience): Promise<VerificationView> {
  const { timeoutMs, signal } = typeof patience === 'number' ? { timeoutMs: patience, signal: undefined } : patience;
  const deadline = Date.now() + timeoutMs;
  const bell = makeBell();
  signal?.addEventListener('abort', bell.ring);
  const subscription = onNotification(VERIFICATION_CHANNEL, id, bell.ring);
  try {
    // A listener that can't connect costs the wake-up, not the answer: the row is read at the end in any case.
    await Promise.race([subscription.ready, sleep(timeoutMs)]);
    for (;;) {
      bell.reset();
      const result = await getVerification(scope, id);
      if (!result.ok) throw result.error;
      const leftMs = deadline - Date.now();
      if (result.value.status !== 'pending' || leftMs <= 0 || signal?.aborted === true) return result.value;
      if (isPutOffBeyond(deadline, result.value)) return result.value;
      await bell.rung(leftMs);
    }
  } finally {
    signal?.removeEventListener('abort', bell.ring);
    subscription.close();
  }
}

/** Greylisted, and the next try comes only after the wait: nothing more will happen in it. */
const isPutOffBeyond = (deadline: number, { retryAt }: VerificationView): boolean =>
  retryAt !== null && Date.parse(retryAt) > deadline;

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms).unref());

/** Remembers a ring that comes before anybody waits for it. */
function makeBell() {
  let hasRung = false;
  let wake = (): void => undefined;
  return {
    ring: (): void => {
      hasRung = true;
      wake();
    },
    reset: (): void => {
      hasRung = false;
    },
    rung: (timeoutMs: number): Promise<void> =>
      new Promise((done) => {
        const timer = setTimeout(done, timeoutMs);
        wake = () => {
          clearTimeout(timer);
          done();
        };
        if (hasRung) wake();
      }),
  };
}
