// Why a reported outcome gave credits back, or did not: the closed answer, its sentences, and the rules that need no look at the
// books. The first rule that does not hold is the one to tell.
import { isPermanent, type BounceCode } from './bounce-code';
import type { FeedbackOutcome } from './feedback';
import { FEEDBACK_REFUND_DAYS } from './limits';

export const REFUND_SENTENCE = {
  refunded: 'What this answer cost is yours again.',
  already_refunded: 'This bounce was reported and refunded before.',
  not_a_hard_bounce: 'Only hard bounces are refunded.',
  not_deliverable: 'Only answers that said deliverable are refunded, and this one did not.',
  no_smtp_code: 'A refund needs the code with which the server refused the mail, like 550 or 5.1.1.',
  not_permanent: 'The code does not say that the server refused for good: only codes that begin with 5 do.',
  too_old: `The answer is more than ${FEEDBACK_REFUND_DAYS} days old; mailboxes close in that time.`,
  not_charged: 'This answer cost nothing, so there is nothing to give back.',
  list_share_reached: 'The share of this list that can be refunded is used up.',
  month_share_reached: 'The share of your last 30 days that can be refunded is used up.',
} as const satisfies Record<string, string>;

export type RefundReason = keyof typeof REFUND_SENTENCE;

export interface BounceFacts {
  outcome: FeedbackOutcome;
  code: BounceCode | null;
  status: string;
  checkedAt: Date;
  /** What the answer cost. */
  credits: number;
}

const DAY_MS = 86_400_000;

/** Null: nothing speaks against a refund but, perhaps, earlier ones. */
export function refusalOf({ outcome, code, status, checkedAt, credits }: BounceFacts, now: Date): RefundReason | null {
  if (outcome !== 'hard_bounce') return 'not_a_hard_bounce';
  if (status !== 'deliverable') return 'not_deliverable';
  if (code === null) return 'no_smtp_code';
  if (!isPermanent(code)) return 'not_permanent';
  if (checkedAt < refundableSince(now)) return 'too_old';
  return credits > 0 ? null : 'not_charged';
}

export const refundableSince = (now: Date): Date => new Date(now.getTime() - FEEDBACK_REFUND_DAYS * DAY_MS);

/** How many of `charged` answers may be refunded in all. */
export const refundAllowance = ({ share, atLeast }: { share: number; atLeast: number }, charged: number): number =>
  Math.max(atLeast, Math.floor(charged * share));
