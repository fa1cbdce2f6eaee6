// The wrapper of every task: parse the payload, run, log without addresses. What a task throws is tried again by the queue;
// when the last attempt throws too, the task gives up in its own way, so that nothing is lost without a word. A payload that
// does not parse is dropped with an error in the log: it would never get better.
import type { z } from 'zod';
import type { Log } from '@/lib/platform/log';
import type { TaskName } from '@/lib/platform/queue/enqueue';
import { describeError } from '@/lib/platform/errors';

export interface TaskDefinition<P> {
  name: TaskName;
  payload: z.ZodType<P>;
  run(payload: P): Promise<void>;
  /** After the last attempt threw. */
  giveUp?(payload: P): Promise<void>;
}

/** What the wrapper reads of a job. */
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
