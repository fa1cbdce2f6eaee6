// How many jobs of each task run, wait, are due later or have failed for good; for reading only, by the database's clock.
// Payloads and error texts stay where they are: they may name addresses.
import { db } from './_client';

export interface TaskQueueRow {
  task: string;
  running: number;
  waiting: number;
  waitingSince: Date | null;
  later: number;
  afterError: number;
  nextAt: Date | null;
  failed: number;
}

/** Only tasks that have a job; there are as many at most as the product has tasks. */
export function countJobsByTask(): Promise<TaskQueueRow[]> {
  return db().$queryRaw<TaskQueueRow[]>`
    WITH jobs AS (
      SELECT "task_identifier" AS "task", "run_at", "attempts", CASE
        WHEN "locked_at" IS NOT NULL THEN 'running'
        WHEN "attempts" >= "max_attempts" THEN 'failed'
        WHEN "run_at" > now() THEN 'later'
        ELSE 'waiting' END AS "state"
      FROM graphile_worker.jobs)
    SELECT "task",
      COUNT(*) FILTER (WHERE "state" = 'running')::int AS "running",
      COUNT(*) FILTER (WHERE "state" = 'waiting')::int AS "waiting",
      MIN("run_at") FILTER (WHERE "state" = 'waiting') AS "waitingSince",
      COUNT(*) FILTER (WHERE "state" = 'later')::int AS "later",
      COUNT(*) FILTER (WHERE "state" = 'later' AND "attempts" > 0)::int AS "afterError",
      MIN("run_at") FILTER (WHERE "state" = 'later') AS "nextAt",
      COUNT(*) FILTER (WHERE "state" = 'failed')::int AS "failed"
    FROM jobs GROUP BY 1 ORDER BY 1`;
}
