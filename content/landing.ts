// What search engines show of the front page, and the messages of its form.
import type { Page } from './page';

export const LANDING: Page = {
  path: '/',
  title: 'Email verification that shows its evidence',
  description:
    'Find out whether a mailbox exists without sending mail. Every verdict comes with the mail server’s own words, and “unknown” is free.',
  updated: '2026-11-29',
};

/** Messages for a form that was sent without scripts, by the word in the page's address. */
export const CHECK_PROBLEMS: Readonly<Record<string, string>> = {
  invalid_request: 'Type the address you want to check.',
  rate_limited: 'Today’s free checks are used up. A free account has more, from today.',
  unavailable: 'The verifier is not available right now. Nothing was counted; please try again in a moment.',
};
