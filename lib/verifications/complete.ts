// Ends a check, or postpones it. Verdict, charge or release, usage and announcement are one transaction, and so are a postponed row and
// its next job. A second run charges nothing and changes nothing. A crash in between leaves the check pending for the next run. No check
// stays pending forever, whatever happened to its job. Nothing is ever said about a mailbox that nobody was asked about.
import { captureLockedHold, quietCapture, releaseLockedHold } from '@/lib/credits/holds';
import { creditsFor } from '@/lib/credits/rules/ledger';
import { recordUsage } from '@/lib/credits/usage';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { WAIT_LADDER_S } from '@/lib/platform/limits';
import { siteLink } from '@/lib/platform/mail/compose';
import { enqueue } from '@/lib/platform/queue/enqueue';
import { returnRateLimitsIn } from '@/lib/platform/rate-limits';
import type { Scope } from '@/lib/platform/scope';
import {
  type AskAgain,
  type EngineAnswer,
  type HeldBack,
  isHeldBack,
  mergeEvidence,
  overAttempts,
  unaskedAnswer,
} from '@/lib/verdict/answer';
import type { Evidence } from '@/lib/verdict/evidence';
import type { Graded } from '@/lib/verdict/grade';
import type { GreylistTriplet } from '@/lib/verdict/mail-host';
import { gradeByName } from '@/lib/verdict/name-shape';
import { delayMs, retryDelayMs } from '@/lib/verdict/retry-schedule';
import type { Reason } from '@/lib/verdict/verdict';
import { toSummaryAnswer, toVerificationAnswer, type VerificationView } from '@/lib/verdict/verification';
import { emitEvent } from '@/lib/webhooks/emit';
import type { WebhookData } from '@/lib/webhooks/event-data';
import { gradeAddresses } from './grading';
import { toView } from './read';
import { listLostVerifications, removeJob } from './store/maintenance';
import { findVerification } from './store/verifications';
import {
  answerUsage,
  type Completion,
  findPending,
  type Finished,
  finishQuietly,
  finishWork,
  type Postponement,
  postponeWork,
} from './store/work';

export interface CompleteVerification {
  id: string;
  answer: EngineAnswer;
  /** From earlier attempts. */
  earlierEvidence: readonly Evidence[];
  /** False if no hold was made: visitors and test keys pay nothing. */
  isCharged: boolean;
}

/** True if this run made it final. */
export async function completeVerification(scope: Scope, input: CompleteVerification): Promise<boolean> {
  const { id } = input;
  const answer = overAttempts(input.earlierEvidence, input.answer);
  const credits = input.isCharged ? creditsFor(answer.verdict.reason) : 0;
  const graded = await gradeAnswer(scope, answer, input.isCharged);
  const completion = { id, answer, graded, creditsCharged: credits, holdSourceKey: verificationSourceKey(id) };
  if (await completeQuietly(scope, completion, input.isCharged)) return true;
  return inTransaction(async (tx) => {
    const finished = await finishWork(scope, completion, tx);
    if (!finished) return false;
    // A check that we could not finish is not an answer, so it is given back to the visitor's allowance.
    if (answer.verdict.reason === 'internal_error') await returnRateLimitsIn(finished.freeCounters, tx);
    if (input.isCharged) await settle(scope, { id, credits, reason: answer.verdict.reason, ...finished }, tx);
    if (finished.source !== 'landing') await tellEnd(scope, { id, ...finished }, tx);
    return true;
  });
}

/** For a new check that holds nothing, because the answer is free and nobody has to be asked. */
export async function completeUnasked(scope: Scope, { id, answer }: { id: string; answer: EngineAnswer }, tx: Tx): Promise<void> {
  const completion = { id, answer, graded: null, creditsCharged: 0, holdSourceKey: verificationSourceKey(id) };
  const finished = await finishWork(scope, completion, tx);
  const { reason } = answer.verdict;
  if (finished === null || reason === null) throw new Error(`the verification ${id} could not be completed`);
  const { source, apiKeyId } = finished;
  await recordUsage(scope, { entries: [{ apiKeyId, source, reason, answers: 1, credits: 0 }], wereAsked: false }, tx);
  await tellEnd(scope, { id, ...finished }, tx);
}

/**
 * The usual end in one statement: an answer that is charged, or that nobody pays for. A free answer's release may resume lists, and an
 * answer that is none goes back to a visitor's allowance.
 */
async function completeQuietly(scope: Scope, completion: Completion, isCharged: boolean): Promise<boolean> {
  const { answer, creditsCharged: credits, holdSourceKey: sourceKey } = completion;
  const { reason } = answer.verdict;
  if (!isCharged) return reason !== 'internal_error' && finishQuietly(scope, completion, null);
  if (credits === 0) return false;
  return finishQuietly(
    scope,
    completion,
    quietCapture(scope, { amount: credits, sourceKey, usage: answerUsage({ reason, credits }) }),
  );
}

/** Visitors and test keys have no past from which a grade could be learned. */
async function gradeAnswer(scope: Scope, { email, verdict }: EngineAnswer, hasPast: boolean): Promise<Graded | null> {
  if (verdict.reason !== 'catch_all') return null;
  const address = { email, isRole: verdict.flags.role === true };
  const [graded = null] = hasPast ? await gradeAddresses(scope, [address]) : [gradeByName(address)];
  return graded;
}

interface Settlement extends Finished {
  id: string;
  credits: number;
  reason: Reason | null;
}

async function settle(scope: Scope, { id, credits, reason, holdId, source, apiKeyId }: Settlement, tx: Tx): Promise<void> {
  if (holdId === null) throw new Error(`the verification ${id} has no open hold`);
  const usage = reason === null ? [] : [{ apiKeyId, source, reason, answers: 1, credits }];
  // The hold is as large as the largest charge, so a charge uses it up and closes it. A charged answer is never a free answer.
  if (credits > 0) {
    await captureLockedHold(scope, { holdId, amount: credits, sourceKey: verificationSourceKey(id), usage }, tx);
    return;
  }
  await releaseLockedHold(scope, holdId, tx);
  await recordUsage(scope, { entries: usage, wereAsked: true }, tx);
}

export interface PostponeVerification {
  id: string;
  /** The attempt just made, counted from 0, and the waits for our own limits so far. */
  attempt: number;
  waits: number;
  answer: EngineAnswer & { askAgain: AskAgain };
  /** From earlier attempts. */
  earlier: { evidence: readonly Evidence[]; triplet: GreylistTriplet | null };
  now: number;
  /** 0 ≤ n < 1 */
  random: number;
}

/**
 * For a check that may get an answer later, or that our own pace or limits left no time for. It stays pending with its findings and the
 * triplet to repeat, and a new job is due at its time. A wait for ourselves is not an attempt, and happens as often as necessary. Returns
 * `exhausted` and changes nothing if the schedule of its reason has ended and the check has to become final.
 */
export async function postponeVerification(scope: Scope, input: PostponeVerification): Promise<'postponed' | 'exhausted'> {
  const { id, attempt, waits, answer } = input;
  const next = isHeldBack(answer.askAgain) ? afterWait(input, answer.askAgain) : afterAttempt(input);
  if (next === null) return 'exhausted';
  await inTransaction(async (tx) => {
    // Another run of the same job was faster.
    if (!(await postponeWork(scope, { id, attempt, waits, layers: answer.layers, ...next }, tx))) return;
    const jobKey = next.isWait ? verificationJobKey(id, attempt, waits + 1) : verificationJobKey(id, attempt + 1, waits);
    const job = { jobKey, priority: 'retry', runAt: next.retryAt } as const;
    await enqueue('verify-address', { verificationId: id }, job, tx);
  });
  return 'postponed';
}

type Next = Pick<Postponement, 'isWait' | 'retryAt' | 'triplet' | 'evidence'>;

function afterAttempt({ attempt, answer, earlier, now, random }: PostponeVerification): Next | null {
  const waitMs = retryDelayMs(answer.askAgain, attempt, random);
  if (waitMs === null) return null;
  const evidence = mergeEvidence(earlier.evidence, answer.evidence);
  return { isWait: false, retryAt: new Date(now + waitMs), triplet: answer.askAgain.triplet, evidence };
}

/** Nobody was asked, so the findings of earlier attempts stay, and the next try repeats what this one would have done. */
function afterWait({ waits, earlier, now, random }: PostponeVerification, { afterS }: HeldBack): Next {
  const waitS = afterS ?? WAIT_LADDER_S[Math.min(waits, WAIT_LADDER_S.length - 1)] ?? WAIT_LADDER_S[0];
  return { isWait: true, retryAt: new Date(now + delayMs(waitS, random)), ...earlier };
}

/**
 * For a check that our own software could not finish: it ends as unknown because of an internal error, it is free, and the credit is given
 * back. True if this run ended it.
 */
export async function giveUpVerification(id: string, now: number): Promise<boolean> {
  const pending = await findPending(id);
  if (!pending) return false;
  const answer = unaskedAnswer({
    email: pending.email,
    reason: 'internal_error',
    text: 'Our own software failed while checking this address, so nothing is known about it.',
    rule: 'own-failure',
    now,
    layers: pending.layers,
  });
  return completeVerification(pending.scope, { id, answer, earlierEvidence: pending.evidence, isCharged: pending.isCharged });
}

const BATCH_SIZE = 500;

/** The safety net under the queue: a pending check whose job is gone gets a new one, and one whose job failed permanently is given up. */
export async function requeueLost(now: number): Promise<{ requeued: number; givenUp: number }> {
  const lost = await listLostVerifications(BATCH_SIZE);
  for (const { id, attempt, waits, hasFailed } of lost) {
    const jobKey = verificationJobKey(id, attempt, waits);
    if (hasFailed) {
      await giveUpVerification(id, now);
      await removeJob(jobKey);
    } else {
      await inTransaction((tx) => enqueue('verify-address', { verificationId: id }, { jobKey, priority: 'retry' }, tx));
    }
  }
  const givenUp = lost.filter(({ hasFailed }) => hasFailed).length;
  return { requeued: lost.length - givenUp, givenUp };
}

// What webhooks are told about a check's end, in the transaction that makes it final. `verification.completed` is sent for each check that
// a person or a program of the workspace asked for, including one answered from memory. `verification.updated` is sent only if the API had
// to answer with 202. A check whose end nobody listens for costs one statement.

type EndedData = WebhookData<'verification.completed'>;

export interface Ended {
  id: string;
  toldPending: boolean;
  isHeard: boolean;
}

async function tellEnd(scope: Scope, { id, toldPending, isHeard }: Ended, tx: Tx): Promise<void> {
  if (!toldPending && !isHeard) return;
  const row = await findVerification(scope, id, null, tx);
  if (row === null) return;
  const view = toView(row);
  await tellCompleted(scope, view, tx);
  const data = endedData(view);
  if (!toldPending || data === null) return;
  await emitEvent(scope, { type: 'verification.updated', sourceKey: verificationSourceKey(id), data, test: view.test }, tx);
}

export async function tellCompleted(scope: Scope, view: VerificationView, tx: Tx): Promise<void> {
  const data = endedData(view);
  if (data === null) return;
  await emitEvent(scope, { type: 'verification.completed', sourceKey: completedEventKey(view.id), data, test: view.test }, tx);
}

/** Null if it is pending. */
function endedData(view: VerificationView): EndedData | null {
  if (view.status === 'pending') return null;
  const { valid, deliverable, risk_level } = toVerificationAnswer(view, view.status);
  return { ...toSummaryAnswer(view), valid, deliverable, risk_level, url: siteLink(`/v1/verifications/${view.id}`) };
}

// The keys of a check in the queue and the ledger. The same check never has two jobs for one attempt or wait, and is never charged twice.

/** `attempt` counts the earlier attempts; `waits`: how often it waited for our own limits. */
export const verificationJobKey = (id: string, attempt: number, waits = 0): string =>
  `verify:${id}${attempt === 0 ? '' : `:${attempt}`}${waits === 0 ? '' : `:w${waits}`}`;

export const verificationSourceKey = (id: string): string => `verification:${id}`;

/** Key of the event `verification.completed`. `verification.updated` has the key of the check itself. */
const completedEventKey = (id: string): string => `verification:${id}:completed`;
