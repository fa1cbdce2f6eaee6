// The wrapper of every task: parses the payload, runs the task, logs without addresses. A task that throws is retried by the queue. If the
// last attempt throws too, the task's `giveUp` runs, so that nothing is lost silently. A payload that does not parse is dropped with an
// error in the log, since retrying would not help.
import type { z } from 'zod';
import type { Log } from '@/lib/platform/log';
import type { TaskName } from '@/lib/platform/queue/enqueue';
import { describeError } from '@/lib/platform/errors';

export interface TaskDefinition<P> {
  name: TaskName;
  payload: z.ZodType<P>;
  run(payload: P): Promise<void>;
  /** Runs after the last attempt threw. */
  giveUp?(payload: P): Promise<void>;
}

/** What the wrapper reads from a job. */
export interface ListStatus {
  job: { id: string; attempts: number; max_attempts: number };
}

export function wrapTask<P>(definition: TaskDefinition<P>, log: Log): (raw: unknown, state: ListStatus) => Promise<void> {
  return async (raw, { job }) => {
    const context = { task: definition.name, job: job.id, attempt: job.attempts };
    const parsed = definition.payload.safeParse(raw);
    if (!parsed.success) {
      log.error(context, 'a job with an unreadable payload was dropped');
      return;
    }
    const startedAt = performance.now();
    try {
      await definition.run(parsed.data);
      log.debug({ ...context, ms: Math.round(performance.now() - startedAt) }, 'done');
    } catch (error) {
      log.error({ ...context, error: describeError(error) }, 'failed');
      if (job.attempts < job.max_attempts || !definition.giveUp) throw error;
      await definition.giveUp(parsed.data);
      log.error(context, 'given up');
    }
  };
}
