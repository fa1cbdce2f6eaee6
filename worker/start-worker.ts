// One worker process: the queue's runners, one for everything and one for lists, its heartbeat, and the watch over dead workers.
// Promises that a single check never waits behind a list, and that stopping takes no longer than the drain and leaves no job locked
// and no chunk in hand: what is not done by then is free for another worker at once.
import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, parseCronItems, run, type Runner, type WorkerEvents } from 'graphile-worker';
import type { JudgeMailbox } from '@/lib/credits/rules/free';
import { describeError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { BULK_SLOTS } from '@/lib/platform/limits';
import type { Log } from '@/lib/platform/log';
import { createQueuePool } from '@/lib/platform/queue/enqueue';
import { deleteHeartbeats, freeJobsOf, writeHeartbeat } from '@/lib/platform/workers';
import type { SendWebhook } from '@/lib/webhooks/rules';
import { freeDeadWorkers, hostIdentity, type Self, startHeartbeat } from './heartbeat';
import { splitTasks, createTaskList, CRON_ITEMS } from './registry';
import type { PlanDeps } from './lists/plan';
import { type IsAtProvider, createBulkDeps, type Switchboard } from './lists/run/deps';
import { freeStrayChunks } from './lists/sweep';
import type { DescribeDomain, Verify } from './tasks/verifications';

export interface WorkerOptions {
  verify: Verify;
  sendWebhook: SendWebhook;
  /** Left out: a domain stands for its host. */
  hostKeyOf?: PlanDeps['hostKeyOf'];
  /** Whether a known provider, whose pace bounds us, takes a domain's mail; left out: none does. */
  isAtProvider?: IsAtProvider;
  /** Left out: nothing is found. */
  describeDomain?: DescribeDomain;
  /** Left out: every address is a mailbox that lasts. */
  judgeMailbox?: JudgeMailbox;
  concurrency: number;
  /** Chunks of lists at once. */
  bulkSlots?: number;
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
const POOL_END_MS = 1_000;
/** The queue's own statements are short: a few connections serve many slots; two more of each runner listen and plan. */
const POOL_MAX = 20;
const LISTENERS = 2;

export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { log, concurrency } = options;
  const bulkSlots = options.bulkSlots ?? BULK_SLOTS;
  const self: Self = { workerId: newId('worker'), host: hostIdentity(), pid: process.pid };
  const pool = createQueuePool(Math.min(concurrency, POOL_MAX) + bulkSlots + 2 * LISTENERS);
  const events: WorkerEvents = new EventEmitter();
  const queueIds: string[] = [];
  events.on('worker:create', ({ worker }) => queueIds.push(worker.workerId));
  const failed = new Promise<unknown>((report) => {
    // A slot that can't give its job back stops, and the queue does not replace it.
    events.on('worker:fatalError', ({ error }) => report(error));
  });
  const bulk = createBulkDeps({ ...options, workerId: self.workerId, slots: bulkSlots, now: Date.now, random: Math.random });
  const free = (): Promise<void> => freeLost(self, bulk.board, log);
  await free();
  const { main, lists } = splitTasks(createTaskList({ ...options, now: Date.now, random: Math.random, bulk }));
  const common = { pgPool: pool, noHandleSignals: true, pollInterval: POLL_EVERY_MS, events, logger: queueLogger(log) };
  const mainRunner = await run({ ...common, concurrency, taskList: main, parsedCronItems: parseCronItems(CRON_ITEMS) });
  const beat = (): Promise<void> => writeHeartbeat({ ...self, queueIds });
  // Before the first chunk is taken: who claims without a heartbeat counts as dead. And again with the names of all slots.
  const heart = await startHeartbeat({ everyMs: HEARTBEAT_EVERY_MS, beat, log });
  const runners = [mainRunner, await run({ ...common, concurrency: bulkSlots, taskList: lists, parsedCronItems: [] })];
  await beat();
  const watch = setInterval(() => {
    free().catch((error: unknown) => log.warn({ error: describeError(error) }, 'jobs of dead workers could not be freed'));
  }, FREE_EVERY_MS);

  return {
    workerId: self.workerId,
    failed: Promise.race([
      failed,
      ...runners.map((runner) =>
        runner.promise.then(
          () => new Error('the queue stopped'),
          (error: unknown) => error,
        ),
      ),
    ]),
    stop: async () => {
      clearInterval(watch);
      bulk.board.stop();
      const drained = await Promise.all(runners.map((runner) => drain(runner, options.drainMs ?? DRAIN_MS)));
      const isDrained = drained.every(Boolean);
      await heart.stop();
      // First the slots lose their connections: one that was just looking for work would take the very job that is given back.
      await Promise.race([pool.end(), sleep(POOL_END_MS)]);
      if (!isDrained) {
        log.warn('jobs still run; they are given back to the queue');
        await freeJobsOf(queueIds);
      }
      // Without a heartbeat its chunks belong to no worker, and the next one that looks takes them.
      await deleteHeartbeats([self.workerId]);
    },
  };
}

/** Jobs and chunks of workers that are gone. */
async function freeLost(self: Self, board: Switchboard, log: Log): Promise<void> {
  const jobs = await freeDeadWorkers(self);
  if (jobs > 0) log.warn({ jobs }, 'jobs of dead workers were freed');
  const chunks = await freeStrayChunks({ workerId: self.workerId, claims: board.claims() });
  if (chunks > 0) log.warn({ chunks }, 'chunks of lists that nobody worked on were freed');
}

async function drain(runner: Runner, drainMs: number): Promise<boolean> {
  const stopped = runner.stop().then(() => true);
  // It throws if the queue has already stopped: then nothing is left to drain.
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
