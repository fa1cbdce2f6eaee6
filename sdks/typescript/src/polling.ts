import { TimeoutError } from './errors.js';
import { sleep } from './transport.js';

export interface PollOptions {
  /** The total time to wait. */
  timeoutMs?: number;
  /** The delay before the second poll; it grows by half each time, up to 5 seconds. */
  intervalMs?: number;
  signal?: AbortSignal;
}

const FIRST_MS = 500;
const MAX_MS = 5_000;

/** Polls until the condition holds. */
export async function poll<T, D extends T>(
  look: () => Promise<T>,
  isDone: (found: T) => found is D,
  options: PollOptions,
): Promise<D>;
export async function poll<T>(look: () => Promise<T>, isDone: (found: T) => boolean, options: PollOptions): Promise<T>;
export async function poll<T>(look: () => Promise<T>, isDone: (found: T) => boolean, options: PollOptions): Promise<T> {
  const { timeoutMs = Infinity, intervalMs = FIRST_MS, signal } = options;
  const endsAt = Date.now() + timeoutMs;
  for (let waitMs = intervalMs; ; waitMs = Math.min(Math.max(MAX_MS, intervalMs), waitMs * 1.5)) {
    const found = await look();
    if (isDone(found)) return found;
    if (Date.now() + waitMs >= endsAt) throw new TimeoutError(`Not done within ${timeoutMs} ms.`);
    await sleep(waitMs, signal);
  }
}
