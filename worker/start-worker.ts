// One worker process: the queue's two runners (one for lists, one for everything else), its heartbeat, and the watch over dead workers.
// Guarantees: a single check never waits behind a list; stopping takes no longer than the drain, and leaves no job locked and no chunk
// claimed. Unfinished work is available to another worker at once.
import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, parseCronItems, run, type Runner, type Worker, type WorkerEvents, type WorkerPool } from 'graphile-worker';
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
  /** Omitted: the domain itself is the key. */
  hostKeyOf?: PlanDeps['hostKeyOf'];
  /** Whether a known provider, whose pace bounds us, takes a domain's mail; omitted: never. */
  isAtProvider?: IsAtProvider;
  /** Omitted: nothing is found. */
  describeDomain?: DescribeDomain;
  /** Omitted: every domain offers ordinary mailboxes. */
  judgeMailbox?: JudgeMailbox;
  concurrency: number;
  /** The number of chunks of lists to run at once. */
  bulkSlots?: number;
  log: Log;
  drainMs?: number;
}

export interface RunningWorker {
  workerId: string;
  /** Resolves with the cause when the worker can't go on and should be replaced. */
  failed: Promise<unknown>;
  /** Takes no more jobs, and waits for running ones within a limit. */
  stop(): Promise<void>;
}

const HEARTBEAT_EVERY_MS = 5_000;
const FREE_EVERY_MS = 10_000;
const LOOK_EVERY_MS = 1_000;
/** A slot's own poll, a safety net: `lookForJobs` looks for all of them. */
const POLL_EVERY_MS = 60_000;
const DRAIN_MS = 8_000;
const POOL_END_MS = 1_000;
/** The queue's statements are short, so a few connections serve many slots. Each runner needs two more to listen and to plan. */
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
    // A slot that cannot give its job back stops, and the queue does not replace it.
    events.on('worker:fatalError', ({ error }) => report(error));
  });
  const looking = lookForJobs(events);
  const bulk = createBulkDeps({ ...options, workerId: self.workerId, slots: bulkSlots, now: Date.now, random: Math.random });
  const free = (): Promise<void> => freeLost(self, bulk.board, log);
  await free();
  const { main, lists } = splitTasks(createTaskList({ ...options, now: Date.now, random: Math.random, bulk }));
  const common = { pgPool: pool, noHandleSignals: true, pollInterval: POLL_EVERY_MS, events, logger: queueLogger(log) };
  const mainRunner = await run({ ...common, concurrency, taskList: main, parsedCronItems: parseCronItems(CRON_ITEMS) });
  const beat = (): Promise<void> => writeHeartbeat({ ...self, queueIds });
  // The first heartbeat comes before the first chunk is taken, since a worker without one counts as dead. The next one names all slots.
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
      clearInterval(looking);
      bulk.board.stop();
      const drained = await Promise.all(runners.map((runner) => drain(runner, options.drainMs ?? DRAIN_MS)));
      const isDrained = drained.every(Boolean);
      await heart.stop();
      // First close the slots' connections: a slot that is looking for work could take the very job that is given back.
      await Promise.race([pool.end(), sleep(POOL_END_MS)]);
      if (!isDrained) {
        log.warn('jobs still run; they are given back to the queue');
        await freeJobsOf(queueIds);
      }
      // Without a heartbeat, this worker's chunks belong to nobody, and the next worker that looks takes them.
      await deleteHeartbeats([self.workerId]);
    },
  };
}

/**
 * Finds jobs whose time has come, and those whose announcement was missed: once a second, one idle slot of each runner looks, and as long
 * as slots find jobs this way, one more looks. If each slot polled, idle slots would keep the database busy. New jobs wake a slot themselves.
 */
function lookForJobs(events: WorkerEvents): NodeJS.Timeout {
  const runners = new Map<WorkerPool, Set<Worker>>();
  const lookers = new Set<Worker>();
  const look = (pool: WorkerPool): void => {
    for (const slot of runners.get(pool) ?? []) if (slot.nudge()) return void lookers.add(slot);
  };
  events.on('worker:create', ({ worker }) => {
    const slots = runners.get(worker.workerPool) ?? new Set<Worker>();
    runners.set(worker.workerPool, slots.add(worker));
  });
  events.on('worker:release', ({ worker }) => runners.get(worker.workerPool)?.delete(worker));
  events.on('worker:getJob:empty', ({ worker }) => lookers.delete(worker));
  events.on('job:start', ({ worker }) => {
    if (lookers.delete(worker)) look(worker.workerPool);
  });
  return setInterval(() => {
    for (const pool of runners.keys()) look(pool);
  }, LOOK_EVERY_MS);
}

/** Frees jobs and chunks of workers that are gone. */
async function freeLost(self: Self, board: Switchboard, log: Log): Promise<void> {
  const jobs = await freeDeadWorkers(self);
  if (jobs > 0) log.warn({ jobs }, 'jobs of dead workers were freed');
  const chunks = await freeStrayChunks({ workerId: self.workerId, claims: board.claims() });
  if (chunks > 0) log.warn({ chunks }, 'chunks of lists that nobody worked on were freed');
}

async function drain(runner: Runner, drainMs: number): Promise<boolean> {
  const stopped = runner.stop().then(() => true);
  // This throws if the queue has already stopped; then there is nothing to drain.
  return Promise.race([stopped.catch(() => true), sleep(drainMs, false)]);
}

/** Logs only the queue's warnings and errors, without addresses (the queue logs what tasks throw). */
function queueLogger(log: Log): Logger {
  return new Logger(() => (level, message) => {
    const word: string = level;
    const text = { queue: describeError(message) };
    if (word === 'error') log.error(text, 'the queue reports an error');
    if (word === 'warning') log.warn(text, 'the queue warns');
  });
}
