// Where an answer goes: it is final, or the row is asked again at its time (time may answer it: by the same schedule as a single check),
// or in the slow lane (its host was too slow for the main one), or when our own pace or limits have room for it (nobody was asked): in a
// moment, or after the hour. That is no attempt, and a row waits for it however long, since giving up would call our own limit an answer.
import { creditsFor } from '@/lib/credits/rules/ledger';
import type { ChunkLane } from '@/lib/lists/rules/list';
import type { FinalRow } from '@/lib/lists/store/results';
import type { ListRetry, RowToAsk } from '@/lib/lists/store/run';
import { NEXT_HOUR_SPREAD_MS } from '@/lib/platform/limits';
import { type EngineAnswer, isHeldBack, mergeEvidence, overAttempts } from '@/lib/verdict/answer';
import { retryDelayMs } from '@/lib/verdict/retry-schedule';
import { codeOfReason, packFlags } from '@/lib/verdict/verdict';

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
