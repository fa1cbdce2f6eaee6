// One worker process: the queue's runner, its heartbeat, and the watch over dead workers. Promises that stopping takes no
// longer than the drain and leaves no job locked: what is not done by then is free for another worker at once.
import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, parseCronItems, run, type Runner, type WorkerEvents } from 'graphile-worker';
import { deleteHeartbeats, freeJobsOf, writeHeartbeat } from '@/lib/data/heartbeats';
import type { SendWebhook } from '@/lib/domain/webhook-delivery';
import { newId } from '@/lib/ids';
import type { Log } from '@/lib/log';
import { createQueuePool } from '@/lib/queue/create-queue-pool';
import { freeDeadWorkers, type Self } from './free-dead-workers';
import { startHeartbeat } from './heartbeat';
import { hostIdentity } from './host-identity';
import { CRON_ITEMS, createTaskList } from './registry';
import { describeError } from '@/lib/describe-error';
import type { Verify } from './tasks/verify-address';

export interface WorkerOptions {
  verify: Verify;
  sendWebhook: SendWebhook;
  concurrency: number;
  log: Log;
  drainMs?: number;
}

export interface RunningWorker {
  workerId: string;
  /** Resolves with the cause when the worker can't go on and should be replaced. */
  failed: Promise<unknown>;
  /** Takes no more jobs, waits for those that run, within limits. */
  stop(): Promise<void>;
}

const HEARTBEAT_EVERY_MS = 5_000;
const FREE_EVERY_MS = 10_000;
const POLL_EVERY_MS = 1_000;
const DRAIN_MS = 8_000;
const POOL_END_MS = 500;
/** The queue's own statements are short: a few connections serve many slots; two more listen and plan. */
const POOL_MAX = 20;

export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { log, concurrency, verify, sendWebhook } = options;
  const self: Self = { workerId: newId('worker'), host: hostIdentity(), pid: process.pid };
  const pool = createQueuePool(Math.min(concurrency, POOL_MAX) + 2);
  const events: WorkerEvents = new EventEmitter();
  const queueIds: string[] = [];
  events.on('worker:create', ({ worker }) => queueIds.push(worker.workerId));
  const failed = new Promise<unknown>((report) => {
    // A slot that can't give its job back ends itself for good; the queue does not replace it.
    events.on('worker:fatalError', ({ error }) => report(error));
  });

  const free = async (): Promise<void> => {
    const jobs = await freeDeadWorkers(self);
    if (jobs > 0) log.warn({ jobs }, 'jobs of dead workers were freed');
  };
  await free();
  const runner = await run({
    pgPool: pool,
    concurrency,
    noHandleSignals: true,
    pollInterval: POLL_EVERY_MS,
    taskList: createTaskList({ verify, sendWebhook, concurrency, now: Date.now, random: Math.random, log }),
    parsedCronItems: parseCronItems(CRON_ITEMS),
    events,
    logger: queueLogger(log),
  });
  const heart = await startHeartbeat({ everyMs: HEARTBEAT_EVERY_MS, beat: () => writeHeartbeat({ ...self, queueIds }), log });
  const watch = setInterval(() => {
    free().catch((error: unknown) => log.warn({ error: describeError(error) }, 'jobs of dead workers could not be freed'));
  }, FREE_EVERY_MS);

  return {
    workerId: self.workerId,
    failed: Promise.race([
      failed,
      runner.promise.then(
        () => new Error('the queue stopped'),
        (error: unknown) => error,
      ),
    ]),
    stop: async () => {
      clearInterval(watch);
      const isDrained = await drain(runner, options.drainMs ?? DRAIN_MS);
      await heart.stop();
      if (!isDrained) {
        log.warn('jobs still run; they are given back to the queue');
        await freeJobsOf(queueIds);
      }
      await deleteHeartbeats([self.workerId]);
      await Promise.race([pool.end(), sleep(POOL_END_MS)]);
    },
  };
}

async function drain(runner: Runner, drainMs: number): Promise<boolean> {
  const stopped = runner.stop().then(() => true);
  // It throws when the queue has stopped by itself: then nothing is left to drain.
  return Promise.race([stopped.catch(() => true), sleep(drainMs, false)]);
}

/** The queue's own words: only warnings and errors, and no address in them (it logs what tasks throw). */
function queueLogger(log: Log): Logger {
  return new Logger(() => (level, message) => {
    const word: string = level;
    const text = { queue: describeError(message) };
    if (word === 'error') log.error(text, 'the queue reports an error');
    if (word === 'warning') log.warn(text, 'the queue warns');
  });
}
