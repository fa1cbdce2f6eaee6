// Asks about one row of a list. Promises an answer whatever happens: what breaks down is `internal_error` for that row alone. Rows of
// a test list are answered by the address itself, after the time that it asks for; no mail host ever hears of them.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChunkLane } from '@/lib/lists/rules/list';
import type { RowToAsk } from '@/lib/lists/store/run';
import { describeError } from '@/lib/platform/errors';
import { BULK_BUDGET_MS, CHUNK_SLICE_MS } from '@/lib/platform/limits';
import { type EngineAnswer, unaskedAnswer } from '@/lib/verdict/answer';
import { testAnswer, testDelayMs } from '@/lib/verdict/test-answer';
import type { BulkDeps } from './deps';

export interface Asking {
  test: boolean;
  lane: ChunkLane;
  signal: AbortSignal;
}

const NOBODY_WATCHES = (): void => undefined;

export const budgetMs = (lane: ChunkLane): number => (lane === 'slow' ? BULK_BUDGET_MS : CHUNK_SLICE_MS);

export async function askRow(row: RowToAsk, asking: Asking, deps: BulkDeps): Promise<EngineAnswer> {
  try {
    if (asking.test) return await answerTest(row, asking, deps);
    const deadline = deps.now() + budgetMs(asking.lane);
    return await deps.verify({ email: row.email, deadline, triplet: row.triplet }, NOBODY_WATCHES);
  } catch (error) {
    deps.log.error({ error: describeError(error) }, 'an address of a list could not be checked');
    return failedAnswer(row.email, deps.now());
  }
}

async function answerTest({ email }: RowToAsk, { signal }: Asking, deps: BulkDeps): Promise<EngineAnswer> {
  const delayMs = Math.min(testDelayMs(email), CHUNK_SLICE_MS);
  // Cut short, its answer is dropped anyway.
  if (delayMs > 0) await sleep(delayMs, undefined, { signal }).catch(() => undefined);
  return testAnswer(email, deps.now());
}

export function failedAnswer(email: string, now: number): EngineAnswer {
  const text = 'Our own software failed while checking this address; nothing is known of it.';
  return unaskedAnswer({ email, reason: 'internal_error', text, rule: 'own-failure', now, layers: [] });
}
