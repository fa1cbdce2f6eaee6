// The free verifier's allowance: so many checks a day from one client address, whatever cookies it brings. Promises that no
// network address is kept in the clear.
import { createHmac } from 'node:crypto';
import { consumeRateLimit, findRateLimit, returnRateLimit, type RateLimitState } from '@/lib/data/rate-limits';
import { FREE_CHECK_WINDOW_S, FREE_CHECKS_A_DAY } from '@/lib/domain/limits';
import { authSecret } from './auth/auth-secret';

const RULE = { points: FREE_CHECKS_A_DAY, durationS: FREE_CHECK_WINDOW_S };

export interface Allowance {
  remaining: number;
  limit: number;
}

export async function getFreeAllowance(clientKey: string): Promise<Allowance> {
  const { remaining } = await findRateLimit(counterOf(clientKey), RULE);
  return { remaining, limit: RULE.points };
}

export const takeFreeCheck = (clientKey: string): Promise<RateLimitState> => consumeRateLimit(counterOf(clientKey), RULE);

/** The check could not be started. */
export const returnFreeCheck = (clientKey: string): Promise<void> => returnRateLimit(counterOf(clientKey), RULE);

const counterOf = (clientKey: string): string =>
  `free:${createHmac('sha256', authSecret()).update(`free:${clientKey}`).digest('base64url')}`;
