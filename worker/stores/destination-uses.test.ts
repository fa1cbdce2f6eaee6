import { describe, expect, it, vi } from 'vitest';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { withinOneHour } from '@/tests/database/within-one-hour';
import { createDestinationStore } from './destination-uses';
import { purgeExpiredRows } from '@/lib/verifications/store/maintenance';
import { inTransaction } from '@/lib/platform/db/transaction';

useTestDatabase();
withinOneHour();
vi.setConfig({ testTimeout: 60_000 });

const store = createDestinationStore();
const ask = (destination: string, connections: number, most: number) => ({
  destination,
  wanted: { connections, recipients: 0 },
  cap: { connections: most, recipients: 0 },
});

describe('hourly leases', () => {
  it('taken at once never exceed the cap together, and can use all of it', async () => {
    let total = 0;
    for (let round = 0; round < 12; round += 1) {
      const leases = await Promise.all(Array.from({ length: 12 }, () => store.lease([ask('203.0.113.7', 20, 300)])));
      total += leases.reduce((sum, { granted }) => sum + (granted[0]?.connections ?? 0), 0);
    }
    expect(total).toBe(300);
  });

  it('of one destination twice, for everybody and for single checks, count both', async () => {
    const destination = '203.0.113.6';
    const { granted } = await store.lease([ask(destination, 10, 40), ask('198.51.100.9', 1, 40), ask(destination, 10, 50)]);
    expect(granted.map(({ connections }) => connections)).toEqual([10, 1, 10]);
    const rows = await inTransaction((tx) => tx.destinationUse.findMany({ where: { destination } }));
    expect(rows.map(({ connections }) => connections)).toEqual([20]);
  });

  it('of several destinations in any order cause no deadlock', async () => {
    const names = ['198.51.100.1', '198.51.100.2', '198.51.100.0/24'];
    const rounds = Array.from({ length: 20 }, (_, n) =>
      store.lease((n % 2 === 0 ? names : names.toReversed()).map((name) => ask(name, 1, 1_000))),
    );
    const leases = await Promise.all(rounds);
    expect(leases.flatMap(({ granted }) => granted).every(({ connections }) => connections === 1)).toBe(true);
  });

  it('expire with the hour, and old hours are deleted', async () => {
    const { leftMs } = await store.lease([ask('203.0.113.8', 5, 5)]);
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(3_600_000);
    for (let n = 0; n < 10; n += 1) await store.lease([ask('203.0.113.8', 5, 5)]);
    expect((await store.lease([ask('203.0.113.8', 5, 5)])).granted).toEqual([{ connections: 0, recipients: 0 }]);
    await inTransaction((tx) => tx.$executeRaw`UPDATE "DestinationUse" SET "hour" = "hour" - interval '3 hours'`);
    expect((await store.lease([ask('203.0.113.8', 1, 5)])).granted).toEqual([{ connections: 1, recipients: 0 }]);
    await purgeExpiredRows();
    expect(await inTransaction((tx) => tx.destinationUse.count())).toBe(1);
  });

  it('under a higher cap, as single checks have, count what everybody used', async () => {
    const most = async (cap: number): Promise<number> => {
      let sum = 0;
      for (let got = -1; got !== 0; sum += got)
        got = (await store.lease([ask('203.0.113.9', 50, cap)])).granted[0]?.connections ?? 0;
      return sum;
    };
    expect(await most(90)).toBe(90);
    expect(await most(100)).toBe(10);
  });
});
