import { describe, expect, it } from 'vitest';
import { NOTHING_HAPPENED, REFUSALS_BORNE, type HealthTally } from '@/lib/verdict/health';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { db } from '@/lib/platform/db/client';
import { writeHeartbeat } from '@/lib/platform/workers';
import { purgeExpiredRows } from '@/lib/verifications/store/maintenance';
import { createSendingHealthStore, type HealthDelta } from './sending-health';

useTestDatabase();

const store = createSendingHealthStore();
const US = 'mx1.example';
const clean = (answered: number): HealthTally => ({ ...NOTHING_HAPPENED, answered });
const told = (provider: string, tally: HealthTally, identity = US): HealthDelta => ({
  identity,
  provider,
  firstPace: 0.5,
  tally,
});
const tell = (...deltas: HealthDelta[]) => store.exchange({ identities: [US], deltas, since: null });

describe('the shared health of sending identities', () => {
  it('adds what each worker saw and loses no count, whoever reports at the same time', async () => {
    const providers = ['alpha', 'beta', 'gamma'];
    const exchanges = Array.from({ length: 24 }, (_, n) => {
      const turned = [...providers.slice(n % 3), ...providers.slice(0, n % 3)];
      return tell(...turned.map((provider) => told(provider, clean(2))));
    });
    await Promise.all(exchanges);
    const rows = await db().identityHealth.findMany({ where: { identity: US }, select: { provider: true, answered: true } });
    expect(rows.toSorted((a, b) => (a.provider < b.provider ? -1 : 1))).toEqual(
      providers.map((provider) => ({ provider, answered: 48 })),
    );
  });

  it('returns the state of reported pairs, and what others changed since; no other identities', async () => {
    const { at } = await tell(told('delta', clean(1)));
    await tell(told('epsilon', clean(1)), told('epsilon', clean(7), 'mx9.elsewhere'));
    const news = await store.exchange({ identities: [US], deltas: [told('delta', clean(2))], since: at });
    expect(news.states.find(({ provider }) => provider === 'delta')?.health).toMatchObject({
      answered: 3,
      refused: 0,
      restsUntil: null,
    });
    expect(news.states.some(({ provider }) => provider === 'epsilon')).toBe(true);
    expect(news.states.every(({ identity }) => identity === US)).toBe(true);
  });

  it('one slow-down that two workers report is one cut; a rest keeps its refusal', async () => {
    const slow = { ...NOTHING_HAPPENED, slowDowns: 1 };
    await Promise.all([tell(told('zeta', slow)), tell(told('zeta', slow))]);
    const lastRefusal = { at: 1_700_000_000_000, text: '550 5.7.1 blocked \u0000 here' };
    const { states } = await tell(told('zeta', { ...NOTHING_HAPPENED, refused: REFUSALS_BORNE, lastRefusal }));
    const health = states.find(({ provider }) => provider === 'zeta')?.health;
    expect(health).toMatchObject({
      pace: 0.25,
      rests: 1,
      lastRefusal: { at: lastRefusal.at, text: '550 5.7.1 blocked \ufffd here' },
    });
    expect(health?.restsUntil).toBeGreaterThan(health?.updatedAt ?? 0);
  });

  it('counts live workers, and at least one', async () => {
    expect((await tell()).workers).toBe(1);
    const beat = { queueIds: [], host: 'h', pid: 1 };
    for (const workerId of ['a', 'b', 'c']) await writeHeartbeat({ ...beat, workerId });
    await db().$executeRaw`UPDATE "WorkerHeartbeat" SET "beatAt" = "beatAt" - interval '1 hour' WHERE "workerId" = 'c'`;
    expect((await tell()).workers).toBe(2);
  });

  it('rows that were not changed for a week are purged', async () => {
    await tell(told('old', clean(1)), told('young', clean(1)));
    await db().$executeRaw`UPDATE "IdentityHealth" SET "updatedAt" = "updatedAt" - interval '8 days' WHERE "provider" = 'old'`;
    await purgeExpiredRows();
    const left = await db().identityHealth.findMany({
      where: { provider: { in: ['old', 'young'] } },
      select: { provider: true },
    });
    expect(left).toEqual([{ provider: 'young' }]);
  });
});
