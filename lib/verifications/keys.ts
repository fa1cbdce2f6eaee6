// The keys of a check in the queue and the ledger: the same check never has two jobs for one attempt or wait, and never two
// charges.

/** `attempt`: how many were made before; `waits`: how often it waited for our own limits. */
export const verificationJobKey = (id: string, attempt: number, waits = 0): string =>
  `verify:${id}${attempt === 0 ? '' : `:${attempt}`}${waits === 0 ? '' : `:w${waits}`}`;

export const verificationSourceKey = (id: string): string => `verification:${id}`;

/** Of the event `verification.completed`; `verification.updated` has the key of the check itself. */
export const completedEventKey = (id: string): string => `verification:${id}:completed`;
