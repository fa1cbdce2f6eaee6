import { expect, it } from 'vitest';
import { PLANS } from '@/lib/domain/plans';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { limitRate, rateLimitHeaders } from './limit-rate';

useTestDatabase();

const holderOf = async (plan: string) => ({
  keyId: 'key_1',
  scope: await makeWorkspace(0, plan),
  mode: 'live' as const,
  scopes: [],
  plan,
});

it('the headers are structured fields: the quota and its window, what is left and for how long', () => {
  const rule = { points: 10, durationS: 1 };
  expect(rateLimitHeaders(rule, { allowed: true, remaining: 9, resetMs: 640 })).toEqual({
    'RateLimit-Policy': '"default";q=10;w=1',
    RateLimit: '"default";r=9;t=1',
  });
  expect(rateLimitHeaders({ points: 2, durationS: 60 }, { allowed: false, remaining: 0, resetMs: 30_001 }).RateLimit).toBe(
    '"default";r=0;t=31',
  );
});

it.each(Object.entries(PLANS))(
  'the %s plan allows its rate within a second and not one request more',
  async (plan, { apiRequestsASecond }) => {
    const holder = await holderOf(plan);
    const tries = Array.from({ length: apiRequestsASecond + 1 }, () => limitRate(holder, new Headers()));
    const results = await Promise.allSettled(tries);
    const refused = results.filter(({ status }) => status === 'rejected');
    // A slow machine may need more than the one second, which opens a new window.
    expect(refused.length).toBeLessThanOrEqual(1);
    if (apiRequestsASecond <= 10) expect(refused).toMatchObject([{ reason: { code: 'rate_limited', retryAfterS: 1 } }]);
  },
);
