// Amounts and dates in readable form.
const DAY_WORDS = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });
const MOMENT_WORDS = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

export const money = (cents: number, currency: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).format(cents / 100);

export const day = (seconds: number): string => DAY_WORDS.format(seconds * 1_000);

export const moment = (seconds: number): string => `${MOMENT_WORDS.format(seconds * 1_000)} UTC`;
