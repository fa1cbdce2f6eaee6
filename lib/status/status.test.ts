import { beforeEach, describe, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { STATUS_DAYS, STATUS_PORT_25_DOUBT, STATUS_SAMPLE_EVERY_S } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { writeHeartbeat } from '@/lib/platform/workers';
import { sandboxDomain } from '@/lib/verdict/sandbox-catalog';
import type { Reason } from '@/lib/verdict/verdict';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { seedCheck } from '@/tests/database/seed-check';
import { seedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { withoutTable } from '@/tests/database/without-table';
import { slotOf } from './rules';
import { getStatus, sampleStatus } from './status';

useTestDatabase();

const EVERY_MS = STATUS_SAMPLE_EVERY_S * 1_000;
const there = () => Promise.resolve(true);
const gone = () => Promise.resolve(false);
/** In the middle of the interval that the next sample counts. That sample leaves out the last interval, which is not settled. */
const counted = (): Date => new Date(slotOf(Date.now()) - 1.5 * EVERY_MS);
const counts = () => db().$queryRaw`SELECT "component", "samples", "degraded", "failed" FROM "StatusDay" ORDER BY "component"`;
const providers = () => db().$queryRaw`SELECT "provider", "asked", "answered" FROM "StatusProviderDay" ORDER BY "provider"`;
/** Makes the samples so far this much older. */
const age = (intervals: number) =>
  db()
    .$executeRaw`UPDATE "StatusDay" SET "sampledAt" = "sampledAt" - make_interval(secs => ${intervals * STATUS_SAMPLE_EVERY_S})`;

let scope: Scope;
beforeEach(async () => {
  await db().$executeRaw`TRUNCATE "StatusDay", "StatusProviderDay", "WorkerHeartbeat", "Verification", "List" CASCADE`;
  scope = await makeWorkspace();
  await writeHeartbeat({ workerId: 'wrk_a', queueIds: [], host: 'here', pid: 1 });
});

const check = (reason: Reason, more: { at?: Date; email?: string; provider?: string; test?: boolean; cached?: boolean } = {}) =>
  seedCheck(scope, {
    email: more.email ?? 'jane@example.com',
    reason,
    at: more.at ?? counted(),
    more: { mxProvider: more.provider ?? 'gmail', test: more.test ?? false, cached: more.cached ?? false },
  });

describe('a sample', () => {
  it('counts once, however often and simultaneously the task runs', async () => {
    const taken = await Promise.all([sampleStatus(there), sampleStatus(there), sampleStatus(there)]);
    const samples = taken.filter(Boolean).length;
    // A new interval may begin in between, so two samples may count, but never three.
    expect([1, 2]).toContain(samples);
    expect(await counts()).toContainEqual({ component: 'web', samples, degraded: 0, failed: 0 });
    await age(1);
    expect(await sampleStatus(there)).toBe(true);
    const { components } = await getStatus();
    expect(components.find(({ component }) => component === 'web')).toMatchObject({ state: 'operational', availability: null });
  });

  it('says which component is not healthy', async () => {
    await db().workerHeartbeat.deleteMany();
    await sampleStatus(gone);
    expect(await counts()).toEqual([
      ...['database', 'queue', 'web', 'webhooks', 'worker'].map((component) => ({
        ...{ component, samples: 1, degraded: 0 },
        failed: component === 'web' || component === 'worker' ? 1 : 0,
      })),
    ]);
  });

  it('counts what mail hosts answered once, and ignores remembered answers, tests and the sandbox', async () => {
    await check('mailbox_exists');
    await check('probe_blocked');
    await check('mailbox_not_found', { provider: 'yahoo' });
    await check('mailbox_exists', { test: true });
    await check('mailbox_exists', { cached: true });
    await check('mailbox_exists', { email: `alice@${sandboxDomain('deliverable')}` });
    await check('mailbox_exists', { at: new Date() });
    await seedList(scope, {
      rows: [
        { cells: ['a@example.com'], reason: 'catch_all', provider: 'gmail', checkedAt: counted() },
        { cells: ['b@example.com'], reason: 'greylisted', provider: 'yahoo', checkedAt: counted() },
        { cells: ['c@example.com'], reason: 'mailbox_exists', provider: '', checkedAt: counted() },
      ],
    });
    await sampleStatus(there);
    await sampleStatus(there);
    expect(await providers()).toEqual([
      { provider: 'gmail', asked: 3, answered: 2 },
      { provider: 'yahoo', asked: 2, answered: 1 },
    ]);
  });

  it('recognizes a closed port 25 by many hosts that were not reached and none that was', async () => {
    const port25 = async () => (await getStatus()).components.find(({ component }) => component === 'port_25')?.state;
    for (let n = 1; n < STATUS_PORT_25_DOUBT; n++) await check('connect_failed');
    await sampleStatus(there);
    expect(await port25()).toBe('unknown');
    await db().$executeRaw`TRUNCATE "StatusDay"`;
    await check('connect_failed');
    await sampleStatus(there);
    expect(await port25()).toBe('failed');
    await db().$executeRaw`TRUNCATE "StatusDay"`;
    await check('greylisted');
    await sampleStatus(there);
    expect(await port25()).toBe('operational');
  });

  it('keeps a fixed number of days and no more', async () => {
    const insert = (daysAgo: number) => db().$executeRaw`
      INSERT INTO "StatusDay" ("component", "day", "samples", "state", "firstAt", "sampledAt")
      SELECT 'web', day::date, 1, 'operational', day, day FROM (SELECT timezone('UTC', now()) - make_interval(days => ${daysAgo}) AS day) d`;
    await insert(STATUS_DAYS - 1);
    await insert(STATUS_DAYS);
    await sampleStatus(there);
    expect(await db().$queryRaw`SELECT COUNT(*)::int AS "count" FROM "StatusDay" WHERE "component" = 'web'`).toEqual([
      { count: 2 },
    ]);
  });
});

describe('the status', () => {
  it('says that nothing was measured yet', async () => {
    const { measuredSince, sampledAt, components } = await getStatus();
    expect([measuredSince, sampledAt]).toEqual([null, null]);
    expect(components.every(({ availability, days }) => availability === null && days.length === STATUS_DAYS)).toBe(true);
  });

  it('sees for itself that no worker is running, whatever the last sample said', async () => {
    await sampleStatus(there);
    await db().workerHeartbeat.deleteMany();
    const { state, components } = await getStatus();
    expect(state).toBe('failed');
    expect(components.find(({ component }) => component === 'worker')?.state).toBe('failed');
  });

  it('is shown without a database: it says that the database is away', async () => {
    await sampleStatus(there);
    await withoutTable('StatusDay', async () => {
      const { state, components } = await getStatus();
      expect(state).toBe('failed');
      expect(components.map(({ component, state: own }) => [component, own])).toEqual([
        ['web', 'operational'],
        ['worker', 'unknown'],
        ['queue', 'unknown'],
        ['database', 'failed'],
        ['port_25', 'unknown'],
        ['webhooks', 'unknown'],
      ]);
    });
  });
});
