// Limits on attempts at the account pages. Each attempt counts against the limits of its kind in order: the client, then client and mail
// address together, then the address. A refused attempt does not count against the later limits, so one client can use up only its own
// small share of what an address allows. A browser that signed in to the account before has a separate allowance. A forged header changes
// nothing (the client's key comes from the socket), the aliases of one mailbox (dots, +tags) count as one address, and no address is
// stored in the clear.
import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { RESEND_COOLDOWN_S } from '@/lib/platform/limits';
import { consumeRateLimit, type RateLimitRule, type RateLimitState, returnRateLimit } from '@/lib/platform/rate-limits';
import { parseAddress } from '@/lib/verdict/address';

export type AttemptKind = keyof typeof ATTEMPT_LIMITS;

export type MailKind = 'verify' | 'reset' | 'magic_link';

export interface Attempt {
  /** The key of the client's address (`attemptKey`). Null in a program, which has no client. */
  clientKey: string | null;
  /** The mail address in normal form, if the attempt is about one. */
  email?: string;
  /** Set for a browser that signed in to this account before. */
  deviceKey?: string | null;
}

export async function limitAttempts(kind: AttemptKind, attempt: Attempt): Promise<Result<void>> {
  for (const { key, rule } of countersOf(kind, attempt)) {
    const state = await consumeRateLimit(key, rule);
    if (state.allowed) continue;
    const retryAfterS = secondsLeft(state);
    return fail('rate_limited', { detail: `Too many attempts. Try again in ${inWords(retryAfterS)}.`, retryAfterS });
  }
  return ok(undefined);
}

/** Called after a success: legitimate use does not count against anybody. */
export async function forgiveAttempt(kind: AttemptKind, attempt: Attempt): Promise<void> {
  await Promise.all(countersOf(kind, attempt).map(({ key, rule }) => returnRateLimit(key, rule)));
}

/** "Send it again": the limits of every attempt, then at most once a minute per address and kind of mail. */
export async function limitResend(kind: MailKind, attempt: { clientKey: string | null; email: string }): Promise<Result<void>> {
  const limited = await limitAttempts('resend', attempt);
  if (!limited.ok) return limited;
  const state = await consumeRateLimit(`cooldown:${kind}:${mailboxKey(attempt.email)}`, {
    points: 1,
    durationS: RESEND_COOLDOWN_S,
  });
  if (state.allowed) return ok(undefined);
  const retryAfterS = secondsLeft(state);
  return fail('rate_limited', {
    detail: `An email is on its way. You can ask for another in ${retryAfterS} seconds.`,
    retryAfterS,
  });
}

type Counted = 'device' | 'client' | 'pair' | 'email';

function countersOf(kind: AttemptKind, { clientKey, email, deviceKey }: Attempt): { key: string; rule: RateLimitRule }[] {
  const rules: Partial<Record<Counted, RateLimitRule>> = ATTEMPT_LIMITS[kind];
  if (deviceKey && rules.device) return [{ key: `${kind}:device:${deviceKey}`, rule: rules.device }];
  const person = email === undefined ? null : mailboxKey(email);
  const ids = { client: clientKey, pair: clientKey && person && `${clientKey}|${person}`, email: person };
  return (['client', 'pair', 'email'] as const).flatMap((by) => {
    const rule = rules[by];
    const id = ids[by];
    return rule && id ? [{ key: `${kind}:${by}:${id}`, rule }] : [];
  });
}

/** Returns the same key for every address that reaches the same mailbox. */
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

const secondsLeft = ({ resetMs }: RateLimitState): number => Math.max(1, Math.ceil(resetMs / 1_000));

// How often somebody may try on the account pages, and how attempts are counted. Other limits are in lib/platform/limits.ts.

/**
 * Counted in this order: by client, by client and mail address together, and by mail address over all clients. The pair's limit is well
 * below the address's, so one client can't use that up. A browser that signed in to the account before has a separate allowance instead.
 */
export const ATTEMPT_LIMITS = {
  sign_in: {
    client: { points: 60, durationS: 900 },
    pair: { points: 10, durationS: 900 },
    email: { points: 100, durationS: 3_600 },
    device: { points: 10, durationS: 900 },
  },
  sign_up: {
    client: { points: 20, durationS: 3_600 },
    pair: { points: 4, durationS: 3_600 },
    email: { points: 12, durationS: 3_600 },
  },
  magic_link: {
    client: { points: 20, durationS: 3_600 },
    pair: { points: 4, durationS: 3_600 },
    email: { points: 12, durationS: 3_600 },
    device: { points: 5, durationS: 3_600 },
  },
  reset: {
    client: { points: 20, durationS: 3_600 },
    pair: { points: 4, durationS: 3_600 },
    email: { points: 12, durationS: 3_600 },
    device: { points: 5, durationS: 3_600 },
  },
  resend: {
    client: { points: 30, durationS: 3_600 },
    pair: { points: 4, durationS: 3_600 },
    email: { points: 12, durationS: 3_600 },
  },
  /** Pressing the button behind a mailed link. */
  mailed_link: { client: { points: 60, durationS: 900 } },
  /** Changes of an account that ask for its password, counted by the account's own address. */
  account_change: { client: { points: 60, durationS: 3_600 }, email: { points: 10, durationS: 900 } },
} as const satisfies Record<
  string,
  Partial<Record<'client' | 'pair' | 'email' | 'device', { points: number; durationS: number }>>
>;

/** For how many accounts one browser can be known. */
export const ACCOUNTS_A_KNOWN_DEVICE = 10;
/** How long a browser stays known after its last sign-in. Browsers keep no cookie longer. */
export const KNOWN_DEVICE_TTL_S = 400 * 24 * 3_600;
