// The wrapper of every task: parses the payload, runs the task, logs without addresses. A task that throws is retried by the queue. If the
// last attempt throws too, the task's `giveUp` runs, so that nothing is lost silently. A payload that does not parse is dropped with an
// error in the log, since retrying would not help.
import { describeError } from '@/lib/platform/errors';
import type { Log } from '@/lib/platform/log';
import { TASK_PAYLOADS, type TaskName, type TaskPayload } from '@/lib/platform/queue/enqueue';

export interface TaskDefinition<N extends TaskName> {
  name: N;
  run(payload: TaskPayload<N>): Promise<void>;
  /** Runs after the last attempt threw. */
  giveUp?(payload: TaskPayload<N>): Promise<void>;
}

/** What the wrapper reads of the queue's helpers. */
export interface RunningJob {
  job: { id: string; attempts: number; max_attempts: number };
}

export type WrappedTask = (raw: unknown, running: RunningJob) => Promise<void>;

export function wrapTask<N extends TaskName>(definition: TaskDefinition<N>, log: Log): WrappedTask {
  return async (raw, { job }) => {
    const context = { task: definition.name, job: job.id, attempt: job.attempts };
    const parsed = TASK_PAYLOADS[definition.name].safeParse(raw);
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
