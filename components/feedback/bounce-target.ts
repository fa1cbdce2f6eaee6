import type { FormAction } from '@/lib/platform/form-state';
import type { RefundReason } from '@/lib/verifications/rules/feedback';

/** Which answer bounced: a check, or a row of a list by its number. */
export type BounceTarget = { verificationId: string } | { listId: string; row: number };

/** What is known of a bounce that was reported of this mailbox. */
export interface ReportedBounce {
  /** Given back for it so far. */
  credits: number;
}

export interface BounceRefund {
  credits: number;
  reason: RefundReason;
}

export type ReportBounceAction = FormAction<BounceRefund>;
