// Keeps a check for later that is greylisted, or that our own pace left no time for: the row stays pending with what was found and
// the triplet to repeat, and a new job is due at its time, in one transaction, so a kill at any moment loses neither. A second run
// changes nothing.
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { postponeWork } from '@/lib/data/verification-work';
import type { EngineAnswer, Postponable } from '@/lib/domain/answer';
import type { Evidence } from '@/lib/domain/evidence';
import { GREYLIST_DELAY_MAX_S, GREYLIST_DELAY_MIN_S, GREYLIST_LADDER_S } from '@/lib/domain/limits';
import { enqueue } from '@/lib/queue/enqueue';
import { mergeEvidence } from './merge-evidence';
import { verificationJobKey } from './verification-keys';

export interface PostponeVerification {
  id: string;
  /** The attempt just made, counted from 0. */
  attempt: number;
  answer: EngineAnswer & { askAgain: Postponable };
  earlierEvidence: readonly Evidence[];
  now: number;
  /** 0 ≤ n < 1 */
  random: number;
}

/** True where another attempt is left on the ladder. */
export const canPostpone = (attempt: number): boolean => attempt < GREYLIST_LADDER_S.length;

/** True when this run postponed it. */
export function postponeVerification(scope: Scope, input: PostponeVerification): Promise<boolean> {
  const { id, attempt, answer } = input;
  const retryAt = new Date(input.now + retryDelayMs(answer.askAgain.afterS, attempt, input.random));
  const evidence = mergeEvidence(input.earlierEvidence, answer.evidence);
  return inTransaction(async (tx) => {
    const next = { id, attempt, retryAt, triplet: answer.askAgain.triplet, layers: answer.layers, evidence };
    if (!(await postponeWork(scope, next, tx))) return false;
    const job = { jobKey: verificationJobKey(id, attempt + 1), priority: 'retry', runAt: retryAt } as const;
    await enqueue('verify-address', { verificationId: id }, job, tx);
    return true;
  });
}

// Servers count whole seconds and refuse who comes a moment early, so a retry is always a little late: half a second, and
// up to a tenth of the delay so that many addresses of one host do not come back at once.
const LATE_MS = 500;
const JITTER_MAX_MS = 10_000;

export function retryDelayMs(askedS: number | null, attempt: number, random: number): number {
  const wantedS = askedS ?? GREYLIST_LADDER_S[attempt] ?? GREYLIST_DELAY_MAX_S;
  const delayMs = Math.min(Math.max(wantedS, GREYLIST_DELAY_MIN_S), GREYLIST_DELAY_MAX_S) * 1_000;
  return Math.round(delayMs + LATE_MS + random * Math.min(delayMs / 10, JITTER_MAX_MS));
}
