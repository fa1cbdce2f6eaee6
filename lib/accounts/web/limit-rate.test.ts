import { expect, it } from 'vitest';
import { PLANS } from '../rules/plans';
import { API_READS } from '@/lib/platform/limits';
import { takeToken } from '@/lib/platform/rate-limits';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useUpCalls } from '@/tests/database/free-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { limitRate, rateLimitHeaders } from './api-route';

useTestDatabase();

const holderOf = async (plan: string) => ({
  keyId: 'key_1',
  scope: await makeWorkspace(0, plan),
  mode: 'live' as const,
  scopes: [],
  plan,
});

it('the headers are structured fields: how much fits, in what time it fills, what is left and when the next comes', () => {
  expect(rateLimitHeaders('verify', { aSecond: 10, burst: 100 }, { allowed: true, remaining: 99, resetMs: 100 })).toEqual({
    'RateLimit-Policy': '"verify";q=100;w=10',
    RateLimit: '"verify";r=99;t=1',
  });
  const slow = rateLimitHeaders('read', { aSecond: 0.1, burst: 2 }, { allowed: false, remaining: 0, resetMs: 9_001 });
  expect(slow).toEqual({ 'RateLimit-Policy': '"read";q=2;w=20', RateLimit: '"read";r=0;t=10' });
});

it.each([
  ...Object.entries(PLANS).map(([plan, { verifyingCalls }]) => [plan, verifyingCalls] as const),
  ['read', API_READS] as const,
])('a bucket (%s) gives its burst at once, and then what its rate brings back', async (name, bucket) => {
  const startedAt = Date.now();
  const taken = await Promise.all(Array.from({ length: bucket.burst + 50 }, () => takeToken(`bucket:${name}`, bucket)));
  // What comes back while a slow machine takes them, and one more for the fraction.
  const back = ((Date.now() - startedAt) / 1_000) * bucket.aSecond + 1;
  const allowed = taken.filter((state) => state.allowed).length;
  expect(allowed).toBeGreaterThanOrEqual(bucket.burst);
  expect(allowed).toBeLessThanOrEqual(bucket.burst + back);
});

it('who is refused takes nothing, so the next token is theirs', async () => {
  const slow = { aSecond: 0.001, burst: 2 };
  const take = () => takeToken('bucket:slow', slow);
  expect(await take()).toMatchObject({ allowed: true, remaining: 1 });
  expect(await take()).toMatchObject({ allowed: true, remaining: 0 });
  for (let n = 0; n < 20; n++) expect(await take()).toEqual({ allowed: false, remaining: 0, resetMs: 1_000_000 });
});

it('calls that read never take from those that verify, and one workspace’s never from another’s', async () => {
  const holder = await holderOf('free');
  for (let n = 0; n < 30; n++) await limitRate(holder, 'read', new Headers());
  const headers = new Headers();
  await limitRate(holder, 'verify', headers);
  expect(headers.get('RateLimit')).toBe('"verify";r=19;t=1');
  await limitRate(await holderOf('free'), 'verify', headers);
  expect(headers.get('RateLimit')).toBe('"verify";r=19;t=1');
});

it('429 says the rate and when to come again', async () => {
  const holder = await holderOf('free');
  await useUpCalls(holder.scope, 'verify');
  await expect(limitRate(holder, 'verify', new Headers())).rejects.toMatchObject({
    code: 'rate_limited',
    message: 'On this plan, calls that verify may come 2 times a second, in bursts of up to 20.',
    retryAfterS: 1,
  });
});
