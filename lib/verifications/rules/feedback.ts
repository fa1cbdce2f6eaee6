// What happened to mail to an address after our verdict, as a customer reports it: the outcomes and what they say about the score, the
// code of a bounce, and whether a bounce is refunded, with the closed list of reasons and their sentences. These rules need no look at the
// ledger. The first rule that fails is the one to report.
import { FEEDBACK_REFUND_DAYS } from '@/lib/platform/limits';
import { DAY_MS } from '@/lib/platform/time';

export const FEEDBACK_OUTCOMES = ['delivered', 'hard_bounce', 'soft_bounce', 'complaint'] as const;
export type FeedbackOutcome = (typeof FEEDBACK_OUTCOMES)[number];

export const isFeedbackOutcome = (word: string): word is FeedbackOutcome => FEEDBACK_OUTCOMES.some((known) => known === word);

export interface BounceCode {
  /** 200–599 */
  reply: number | null;
  /** `5.1.1` */
  enhanced: string | null;
}

const FORM = /^([2-5]\d\d)?(?:(?:^|[ -]\s*)#?([245]\.\d{1,3}\.\d{1,3}))?(?=$|[\s:;,-])/;

/**
 * The code of a bounce as customers paste it: a reply code (RFC 5321 4.2.1), an enhanced status code (RFC 3463), or both. The text after
 * them is dropped. Null if it is not a code.
 */
export function parseBounceCode(given: string | number): BounceCode | null {
  const match = FORM.exec(String(given).trim());
  if (match === null) return null;
  const [, reply, enhanced] = match;
  if (reply === undefined && enhanced === undefined) return null;
  return { reply: reply === undefined ? null : Number(reply), enhanced: enhanced ?? null };
}

/** Whether the server refused permanently: class 5 in each code that is given. */
export const isPermanent = ({ reply, enhanced }: BounceCode): boolean =>
  (reply === null || reply >= 500) && (enhanced === null || enhanced.startsWith('5.'));

export const REFUND_SENTENCE = {
  refunded: 'The cost of this answer was refunded.',
  already_refunded: 'This bounce was reported and refunded before.',
  not_a_hard_bounce: 'Only hard bounces are refunded.',
  not_deliverable: 'Only answers that said deliverable are refunded, and this one did not.',
  no_smtp_code: 'A refund needs the code that the server refused the mail with, like 550 or 5.1.1.',
  not_permanent: 'The code does not mean a permanent refusal: only codes that begin with 5 do.',
  too_old: `The answer is more than ${FEEDBACK_REFUND_DAYS} days old; mailboxes can close in that time.`,
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

/** Null if only earlier refunds could rule this one out. */
export function refusalOf({ outcome, code, status, checkedAt, credits }: BounceFacts, now: Date): RefundReason | null {
  if (outcome !== 'hard_bounce') return 'not_a_hard_bounce';
  if (status !== 'deliverable') return 'not_deliverable';
  if (code === null) return 'no_smtp_code';
  if (!isPermanent(code)) return 'not_permanent';
  if (checkedAt < refundableSince(now)) return 'too_old';
  return credits > 0 ? null : 'not_charged';
}

export const refundableSince = (now: Date): Date => new Date(now.getTime() - FEEDBACK_REFUND_DAYS * DAY_MS);

/** How many of `charged` answers may be refunded in total. */
export const refundAllowance = ({ share, atLeast }: { share: number; atLeast: number }, charged: number): number =>
  Math.max(atLeast, Math.floor(charged * share));
