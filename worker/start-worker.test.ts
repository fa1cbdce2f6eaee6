import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { getBalance } from '@/lib/credits/balance';
import { inTransaction } from '@/lib/platform/db/transaction';
import { log } from '@/lib/platform/log';
import type { Scope } from '@/lib/platform/scope';
import { checkReadiness } from '@/lib/platform/readiness';
import { DEAD_AFTER_S, deleteHeartbeats, findReadiness, freeJobsOfDeadWorkers, writeHeartbeat } from '@/lib/platform/workers';
import { awaitVerification } from '@/lib/verifications/read';
import { startVerification } from '@/lib/verifications/start';
import { fakeAnswer, makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { type RunningWorker, startWorker } from './start-worker';
import type { Verify } from './tasks/verifications';

useTestDatabase();

// Processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const statementSchema = z.union([z.string(), z.object({ text: z.string() }).transform(({ text }) => text)]);

const running: RunningWorker[] = [];
const children: ChildProcess[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((worker) => worker.stop()));
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

async function startHere(verify: Verify, { drainMs = 8_000, concurrency = 4 } = {}): Promise<RunningWorker> {
  const worker = await startWorker({
    verify,
    sendWebhook: () => Promise.reject(new Error('not asked')),
    concurrency,
    drainMs,
    log: log('test'),
  });
  running.push(worker);
  return worker;
}
const answering: Verify = ({ email }) => Promise.resolve(fakeAnswer(email, 'mailbox_exists'));

/** A worker in a separate process; `said` resolves when it has written that line. */
function spawnWorker(mode: 'hang' | 'answer') {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/worker/made-up-engine-worker.ts', mode], {
    env: { ...process.env, NODE_ENV: 'test' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  return { child, said: (line: string) => vi.waitFor(() => expect(lines).toContain(line), { timeout: 100_000 }) };
}

async function startCheck(email: string): Promise<{ scope: Scope; id: string }> {
  const scope = await makeWorkspace(3);
  const result = await startVerification(scope, { email, source: 'api' });
  if (!result.ok) throw result.error;
  return { scope, id: result.value.id };
}
const lockedJobs = () =>
  inTransaction((tx) =>
    queryRows(
      z.object({ lockedBy: z.string() }),
      Prisma.sql`
    SELECT "locked_by" AS "lockedBy" FROM graphile_worker.jobs WHERE "locked_by" IS NOT NULL AND "task_identifier" = 'verify-address'`,
      tx,
    ),
  );

describe('a worker', () => {
  it('answers checks, is seen by the readiness check, and leaves nothing behind when stopped', async () => {
    expect(await checkReadiness()).toEqual({ ready: false, checks: { database: true, queue: true, worker: false } });
    const worker = await startHere(answering);
    expect(await checkReadiness()).toEqual({ ready: true, checks: { database: true, queue: true, worker: true } });
    const { scope, id } = await startCheck('x@works.example');
    expect(await awaitVerification(scope, id, 60_000)).toMatchObject({ status: 'deliverable', creditsCharged: 1 });
    await worker.stop();
    running.pop();
    expect(await findReadiness(60)).toEqual({ queue: true, worker: false });
    expect(await lockedJobs()).toEqual([]);
  });

  it('finishes its current job before it stops', async () => {
    const answers: (() => void)[] = [];
    const worker = await startHere(
      ({ email }) => new Promise((done) => answers.push(() => done(fakeAnswer(email, 'mailbox_exists')))),
    );
    const { scope, id } = await startCheck('x@drain.example');
    await expect.poll(() => answers.length).toBe(1);
    running.pop();
    const stopping = worker.stop();
    answers[0]?.();
    await stopping;
    expect(await awaitVerification(scope, id, 0)).toMatchObject({ status: 'deliverable' });
  });

  it('asks the queue for work a few times a second while there is none, however many slots it has', async () => {
    const asked: string[] = [];
    const original = Client.prototype.query;
    vi.spyOn(Client.prototype, 'query').mockImplementation(function (this: Client, ...args: unknown[]): void {
      asked.push(statementSchema.parse(args[0]));
      return z.custom<undefined>(() => true).parse(Reflect.apply(original, this, args));
    });
    onTestFinished(() => void vi.restoreAllMocks());
    await startHere(answering, { concurrency: 20 });
    await sleep(1_500);
    asked.length = 0;
    await sleep(3_000);
    const looks = asked.filter((text) => text.startsWith('with j as')).length;
    expect(looks).toBeGreaterThanOrEqual(2);
    expect(looks).toBeLessThanOrEqual(8);
  });

  it('starts all jobs whose time comes at the same moment, although nobody announces them', async () => {
    const asked = new Set<string>();
    const hanging: Verify = ({ email }) => {
      asked.add(email);
      return new Promise(() => undefined);
    };
    for (let n = 0; n < 8; n++) await startCheck(`x${n}@due.example`);
    await inTransaction((tx) => tx.$executeRaw`UPDATE graphile_worker._private_jobs SET "run_at" = now() + interval '3 seconds'`);
    await startHere(hanging, { concurrency: 8, drainMs: 50 });
    expect(asked.size).toBe(0);
    await vi.waitFor(() => expect(asked.size).toBe(8), { timeout: 7_000 });
  });

  it('gives back a job that does not end in time, and another worker finishes it', async () => {
    const asked = vi.fn();
    const stuck = await startHere(
      () => {
        asked();
        return new Promise(() => undefined);
      },
      { drainMs: 50 },
    );
    const { scope, id } = await startCheck('x@stuck.example');
    await expect.poll(() => asked.mock.calls.length).toBeGreaterThan(0);
    await stuck.stop();
    running.pop();
    expect(await lockedJobs()).toEqual([]);
    await startHere(answering);
    expect(await awaitVerification(scope, id, 60_000)).toMatchObject({ status: 'deliverable' });
  });
});

describe('a worker process', () => {
  it('killed with -9 in the middle of a job loses nothing: another worker finishes it within seconds, charged once', async () => {
    const first = spawnWorker('hang');
    await first.said('ready');
    const { scope, id } = await startCheck('x@killed.example');
    await first.said('asking');
    expect(await lockedJobs()).toHaveLength(1);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');

    await startHere(answering);
    // Without help, the queue would keep the dead worker's job locked for hours.
    expect(await awaitVerification(scope, id, 60_000)).toMatchObject({ status: 'deliverable', creditsCharged: 1 });
    expect(await getBalance(scope)).toEqual({ balance: 2, held: 0, available: 2 });
  });

  it('told to end exits with 0 although a job hangs, and frees that job', async () => {
    const worker = spawnWorker('hang');
    await worker.said('ready');
    await startCheck('x@term.example');
    await worker.said('asking');
    worker.child.kill('SIGTERM');
    expect(await once(worker.child, 'exit')).toEqual([0, null]);
    expect(await lockedJobs()).toEqual([]);
  });
});

describe('the jobs of a dead worker elsewhere', () => {
  const lockAs = (queueId: string, secondsAgo: number) =>
    inTransaction(
      (tx) => tx.$executeRaw`UPDATE graphile_worker._private_jobs
        SET "locked_by" = ${queueId}, "locked_at" = now() - make_interval(secs => ${secondsAgo}) WHERE "key" LIKE 'verify:%'`,
    );
  const beat = (queueId: string) => writeHeartbeat({ workerId: 'wrk_elsewhere', queueIds: [queueId], host: 'elsewhere', pid: 1 });

  it('are freed when its heartbeat is old or was never seen, and left alone while it beats', async () => {
    await startCheck('x@elsewhere.example');
    await lockAs('worker-a', DEAD_AFTER_S + 60);
    await beat('worker-a');
    expect(await freeJobsOfDeadWorkers([])).toBe(0);
    await inTransaction(
      (tx) => tx.$executeRaw`UPDATE "WorkerHeartbeat" SET "beatAt" = "beatAt" - make_interval(secs => ${DEAD_AFTER_S + 1})`,
    );
    expect(await freeJobsOfDeadWorkers([])).toBeGreaterThan(0);
    await lockAs('worker-of-nobody', 1);
    expect(await freeJobsOfDeadWorkers([])).toBe(0);
    await lockAs('worker-of-nobody', DEAD_AFTER_S + 1);
    expect(await freeJobsOfDeadWorkers([])).toBeGreaterThan(0);
    await deleteHeartbeats(['wrk_elsewhere']);
  });
});
