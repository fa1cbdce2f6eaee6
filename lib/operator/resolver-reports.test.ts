import { beforeEach, describe, expect, it } from 'vitest';
import type { ResolverHealth } from '@/lib/verdict/health';
import { findResolverNotice } from './operator';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { db } from '@/lib/platform/db/client';
import { DEAD_AFTER_S, deleteHeartbeats, writeHeartbeat } from '@/lib/platform/workers';
import { findResolverTrouble, writeResolverReport } from './store';

useTestDatabase();

const HEALTHY: ResolverHealth = { state: 'healthy', isChosen: false, detail: null };
const DENIES: ResolverHealth = { state: 'denies_known', isChosen: false, detail: null };
const PRIVATE: ResolverHealth = { state: 'silent', isChosen: true, detail: 'TIMEOUT' };

async function report(workerId: string, health: ResolverHealth): Promise<void> {
  await writeHeartbeat({ workerId, queueIds: [], host: 'here', pid: 1 });
  await writeResolverReport(workerId, health);
}
const silence = (workerId: string, seconds: number) =>
  db()
    .$executeRaw`UPDATE "WorkerHeartbeat" SET "beatAt" = "beatAt" - make_interval(secs => ${seconds}) WHERE "workerId" = ${workerId}`;

beforeEach(() => db().workerHeartbeat.deleteMany());

describe('a worker’s trouble with its resolver', () => {
  it('is reported until it is over', async () => {
    expect(await findResolverTrouble()).toBeNull();
    await report('wrk_a', DENIES);
    expect(await findResolverTrouble()).toEqual(DENIES);
    await report('wrk_a', HEALTHY);
    expect(await findResolverTrouble()).toBeNull();
  });

  it('is reported even if another worker has none, and the machine’s own resolver before a chosen one', async () => {
    await report('wrk_a', HEALTHY);
    await report('wrk_b', PRIVATE);
    expect(await findResolverTrouble()).toEqual(PRIVATE);
    await report('wrk_a', DENIES);
    expect(await findResolverTrouble()).toEqual(DENIES);
  });

  it('outlives neither a clean shutdown nor a crash of the worker', async () => {
    await report('wrk_a', DENIES);
    await silence('wrk_a', DEAD_AFTER_S - 5);
    expect(await findResolverTrouble()).toEqual(DENIES);
    await silence('wrk_a', 10);
    expect(await findResolverTrouble()).toBeNull();
    await report('wrk_a', DENIES);
    await deleteHeartbeats(['wrk_a']);
    expect(await findResolverTrouble()).toBeNull();
  });

  it('is kept by later heartbeats, and a word that is not one of ours is refused', async () => {
    await report('wrk_a', DENIES);
    await writeHeartbeat({ workerId: 'wrk_a', queueIds: ['q'], host: 'here', pid: 1 });
    expect(await findResolverTrouble()).toEqual(DENIES);
    const wrong = db().$executeRaw`UPDATE "WorkerHeartbeat" SET "resolver" = 'ill' WHERE "workerId" = 'wrk_a'`;
    await expect(wrong).rejects.toThrow(/WorkerHeartbeat_resolver_check/);
  });

  it('is reported in detail to everybody in local mode', async () => {
    expect(await findResolverNotice({ isOperator: false })).toBeNull();
    await report('wrk_a', PRIVATE);
    expect(await findResolverNotice({ isOperator: false })).toEqual({ audience: 'operator', trouble: PRIVATE });
  });
});
