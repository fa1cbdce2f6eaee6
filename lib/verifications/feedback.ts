// What happened to mail to a checked address, as reported by the workspace that had it checked, compared with its verdict. An outcome
// reported twice counts once. The address itself is not stored, only a keyed hash of the mailbox. A hard bounce of a deliverable refunds
// what was paid, within bounds, and the answer says whether it did, and why not. Refuses outcomes of addresses that the workspace never
// had checked, and codes that no server gives.
import { createHmac } from 'node:crypto';
import { lockLedger } from '@/lib/credits/balance';
import { refundCredits } from '@/lib/credits/grants';
import type { Cause } from '@/lib/credits/rules/ledger';
import { sumChargedSince } from '@/lib/credits/usage';
import { authSecret } from '@/lib/platform/env';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { FEEDBACK_REFUNDS_A_LIST, FEEDBACK_REFUNDS_A_MONTH } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { parseAddress } from '@/lib/verdict/address';
import { restsOnTheAddress } from '@/lib/verdict/grade';
import { shapeToLearn } from '@/lib/verdict/name-shape';
import { assessCalibration, assessGrades, type CalibrationReport, type GradeShare } from './rules/calibration';
import {
  isFeedbackOutcome,
  parseBounceCode,
  refundableSince,
  refundAllowance,
  type RefundReason,
  refusalOf,
} from './rules/feedback';
import {
  type AnswerQuestion,
  findJudgedById,
  findJudgedCheck,
  findJudgedRow,
  findJudgedRowAt,
  findTold,
  insertFeedback,
  type JudgedAddress,
  markRefunded,
  type NewFeedback,
  sumRefunds,
  tallyByGrade,
  tallyByScore,
  type ToldOutcome,
} from './store/feedback';

/** Which answer is meant: the newest to an address, a check by its id, or a row of a list. */
export type JudgedTarget = { email: string } | { verificationId: string } | { listId: string; row: number };

export interface RecordFeedback {
  /** Which answer is meant. */
  target: JudgedTarget;
  outcome: string;
  /** The bounce code that the server gave, if any. */
  smtpCode?: string | number | null | undefined;
}

export interface Refund {
  credits: number;
  reason: RefundReason;
}

export interface RecordedFeedback extends Pick<JudgedAddress, 'verificationId' | 'listId' | 'row'> {
  /** False if the same outcome of the same mailbox was reported before. */
  recorded: boolean;
  refund: Refund;
}

export async function recordFeedback(scope: Scope, input: RecordFeedback, now = new Date()): Promise<Result<RecordedFeedback>> {
  const { target, outcome, smtpCode = null } = input;
  if (!isFeedbackOutcome(outcome)) return refuse('outcome', 'must be delivered, hard_bounce, soft_bounce or complaint');
  const code = smtpCode === null ? null : parseBounceCode(smtpCode);
  if (code === null && smtpCode !== null)
    return refuse('smtp_code', 'must begin with a reply code like 550, or a status code like 5.1.1');

  const verdict = await findJudged(scope, target);
  if (verdict === null) return fail('not_found', { detail: 'There is no final verdict on this address in this workspace.' });
  const told = { verdict, addressKey: addressKeyOf(scope, verdict), ...whatItTells(scope, verdict), outcome, code };
  const refusal = refusalOf({ ...verdict, outcome, code }, now);
  const done =
    refusal === null
      ? await inTransaction((tx) => refundBounce(scope, told, tx))
      : { recorded: await insertFeedback(scope, told), refund: { credits: 0, reason: refusal } };
  const { verificationId, listId, row } = verdict;
  return ok({ verificationId, listId, row, ...done });
}

/** Serves the grades of other addresses of the domain, and the calibration of this address's grade. */
function whatItTells(
  scope: Scope,
  { email, grade, gradeBasis }: JudgedAddress,
): Pick<NewFeedback, 'domainKey' | 'nameShape' | 'grade'> {
  const parsed = parseAddress(email);
  return {
    domainKey: parsed.ok ? domainKeyOf(scope, parsed.address.domain) : null,
    nameShape: parsed.ok ? shapeToLearn(parsed.address.localPart) : null,
    // A grade based on an outcome of this address already knew the result, so it predicted nothing.
    grade: restsOnTheAddress(gradeBasis) ? null : grade,
  };
}

const refuse = (field: string, problem: string) => fail('invalid_request', { fields: { [field]: problem } });

/**
 * The refund and its report are one transaction. There is one refund per answer, one per mailbox in 30 days, and never more than a share
 * of the list and of the workspace's last 30 days, however many are reported at once: they wait for each other at the balance. So
 * reporting every address as bounced gains little. To be called for reports that only earlier reports can rule out.
 */
export async function refundBounce(scope: Scope, told: NewFeedback, tx: Tx): Promise<{ recorded: boolean; refund: Refund }> {
  const now = new Date();
  await lockLedger(scope, tx);
  const recorded = await insertFeedback(scope, told, tx);
  const refusal = await findRefusal(scope, told, { now, tx });
  if (refusal !== null) return { recorded, refund: { credits: 0, reason: refusal } };
  const { verdict } = told;
  const refund = { ...sourceOf(verdict), amount: verdict.credits, apiKeyId: verdict.apiKeyId, now };
  if (!(await refundCredits(scope, refund, tx))) return { recorded, refund: { credits: 0, reason: 'already_refunded' } };
  await markRefunded(scope, told, tx);
  return { recorded, refund: { credits: verdict.credits, reason: 'refunded' } };
}

async function findRefusal(scope: Scope, told: NewFeedback, { now, tx }: { now: Date; tx: Tx }): Promise<RefundReason | null> {
  const since = refundableSince(now);
  const earlier = await findTold(scope, told, tx);
  if (earlier?.refundedAt && earlier.refundedAt >= since) return 'already_refunded';
  const { listId, credits } = told.verdict;
  const sums = await sumRefunds(scope, { listId, since }, tx);
  const ofList = refundAllowance(FEEDBACK_REFUNDS_A_LIST, sums.list.charged);
  if (listId !== null && sums.list.refunded + credits > ofList) return 'list_share_reached';
  const charged = await sumChargedSince(scope, { reason: 'mailbox_exists', since }, tx);
  return sums.refunded + credits > refundAllowance(FEEDBACK_REFUNDS_A_MONTH, charged) ? 'month_share_reached' : null;
}

function sourceOf({ verificationId, listId, row }: JudgedAddress): { sourceKey: string; cause: Cause } {
  if (listId !== null) return { sourceKey: `refund:${listId}:${row}`, cause: { type: 'list', id: listId } };
  return { sourceKey: `refund:${verificationId}`, cause: { type: 'verification', id: verificationId } };
}

/** The refund for a hard bounce of this mailbox; null if no hard bounce was reported. */
export async function getReportedBounce(scope: Scope, target: JudgedTarget): Promise<Pick<ToldOutcome, 'credits'> | null> {
  const verdict = await findJudged(scope, target);
  const told = verdict && (await findTold(scope, { addressKey: addressKeyOf(scope, verdict), outcome: 'hard_bounce' }));
  return told && { credits: told.credits };
}

/** An answer from memory leads to the answer it repeats, which is the one that was paid for. */
export async function findJudged(scope: Scope, target: JudgedTarget): Promise<JudgedAddress | null> {
  if ('email' in target) {
    const parsed = parseAddress(target.email);
    return parsed.ok ? findAnswer(scope, { normalized: parsed.address.normalized }) : null;
  }
  if ('listId' in target) {
    const row = await findJudgedRowAt(scope, target);
    return row?.credits === 0 ? paidFor(scope, row, row.email) : row;
  }
  const check = await findJudgedById(scope, target.verificationId);
  return check?.cached === true ? paidFor(scope, check, check.normalized) : check;
}

/** The answer that this one repeats: same address, same time. If there is none, the answer itself. */
async function paidFor(scope: Scope, repeated: JudgedAddress, normalized: string | null): Promise<JudgedAddress> {
  if (normalized === null) return repeated;
  const answer = await findAnswer(scope, { normalized, checkedAt: repeated.checkedAt });
  return answer !== null && answer.credits > 0 ? answer : repeated;
}

/** The newer of a check and a row of a list. At the same time, the one that was charged. */
async function findAnswer(scope: Scope, question: AnswerQuestion): Promise<JudgedAddress | null> {
  const [check, row] = await Promise.all([findJudgedCheck(scope, question), findJudgedRow(scope, question)]);
  if (check === null || row === null) return check ?? row;
  const later = check.checkedAt.getTime() - row.checkedAt.getTime() || check.credits - row.credits;
  return later >= 0 ? check : row;
}

/**
 * One key per mailbox and workspace, under which outcomes are stored instead of the address. It is keyed with the secret, so that a leaked
 * table can't be searched for addresses.
 */
export const addressKeyOf = ({ workspaceId }: Scope, { canonical, email }: Pick<JudgedAddress, 'canonical' | 'email'>): string =>
  createHmac('sha256', authSecret())
    .update(`feedback:${workspaceId}:${canonical ?? email.toLowerCase()}`)
    .digest('base64url');

/** The same for a domain (A-labels), under which the outcomes of its addresses are found together. */
export const domainKeyOf = ({ workspaceId }: Scope, domain: string): string =>
  createHmac('sha256', authSecret()).update(`feedback-domain:${workspaceId}:${domain}`).digest('base64url');

export interface Calibration extends CalibrationReport {
  /** For catch-all answers: what happened to mail to them, by the grade they had. */
  grades: readonly GradeShare[];
}

/**
 * How well the scores and grades of all workspaces match reported outcomes, and whether there are enough outcomes to call the score
 * calibrated. Reads only sums: no address, no owner. No figure is given without outcomes. For the operator; no customer's call leads here.
 */
export async function getCalibration(): Promise<Calibration> {
  const [scores, grades] = await Promise.all([tallyByScore(), tallyByGrade()]);
  return { ...assessCalibration(scores), grades: assessGrades(grades) };
}
