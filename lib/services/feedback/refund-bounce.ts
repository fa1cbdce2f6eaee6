// Gives back what a deliverable cost that bounced for good, with the report in one transaction. Promises once an answer, once a
// mailbox in 30 days, and never more than a share of the list and of the workspace's last 30 days, however many are told at once:
// they wait for each other at the balance. Whoever reports every address as bounced gets little for it.
import { lockBalance } from '@/lib/data/credits';
import { findTold, insertFeedback, markRefunded, sumRefunds, type NewFeedback } from '@/lib/data/feedback';
import type { JudgedAddress } from '@/lib/data/judged-addresses';
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import { sumCharged } from '@/lib/data/usage';
import type { Cause } from '@/lib/domain/ledger';
import { FEEDBACK_REFUNDS_A_LIST, FEEDBACK_REFUNDS_A_MONTH } from '@/lib/domain/limits';
import { refundAllowance, refundableSince, type RefundReason } from '@/lib/domain/refund-reason';
import { refundCredits } from '../ledger/refund-credits';

export interface Refund {
  credits: number;
  reason: RefundReason;
}

/** Call it for reports that nothing but earlier ones can speak against. */
export async function refundBounce(scope: Scope, told: NewFeedback, tx: Tx): Promise<{ recorded: boolean; refund: Refund }> {
  const now = new Date();
  await lockBalance(scope, tx);
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
  const charged = await sumCharged(scope, { reason: 'mailbox_exists', from: since.toISOString().slice(0, 10) }, tx);
  return sums.refunded + credits > refundAllowance(FEEDBACK_REFUNDS_A_MONTH, charged) ? 'month_share_reached' : null;
}

function sourceOf({ verificationId, listId, row }: JudgedAddress): { sourceKey: string; cause: Cause } {
  if (listId !== null) return { sourceKey: `refund:${listId}:${row}`, cause: { type: 'list', id: listId } };
  return { sourceKey: `refund:${verificationId}`, cause: { type: 'verification', id: verificationId } };
}
