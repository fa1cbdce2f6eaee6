import { expect, it } from 'vitest';
import { PLANS } from '../rules/plans';
import { db } from '@/lib/platform/db/client';
import { inTransaction } from '@/lib/platform/db/transaction';
import { API_READS } from '@/lib/platform/limits';
import { newId } from '@/lib/platform/ids';
import { takeToken } from '@/lib/platform/rate-limits';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { limitRate, rateLimitHeaders } from './api-route';

useTestDatabase();

const holderOf = (plan: string) => ({ keyId: newId('apiKey'), plan });

it('the headers are structured fields: capacity, time to fill, what is left and when the next call comes back', () => {
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
])('a bucket (%s) allows its burst at once, and then what its rate refills', async (name, bucket) => {
  const startedAt = Date.now();
  const taken = await Promise.all(Array.from({ length: bucket.burst + 50 }, () => takeToken(`bucket:${name}`, bucket)));
  // What is refilled while a slow machine takes the tokens, and one more for the fraction.
  const back = ((Date.now() - startedAt) / 1_000) * bucket.aSecond + 1;
  const allowed = taken.filter((state) => state.allowed).length;
  expect(allowed).toBeGreaterThanOrEqual(bucket.burst);
  expect(allowed).toBeLessThanOrEqual(bucket.burst + back);
});

it('a refused caller takes nothing and so gets the next token', async () => {
  const slow = { aSecond: 0.001, burst: 2 };
  const take = () => takeToken('bucket:slow', slow);
  expect(await take()).toMatchObject({ allowed: true, remaining: 1 });
  expect(await take()).toMatchObject({ allowed: true, remaining: 0 });
  for (let n = 0; n < 20; n++) expect(await take()).toEqual({ allowed: false, remaining: 0, resetMs: 1_000_000 });
});

it('read calls never take from verifying calls, and one key never from another', async () => {
  const holder = holderOf('free');
  for (let n = 0; n < 30; n++) await limitRate({ holder }, 'read', new Headers());
  const headers = new Headers();
  await limitRate({ holder }, 'verify', headers);
  expect(headers.get('RateLimit')).toBe('"verify";r=19;t=1');
  await limitRate({ holder: holderOf('free') }, 'verify', headers);
  expect(headers.get('RateLimit')).toBe('"verify";r=19;t=1');
});

it.each([
  [50, API_READS.burst],
  [400, 2],
])(
  '%i keys at once, each %i times as allowed, over two connection pools: all calls pass, and then not one more',
  async (count, burst) => {
    // Refills so slowly that nothing comes back while this runs, however slow the machine.
    const bucket = { aSecond: 0.001, burst };
    const keys = Array.from({ length: count }, () => `api:read:${newId('apiKey')}`);
    const pools = [ofThisProcess(), secondPool()];
    const take = (key: string, n: number) => {
      globalThis.emailVerifierDb = pools[n % pools.length];
      return takeToken(key, bucket);
    };
    const calls = keys.flatMap((key) => Array.from({ length: burst }, (_, n) => ({ key, n })));
    const first = await Promise.all(calls.map(({ key, n }) => take(key, n)));
    expect(first.filter(({ allowed }) => !allowed)).toEqual([]);
    const then = await Promise.all(keys.map((key, n) => take(key, n)));
    expect(then.filter(({ allowed }) => allowed)).toEqual([]);
    globalThis.emailVerifierDb = pools[0];
    await pools[1]?.pool.end();
  },
);

it('a call that waited for another one’s lock counts at the moment at which it is judged', async () => {
  const slow = { aSecond: 0.001, burst: 2 };
  await takeToken('bucket:waits', slow);
  const waiting = await inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "rate_limit" WHERE "key" = 'bucket:waits' FOR UPDATE`;
    const call = takeToken('bucket:waits', slow);
    await expect
      .poll(() => db().$queryRaw`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%rate_limit%'`)
      .toHaveLength(1);
    // What another call does that was a moment faster.
    await tx.$executeRaw`
      UPDATE "rate_limit" SET "expire" = (extract(epoch FROM clock_timestamp()) * 1000)::bigint + 1000000 WHERE "key" = 'bucket:waits'`;
    return { call };
  });
  expect(await waiting.call).toMatchObject({ allowed: true, remaining: 0 });
});

/** A second connection pool, as another web process has. */
function secondPool() {
  const first = ofThisProcess();
  globalThis.emailVerifierDb = undefined;
  const second = ofThisProcess();
  globalThis.emailVerifierDb = first;
  return second;
}

function ofThisProcess() {
  db();
  return globalThis.emailVerifierDb;
}

it('429 states the rate and when to retry', async () => {
  const holder = holderOf('free');
  for (let n = 0; n < PLANS.free.verifyingCalls.burst; n++) await limitRate({ holder }, 'verify', new Headers());
  await expect(limitRate({ holder }, 'verify', new Headers())).rejects.toMatchObject({
    code: 'rate_limited',
    message: 'On this plan, verify calls are limited to 2 a second for each key, with bursts of up to 20.',
    retryAfterS: 1,
  });
});
