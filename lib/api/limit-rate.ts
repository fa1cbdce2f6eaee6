// The plan's rate of requests, counted by workspace in a window of one second, told on every answer in the structured fields
// of the IETF draft "RateLimit header fields for HTTP".
import 'server-only';
import { consumeRateLimit, type RateLimitRule, type RateLimitState } from '@/lib/data/rate-limits';
import { planOf } from '@/lib/domain/plans';
import { AppError } from '@/lib/errors';
import type { KeyHolder } from '@/lib/services/authenticate-api-key';

const WINDOW_S = 1;

/** Counts the request, and refuses it when it is one too many; either way the headers say where the limit stands. */
export async function limitRate(holder: KeyHolder, headers: Headers): Promise<void> {
  const rule = { points: planOf(holder.plan).apiRequestsASecond, durationS: WINDOW_S };
  const state = await consumeRateLimit(`api:${holder.scope.workspaceId}`, rule);
  for (const [name, value] of Object.entries(rateLimitHeaders(rule, state))) headers.set(name, value);
  if (state.allowed) return;
  throw new AppError('rate_limited', {
    detail: `The plan allows ${rule.points} requests a second.`,
    retryAfterS: secondsLeft(state),
  });
}

/** `q` is the quota of a window of `w` seconds; `r` is left of it and `t` seconds remain. */
export const rateLimitHeaders = (rule: RateLimitRule, state: RateLimitState): Record<string, string> => ({
  'RateLimit-Policy': `"default";q=${rule.points};w=${rule.durationS}`,
  RateLimit: `"default";r=${state.remaining};t=${secondsLeft(state)}`,
});

const secondsLeft = ({ resetMs }: RateLimitState): number => Math.max(1, Math.ceil(resetMs / 1_000));
