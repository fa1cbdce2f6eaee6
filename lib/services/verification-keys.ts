// The names under which one check is known to the queue and the ledger: the same check never has two jobs for one attempt,
// and never two charges.

export const verificationJobKey = (id: string, attempt: number): string =>
  attempt === 0 ? `verify:${id}` : `verify:${id}:${attempt}`;

export const verificationSourceKey = (id: string): string => `verification:${id}`;
