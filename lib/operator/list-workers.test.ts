import { beforeEach, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { DEAD_AFTER_S, writeHeartbeat } from '@/lib/platform/workers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { listWorkers } from './operator';

useTestDatabase();
beforeEach(() => db().workerHeartbeat.deleteMany());

const beat = (workerId: string, queueIds: string[] = []) => writeHeartbeat({ workerId, queueIds, host: 'mail-1', pid: 42 });
const silence = (workerId: string, seconds: number) =>
  db()
    .$executeRaw`UPDATE "WorkerHeartbeat" SET "beatAt" = "beatAt" - make_interval(secs => ${seconds}) WHERE "workerId" = ${workerId}`;

it('is empty if no worker ever ran', async () => {
  expect(await listWorkers()).toEqual({ alive: [], silent: [] });
});

it('separates live workers from silent ones, most recently heard from first', async () => {
  for (const id of ['lives', 'quiet', 'long-gone']) await beat(id);
  await silence('quiet', DEAD_AFTER_S + 10);
  await silence('long-gone', 3_600);
  const { alive, silent } = await listWorkers();
  expect(alive.map(({ workerId, host, pid }) => [workerId, host, pid])).toEqual([['lives', 'mail-1', 42]]);
  expect(silent.map(({ workerId }) => workerId)).toEqual(['quiet', 'long-gone']);
  expect(silent[1]?.silentS).toBeGreaterThanOrEqual(3_600);
});

it('counts the jobs that each worker is working on, under all its names', async () => {
  await beat('busy', ['queue-a', 'queue-b']);
  await beat('idle', ['queue-c']);
  for (let job = 0; job < 3; job++) await db().$queryRaw`SELECT 1 FROM graphile_worker.add_job('verify-address', '{}'::json)`;
  await db().$executeRaw`
    UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = CASE WHEN id % 2 = 0 THEN 'queue-a' ELSE 'queue-b' END`;
  const { alive } = await listWorkers();
  expect(Object.fromEntries(alive.map(({ workerId, jobs }) => [workerId, jobs]))).toEqual({ busy: 3, idle: 0 });
});
