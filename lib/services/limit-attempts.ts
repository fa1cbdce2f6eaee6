// Counts one attempt on an account page against every limit that its kind has: by client, by mail address, by both.
// Promises that a forged header changes nothing (the client's key comes from the socket), that the aliases of one mailbox
// (dots, +tags) count as one address, and that no address is kept in the clear. All limits are counted even when one refuses, so trying on is never free.
import { createHash } from 'node:crypto';
import { consumeRateLimit, returnRateLimit, type RateLimitRule } from '@/lib/data/rate-limits';
import { parseAddress } from '@/lib/domain/address';
import { ATTEMPT_LIMITS } from '@/lib/domain/limits';
import { fail, ok, type Result } from '@/lib/errors';

export type AttemptKind = keyof typeof ATTEMPT_LIMITS;

export interface Attempt {
  /** The key of the client's address (`addressKey`); null where there is no client, in a program. */
  clientKey: string | null;
  /** The mail address in normal form, where the attempt is about one. */
  email?: string;
}

export async function limitAttempts(kind: AttemptKind, attempt: Attempt): Promise<Result<void>> {
  const states = await Promise.all(countersOf(kind, attempt).map(({ key, rule }) => consumeRateLimit(key, rule)));
  const waitMs = Math.max(0, ...states.filter((state) => !state.allowed).map((state) => state.resetMs));
  if (states.every((state) => state.allowed)) return ok(undefined);
  const retryAfterS = Math.max(1, Math.ceil(waitMs / 1_000));
  return fail('rate_limited', { detail: `Too many attempts. Try again in ${inWords(retryAfterS)}.`, retryAfterS });
}

/** The attempt succeeded: rightful use does not count against anybody. */
export async function forgiveAttempt(kind: AttemptKind, attempt: Attempt): Promise<void> {
  await Promise.all(countersOf(kind, attempt).map(({ key, rule }) => returnRateLimit(key, rule)));
}

function countersOf(kind: AttemptKind, { clientKey, email }: Attempt): { key: string; rule: RateLimitRule }[] {
  const rules: Partial<Record<'client' | 'email' | 'pair', RateLimitRule>> = ATTEMPT_LIMITS[kind];
  const person = email === undefined ? null : mailboxKey(email);
  const ids = { client: clientKey, email: person, pair: clientKey && person && `${clientKey}|${person}` };
  return (['client', 'email', 'pair'] as const).flatMap((by) => {
    const rule = rules[by];
    const id = ids[by];
    return rule && id ? [{ key: `${kind}:${by}:${id}`, rule }] : [];
  });
}

/** The same for every address that reaches the same mailbox. */
export function mailboxKey(email: string): string {
  const parsed = parseAddress(email);
  return createHash('sha256')
    .update(parsed.ok ? parsed.address.canonical.toLowerCase() : email)
    .digest('base64url');
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 60 ? 'an hour' : `${minutes} minutes`;
}
