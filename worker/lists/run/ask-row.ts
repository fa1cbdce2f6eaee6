// Asks about one row of a list. Guarantee: there is always an answer; if our software fails, that row alone gets `internal_error`. Rows of
// a test list get the answer and the delay that the address itself names, and no mail host is asked.
import { setTimeout as sleep } from 'node:timers/promises';
import { creditsFor } from '@/lib/credits/rules/ledger';
import type { ChunkLane } from '@/lib/lists/rules/list';
import type { FinalRow } from '@/lib/lists/store/results';
import type { RowToAsk, ListRetry } from '@/lib/lists/store/run';
import { describeError } from '@/lib/platform/errors';
import { BULK_BUDGET_MS, CHUNK_SLICE_MS, NEXT_HOUR_SPREAD_MS } from '@/lib/platform/limits';
import { type EngineAnswer, unaskedAnswer, isHeldBack, mergeEvidence, overAttempts } from '@/lib/verdict/answer';
import { retryDelayMs } from '@/lib/verdict/retry-schedule';
import { testAnswer, testDelayMs } from '@/lib/verdict/test-answer';
import { codeOfReason, packFlags } from '@/lib/verdict/verdict';
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
  // If the delay is cut short, the answer is dropped anyway.
  if (delayMs > 0) await sleep(delayMs, undefined, { signal }).catch(() => undefined);
  return testAnswer(email, deps.now());
}

export function failedAnswer(email: string, now: number): EngineAnswer {
  const text = 'Our own software failed while checking this address, so nothing is known about it.';
  return unaskedAnswer({ email, reason: 'internal_error', text, rule: 'own-failure', now, layers: [] });
}

// What happens with an answer. It is final; or the row is asked again later, by the same schedule as a single check (if time may change the
// answer); or it goes to the slow lane (its host was too slow for the main lane); or it waits until our own pace or limits have room, for a
// moment or until the next hour (no host was asked). Such a wait is not an attempt and has no limit, since giving up would present our own
// limit as an answer.

export type Sorted = { kind: 'final' | 'slow' | 'held_back' } | { kind: 'retry'; retry: ListRetry };

export interface Circumstances {
  lane: ChunkLane;
  test: boolean;
  now: number;
  /** 0 ≤ n < 1 */
  random: number;
}

export function sortAnswer(row: RowToAsk, answer: EngineAnswer, around: Circumstances): Sorted {
  const { askAgain, verdict } = answer;
  if (around.test) return { kind: 'final' };
  if (isHeldBack(askAgain)) return askAgain.afterS === null ? { kind: 'held_back' } : waitingRow(row, askAgain.afterS, around);
  // This was not a full attempt: in this lane a row gets only a slice of its time budget.
  if (verdict.reason === 'timeout' && around.lane !== 'slow') return { kind: 'slow' };
  const waitMs = askAgain === null ? null : retryDelayMs(askAgain, row.attempt, around.random);
  if (askAgain === null || waitMs === null) return { kind: 'final' };
  const evidence = mergeEvidence(row.evidence, answer.evidence);
  const dueAt = new Date(around.now + waitMs);
  return { kind: 'retry', retry: { n: row.n, attempt: row.attempt + 1, dueAt, triplet: askAgain.triplet, evidence } };
}

/** The unchanged row, to be asked when there is room again; spread, so that not all rows come at once. */
function waitingRow({ n, attempt, triplet, evidence }: RowToAsk, afterS: number, { now, random }: Circumstances): Sorted {
  const dueAt = new Date(now + afterS * 1_000 + random * NEXT_HOUR_SPREAD_MS);
  return { kind: 'retry', retry: { n, attempt, dueAt, triplet, evidence } };
}

/** The engine's answer as the final row of a list: its verdict, what it costs, and all evidence. */
export function toFinalRow(row: RowToAsk, last: EngineAnswer, isCharged: boolean): FinalRow {
  const answer = overAttempts(row.evidence, last);
  const { verdict, mx } = answer;
  const reason = verdict.reason ?? 'internal_error';
  return {
    n: row.n,
    email: row.email,
    domain: row.domain,
    reason: codeOfReason(reason),
    score: verdict.score,
    flags: packFlags(verdict.flags),
    provider: mx.provider,
    mxHost: mx.host,
    didYouMean: answer.didYouMean,
    cached: false,
    credits: isCharged ? creditsFor(reason) : 0,
    durationMs: answer.durationMs,
    checkedAt: null,
    layers: answer.layers,
    evidence: answer.evidence,
  };
}
