// Asks about one row of a list. Promises an answer whatever happens: what breaks down is `internal_error` for that row alone. Rows of
// a test list are answered by the address itself, after the time that it asks for; no mail host ever hears of them.
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
  // Cut short, its answer is dropped anyway.
  if (delayMs > 0) await sleep(delayMs, undefined, { signal }).catch(() => undefined);
  return testAnswer(email, deps.now());
}

export function failedAnswer(email: string, now: number): EngineAnswer {
  const text = 'Our own software failed while checking this address; nothing is known of it.';
  return unaskedAnswer({ email, reason: 'internal_error', text, rule: 'own-failure', now, layers: [] });
}

// Where an answer goes: it is final, or the row is asked again at its time (time may answer it: by the same schedule as a single check),
// or in the slow lane (its host was too slow for the main one), or when our own pace or limits have room for it (nobody was asked): in a
// moment, or after the hour. That is no attempt, and a row waits for it however long, since giving up would call our own limit an answer.

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
  // Not an attempt yet: it had a slice of its time.
  if (verdict.reason === 'timeout' && around.lane !== 'slow') return { kind: 'slow' };
  const waitMs = askAgain === null ? null : retryDelayMs(askAgain, row.attempt, around.random);
  if (askAgain === null || waitMs === null) return { kind: 'final' };
  const evidence = mergeEvidence(row.evidence, answer.evidence);
  const dueAt = new Date(around.now + waitMs);
  return { kind: 'retry', retry: { n: row.n, attempt: row.attempt + 1, dueAt, triplet: askAgain.triplet, evidence } };
}

/** As it was, until there is room again; not all of them at once. */
function waitingRow({ n, attempt, triplet, evidence }: RowToAsk, afterS: number, { now, random }: Circumstances): Sorted {
  const dueAt = new Date(now + afterS * 1_000 + random * NEXT_HOUR_SPREAD_MS);
  return { kind: 'retry', retry: { n, attempt, dueAt, triplet, evidence } };
}

/** An answer of the engine as the final row of a list: its verdict, what it costs, and everything that led to it. */
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
