// What became of mail to an address after we gave a verdict, as a customer tells it, and what that says about the score.

export const FEEDBACK_OUTCOMES = ['delivered', 'hard_bounce', 'soft_bounce', 'complaint'] as const;
export type FeedbackOutcome = (typeof FEEDBACK_OUTCOMES)[number];

export const isFeedbackOutcome = (word: string): word is FeedbackOutcome => FEEDBACK_OUTCOMES.some((known) => known === word);

/**
 * Whether the mailbox took the mail, which is what the score estimates; null where the outcome leaves it open. A complaint was
 * delivered first. A soft bounce may end either way.
 */
export const TOOK_MAIL: Readonly<Record<FeedbackOutcome, boolean | null>> = {
  delivered: true,
  complaint: true,
  hard_bounce: false,
  soft_bounce: null,
};
