// Where an answer goes: it is final, or the row is asked again at its time (it is greylisted, as for a single check), or in the slow
// lane (its host was too slow for the main one), or in a moment (our own pace left no time, and nobody was asked).
import type { RowToAsk } from '@/lib/data/list-retries';
import type { ListRetry } from '@/lib/data/list-retries';
import { isPostponable, type EngineAnswer } from '@/lib/domain/answer';
import { ROOM_PATIENCE_MS } from '@/lib/domain/limits';
import type { ChunkLane } from '@/lib/domain/list';
import { mergeEvidence } from '@/lib/services/merge-evidence';
import { canPostpone, retryDelayMs } from '@/lib/services/postpone-verification';

export type Sorted = { kind: 'final' | 'slow' | 'held_back' } | { kind: 'retry'; retry: ListRetry };

export interface Circumstances {
  lane: ChunkLane;
  test: boolean;
  /** Of the list's run. */
  startedAt: Date | null;
  now: number;
  /** 0 ≤ n < 1 */
  random: number;
}

export function sortAnswer(row: RowToAsk, answer: EngineAnswer, around: Circumstances): Sorted {
  const { askAgain, verdict } = answer;
  if (around.test) return { kind: 'final' };
  if (isPostponable(askAgain)) {
    if (askAgain.reason === 'timeout') return { kind: isPatient(around) ? 'held_back' : 'final' };
    if (!canPostpone(row.attempt)) return { kind: 'final' };
    const dueAt = new Date(around.now + retryDelayMs(askAgain.afterS, row.attempt, around.random));
    const evidence = mergeEvidence(row.evidence, answer.evidence);
    return { kind: 'retry', retry: { n: row.n, attempt: row.attempt + 1, dueAt, triplet: askAgain.triplet, evidence } };
  }
  return { kind: verdict.reason === 'timeout' && around.lane !== 'slow' ? 'slow' : 'final' };
}

/** A list does not wait for room for ever. */
export const isPatient = ({ startedAt, now }: Pick<Circumstances, 'startedAt' | 'now'>): boolean =>
  startedAt === null || now - startedAt.getTime() < ROOM_PATIENCE_MS;
