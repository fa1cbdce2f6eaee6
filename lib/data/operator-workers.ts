// The workers that were heard of, and how many jobs each has in hand; for reading only, by the database's clock.
import { db } from './_client';
import { DEAD_AFTER_S } from './heartbeats';

export interface WorkerRow {
  workerId: string;
  host: string;
  pid: number;
  startedAt: Date;
  beatAt: Date;
  silentS: number;
  isAlive: boolean;
  jobs: number;
}

/** Last heard first. The rows of workers that ended in order are gone; those of killed ones stay for a day. */
export function listWorkerRows(take: number): Promise<WorkerRow[]> {
  return db().$queryRaw<WorkerRow[]>`
    WITH locks AS (
      SELECT "locked_by", COUNT(*) AS "jobs" FROM graphile_worker.jobs WHERE "locked_by" IS NOT NULL GROUP BY 1)
    SELECT "workerId", "host", "pid", "startedAt", "beatAt",
      GREATEST(0, extract(epoch FROM timezone('UTC', now()) - "beatAt"))::int AS "silentS",
      "beatAt" > timezone('UTC', now()) - make_interval(secs => ${DEAD_AFTER_S}) AS "isAlive",
      (SELECT COALESCE(SUM("jobs"), 0) FROM locks WHERE "locked_by" = ANY("queueIds"))::int AS "jobs"
    FROM "WorkerHeartbeat" ORDER BY "beatAt" DESC, "workerId" LIMIT ${take}`;
}
