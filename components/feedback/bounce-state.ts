import type { RefundReason } from '@/lib/verifications/rules/feedback';

/** Which answer bounced: a check, or a row of a list by its number. */
export type BounceTarget = { verificationId: string } | { listId: string; row: number };

/** What is known of a bounce that was reported of this mailbox. */
export interface ReportedBounce {
  /** Given back for it so far. */
  credits: number;
}

export type BounceState =
  { kind: 'idle' } | { kind: 'refused'; problem: string } | { kind: 'told'; credits: number; reason: RefundReason };

export type ReportBounceAction = (target: BounceTarget, previous: BounceState, form: FormData) => Promise<BounceState>;
