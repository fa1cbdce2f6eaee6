// Ids that look like Stripe's: a prefix for the kind, then letters and digits.
import { randomBytes } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const CHARS = 24;

export function newStripeId(prefix: string, chars = CHARS): string {
  return `${prefix}_${Array.from(randomBytes(chars), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('')}`;
}

/** The id of something given either as a whole object or as an id. */
export const idOf = (thing: string | { id: string } | null | undefined): string | null =>
  typeof thing === 'string' ? thing : (thing?.id ?? null);
