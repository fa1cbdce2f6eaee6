// Which workers are alive, and the jobs of those that are not. A killed worker leaves its jobs locked, and the queue itself would wait
// four hours; here they are freed as soon as the worker is known to be dead. All times are by the database's clock.
import { z } from 'zod';
import { queryRow, queryRows } from './db/rows';
import { Prisma } from './db/_prisma/client';
import { db } from './db/client';

export interface Heartbeat {
  workerId: string;
  /** Names under which the queue locks jobs for this process. */
  queueIds: readonly string[];
  host: string;
  pid: number;
}

const Readiness = z.object({
  queue: z.boolean(),
  worker: z.boolean(),
});
export type Readiness = z.infer<typeof Readiness>;

/** A worker that has not been heard from for this long counts as dead. */
export const DEAD_AFTER_S = 30;

export async function writeHeartbeat(beat: Heartbeat): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "WorkerHeartbeat" ("workerId", "queueIds", "host", "pid", "startedAt", "beatAt")
    VALUES (${beat.workerId}, ${[...beat.queueIds]}::text[], ${beat.host}, ${beat.pid}, timezone('UTC', now()), timezone('UTC', now()))
    ON CONFLICT ("workerId") DO UPDATE SET "queueIds" = EXCLUDED."queueIds", "beatAt" = EXCLUDED."beatAt"`;
}

export async function deleteHeartbeats(workerIds: readonly string[]): Promise<void> {
  await db().workerHeartbeat.deleteMany({ where: { workerId: { in: [...workerIds] } } });
}

/** Workers that ran on a host, to check which of their processes are gone. */
export function listHeartbeatsOfHost(host: string): Promise<{ workerId: string; pid: number }[]> {
  return db().workerHeartbeat.findMany({
    where: { host },
    select: { workerId: true, pid: true },
    orderBy: { beatAt: 'desc' },
    take: 1_000,
  });
}

/**
 * Frees every job locked by a worker that is not alive: those of the given dead workers at once, and any whose lock name has no heartbeat
 * younger than DEAD_AFTER_S (which also covers a worker killed before its first heartbeat). Returns how many jobs were freed.
 */
export async function freeJobsOfDeadWorkers(deadWorkerIds: readonly string[]): Promise<number> {
  const locks = await queryRows(
    z.object({ lockedBy: z.string(), jobs: z.int() }),
    Prisma.sql`
    SELECT "locked_by" AS "lockedBy", COUNT(*)::int AS "jobs" FROM graphile_worker.jobs
    WHERE "locked_by" IS NOT NULL AND (
      "locked_by" IN (SELECT unnest("queueIds") FROM "WorkerHeartbeat" WHERE "workerId" = ANY(${[...deadWorkerIds]}::text[]))
      OR ("locked_at" < now() - make_interval(secs => ${DEAD_AFTER_S}) AND "locked_by" NOT IN (
        SELECT unnest("queueIds") FROM "WorkerHeartbeat"
        WHERE "beatAt" > timezone('UTC', now()) - make_interval(secs => ${DEAD_AFTER_S}))))
    GROUP BY 1`,
  );
  if (locks.length > 0) await freeJobsOf(locks.map((lock) => lock.lockedBy));
  return locks.reduce((sum, lock) => sum + lock.jobs, 0);
}

/** Frees the jobs that the queue locked under these names. */
export async function freeJobsOf(queueIds: readonly string[]): Promise<void> {
  await db().$queryRaw`SELECT graphile_worker.force_unlock_workers(${[...queueIds]}::text[])::text`;
}

/** Whether the queue's schema exists and a worker was heard from recently. Throws if the database does not answer. */
export async function findReadiness(heardWithinS: number): Promise<Readiness> {
  const row = await queryRow(
    Readiness,
    Prisma.sql`
    SELECT to_regclass('graphile_worker._private_jobs') IS NOT NULL AS "queue", EXISTS (
      SELECT 1 FROM "WorkerHeartbeat" WHERE "beatAt" > timezone('UTC', now()) - make_interval(secs => ${heardWithinS})) AS "worker"`,
  );
  return row ?? { queue: false, worker: false };
}
