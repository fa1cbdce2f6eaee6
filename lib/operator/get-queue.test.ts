import { beforeEach, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { inTransaction } from '@/lib/platform/db/transaction';
import { enqueue } from '@/lib/platform/queue/enqueue';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { getQueue } from './operator';

useTestDatabase();
beforeEach(() => db().$executeRaw`DELETE FROM graphile_worker._private_jobs`);

const HOUR_MS = 3_600_000;

const add = (jobKey: string, runAt = new Date(Date.now() - HOUR_MS)) =>
  inTransaction((tx) => enqueue('verify-address', { verificationId: 'ver_1' }, { jobKey, runAt }, tx));

it('is empty if nothing is queued', async () => {
  expect(await getQueue()).toEqual([]);
});

it('counts each job once: running, waiting, due later or failed permanently', async () => {
  const [earlier, next] = [new Date(Date.now() - 2 * HOUR_MS), new Date(Date.now() + HOUR_MS)];
  await add('waits');
  await add('waits-longer', earlier);
  await add('greylisted', next);
  await add('failed-once', new Date(Date.now() + 2 * HOUR_MS));
  await add('last-try');
  await add('failed-for-good');
  await db().$executeRaw`UPDATE graphile_worker._private_jobs SET attempts = 1 WHERE key = 'failed-once'`;
  await db()
    .$executeRaw`UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE key IN ('last-try', 'failed-for-good')`;
  await db().$executeRaw`UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'x' WHERE key = 'last-try'`;
  expect(await getQueue()).toEqual([
    {
      task: 'verify-address',
      running: 1,
      waiting: 2,
      waitingSince: earlier.toISOString(),
      later: 2,
      afterError: 1,
      nextAt: next.toISOString(),
      failed: 1,
    },
  ]);
});

it('keeps tasks apart', async () => {
  await add('one');
  await inTransaction((tx) => enqueue('purge-expired', {}, { jobKey: 'two' }, tx));
  expect((await getQueue()).map(({ task, waiting }) => [task, waiting])).toEqual([
    ['purge-expired', 1],
    ['verify-address', 1],
  ]);
});
