// Keys that do not exist, counted by client address. Who tries too many is refused unheard for the rest of a minute. Counted
// in this process, so that refusing costs no round trip; several web processes allow as many times more, which is nothing
// against 190 random bits. A key that was revoked or has expired does not count: its holder guesses nothing.
import 'server-only';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { API_KEY_FAILURES } from '@/lib/domain/limits';
import { AppError } from '@/lib/errors';

declare global {
  // Next may load a module once a route; the count is one.
  var emailVerifierFailedKeys: RateLimiterMemory | undefined;
}

const counter = (): RateLimiterMemory =>
  (globalThis.emailVerifierFailedKeys ??= new RateLimiterMemory({
    points: API_KEY_FAILURES.points,
    duration: API_KEY_FAILURES.durationS,
  }));

export async function refuseGuesser(clientKey: string): Promise<void> {
  const state = await counter().get(clientKey);
  if (state === null || state.consumedPoints < API_KEY_FAILURES.points) return;
  throw new AppError('rate_limited', {
    detail: 'Too many API keys that do not exist came from your network address.',
    retryAfterS: Math.max(1, Math.ceil(state.msBeforeNext / 1_000)),
  });
}

export async function countFailedKey(clientKey: string): Promise<void> {
  await counter().penalty(clientKey, 1);
}
