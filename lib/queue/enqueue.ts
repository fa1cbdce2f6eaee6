// Adds a job inside the caller's transaction: `add_job` is SQL, so the job exists exactly when the rows do.
import { databaseUrl, type Tx } from '@/lib/data/_client';
import { PRIORITY, type TaskName, type TaskPayload } from './tasks';

export interface JobOptions {
  /** At most one waiting job by this key; a newer one replaces it. */
  jobKey: string;
  priority?: keyof typeof PRIORITY;
  runAt?: Date;
}

/**
 * Attempts of a job whose task throws (a bug, or the database away); remote trouble is a value and never throws. The queue
 * waits about 3, 7, 20 and 55 s between them.
 */
const MAX_ATTEMPTS = 5;

export async function enqueue<N extends TaskName>(name: N, payload: TaskPayload<N>, options: JobOptions, tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT graphile_worker.add_job(
    ${name}, payload := ${JSON.stringify(payload)}::json, run_at := ${options.runAt?.toISOString() ?? null}::timestamptz,
    max_attempts := ${MAX_ATTEMPTS}, job_key := ${options.jobKey}, priority := ${PRIORITY[options.priority ?? 'interactive']})`;
}

/** Several jobs of one task that differ by payload and key, in one statement. */
export async function enqueueAll<N extends TaskName>(
  name: N,
  jobs: readonly { payload: TaskPayload<N>; jobKey: string }[],
  options: Pick<JobOptions, 'priority' | 'runAt'>,
  tx: Tx,
): Promise<void> {
  const payloads = jobs.map(({ payload }) => JSON.stringify(payload));
  await tx.$executeRaw`SELECT graphile_worker.add_job(
    ${name}, payload := t."payload"::json, run_at := ${options.runAt?.toISOString() ?? null}::timestamptz,
    max_attempts := ${MAX_ATTEMPTS}, job_key := t."key", priority := ${PRIORITY[options.priority ?? 'interactive']})
    FROM unnest(${payloads}::text[], ${jobs.map(({ jobKey }) => jobKey)}::text[]) AS t ("payload", "key")`;
}

/** Where the queue lives, for the worker's own pool. */
export const queueConnectionString = (): string => databaseUrl();
