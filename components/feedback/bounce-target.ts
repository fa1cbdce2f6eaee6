import type { FormAction } from '@/lib/platform/form-state';
import type { RefundReason } from '@/lib/verifications/rules/feedback';

/** The answer that bounced: a check, or a row of a list by its number. */
export type BounceTarget = { verificationId: string } | { listId: string; row: number };

/** A bounce of this mailbox that was reported. */
export interface ReportedBounce {
  /** Credits refunded for it so far. */
  credits: number;
}

export interface BounceRefund {
  credits: number;
  reason: RefundReason;
}

export type ReportBounceAction = FormAction<BounceRefund>;
