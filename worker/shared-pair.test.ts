import { describe, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { createCatchAllStore } from './stores/catch-all-facts';
import { purgeExpiredRows } from '@/lib/verifications/store/maintenance';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { createMemoryCatchAllStore } from './adapters/smtp/catch-all/catch-all';
import { hostAt, mailHost, probesOf, question, smtpPort, wordOf } from '@/tests/engine/smtp-setup';

useTestDatabase();

const NOON = Date.UTC(2026, 0, 31, 12);
const DAY_MS = 24 * 3_600_000;
const request = (domain: string, wanted: number, at = NOON) => ({ domain, at, wanted, most: 2 });

describe.each([
  ['in memory', () => createMemoryCatchAllStore()],
  ['in the database', () => createCatchAllStore()],
])('the day’s pair of probes, %s', (where, makeStore) => {
  const named = (name: string): string => `${name}-${where.replaceAll(' ', '-')}.test`;

  it('is granted as far as it goes, and unused probes can be claimed again', async () => {
    const store = makeStore();
    const claim = await store.claim(request(named('a'), 2));
    expect(claim).toEqual({ domain: named('a'), day: '2026-01-31', granted: 2 });
    expect((await store.claim(request(named('a'), 1))).granted).toBe(0);
    await store.release(claim, 1);
    expect((await store.claim(request(named('a'), 2))).granted).toBe(1);
    expect((await store.claim(request(named('a'), 1))).granted).toBe(0);
  });

  it('is separate for each domain and each day', async () => {
    const store = makeStore();
    await store.claim(request(named('b'), 2));
    expect((await store.claim(request(named('c'), 2))).granted).toBe(2);
    expect((await store.claim(request(named('b'), 2, NOON + DAY_MS))).granted).toBe(2);
  });

  it('is never exceeded, however many claim at once', async () => {
    const store = makeStore();
    const claims = await Promise.all(Array.from({ length: 20 }, (_, n) => store.claim(request(named('d'), 1 + (n % 2)))));
    expect(claims.reduce((sum, { granted }) => sum + granted, 0)).toBe(2);
  });

  it.each([[true], [false]])(
    'two workers that ask about a new domain at once send at most two probes and are both right (%s)',
    async (takesAll) => {
      const domain = named(takesAll ? 'e' : 'f');
      const host = await mailHost({ rcpt: (to) => (takesAll || !to.startsWith('probe-') ? '250 Ok' : '550 5.1.1 No such user') });
      const store = makeStore();
      const workers = [smtpPort({ catchAll: store }), smtpPort({ catchAll: store })];
      const hosts = [hostAt(host.port)];
      const answers = await Promise.all(
        workers.flatMap((worker) => ['mary', 'john'].map((localPart) => worker.ask(question(hosts, { localPart, domain })))),
      );
      for (const answer of answers) {
        expect(wordOf(answer)).toBe('accepted');
        expect(answer.catchAll.kind).toBe(takesAll ? 'accepts_all' : 'refuses_unknown');
      }
      expect(probesOf(host).length).toBeLessThanOrEqual(2);
    },
  );
});

it('a worker that ended with a claim and no answer leaves the day’s second probe to the next worker', async () => {
  const silent = await mailHost({ rcpt: () => null });
  const host = await mailHost({ rcpt: (to) => (to.startsWith('probe-') ? '550 5.1.1 No such user' : '250 Ok') });
  const domain = 'killed.test';
  const killed = smtpPort({ catchAll: { ...createCatchAllStore(), release: () => Promise.reject(new Error('killed')) } });
  const asking = killed.ask(question([hostAt(silent.port)], { domain }));
  await expect.poll(() => silent.asked).toHaveLength(2);
  await killed.close();
  await asking;
  const next = await smtpPort({ catchAll: createCatchAllStore() }).ask(question([hostAt(host.port)], { domain }));
  expect(next.catchAll.kind).toBe('refuses_unknown');
  expect(probesOf(host)).toHaveLength(1);
});

it('a worker that restarts sends no further pair', async () => {
  const host = await mailHost({ rcpt: (to) => (to.startsWith('probe-') ? '451 4.7.1 Greylisted' : '250 Ok') });
  const hosts = [hostAt(host.port)];
  for (const localPart of ['a', 'b', 'c']) {
    const worker = smtpPort({ catchAll: createCatchAllStore() });
    await worker.ask(question(hosts, { localPart, domain: 'restart.test', deadline: Date.now() + 3_000 }));
    await worker.close();
  }
  expect(probesOf(host)).toHaveLength(2);
});

it('the counts of past days are deleted, today’s and yesterday’s are kept', async () => {
  const store = createCatchAllStore();
  for (const daysAgo of [0, 1, 2, 30]) await store.claim(request('old.test', 1, Date.now() - daysAgo * DAY_MS));
  await purgeExpiredRows();
  expect(await db().domainProbePair.count({ where: { domain: 'old.test' } })).toBe(2);
});
