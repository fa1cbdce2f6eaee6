import { describe, expect, it } from 'vitest';
import { holdCredits } from '@/lib/credits/holds';
import { db } from '@/lib/platform/db/client';
import { inTransaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { seedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { getList, listLists } from './read';

useTestDatabase();

const DAY_MS = 24 * 3_600_000;
const get = async (...args: Parameters<typeof getList>) => {
  const found = await getList(...args);
  if (!found.ok) throw found.error;
  return found.value;
};

describe('one list', () => {
  it('counts its verdicts by status and reason from the tallies', async () => {
    const scope = await makeWorkspace();
    const id = await seedList(scope, {
      rows: [
        { cells: ['a@example.com'], reason: 'mailbox_exists', provider: 'google' },
        { cells: ['b@example.com'], reason: 'mailbox_exists' },
        { cells: ['c@example.com'], reason: 'greylisted' },
        { cells: ['d@example.com'], reason: 'no_mx' },
        { cells: ['a@example.com'], first: 1 },
        { cells: [''], isRejected: true },
      ],
    });
    const view = await get(scope, id);
    expect(view.progress).toMatchObject({
      processed: 4,
      total: 4,
      counts: { deliverable: 2, risky: 0, unknown: 1, undeliverable: 1 },
      countsByReason: { mailbox_exists: 2, greylisted: 1, no_mx: 1 },
      credits: { held: 0, captured: 2, released: 0 },
    });
    expect(view.quote).toMatchObject({ rows: 6, unique: 4, duplicates: 1, rejected: 1, maxCredits: 4 });
  });

  it('says how many rows wait and until when, and how much its open hold still holds', async () => {
    const scope = await makeWorkspace(10);
    const held = await inTransaction((tx) =>
      holdCredits(scope, { amount: 5, sourceKey: 'list:test:1', cause: { type: 'list', id: null } }, tx),
    );
    if (!held.ok) throw held.error;
    const [soon, late] = [new Date(Date.now() + 60_000), new Date(Date.now() + 3_600_000)];
    const id = await seedList(scope, {
      status: 'running',
      rows: [
        { cells: ['a@example.com'], retryAt: late },
        { cells: ['b@example.com'], retryAt: soon },
      ],
      more: { run: { holdId: held.value.holdId } },
    });
    const { progress } = await get(scope, id);
    expect(progress).toMatchObject({
      retrying: 2,
      retryingNextAt: soon.toISOString(),
      retryingUntil: late.toISOString(),
      credits: { held: 5 },
    });
    // No other row is open, and a row that fails again waits again, so nobody knows the end.
    expect(progress.etaS).toBeNull();
  });

  it('has no quote before its file is read', async () => {
    const scope = await makeWorkspace();
    const id = await seedList(scope, { status: 'parsing', rows: [{ cells: ['a@example.com'] }] });
    expect((await get(scope, id)).quote).toBeNull();
  });

  it('is not found by another workspace', async () => {
    const id = await seedList(await makeWorkspace());
    expect(await getList(await makeWorkspace(), id)).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await getList(await makeWorkspace(), newId('list'))).toMatchObject({ ok: false });
  });
});

describe('the clocks of a list', () => {
  it('measures the rate over the last seconds and forgets it at a pause', async () => {
    const scope = await makeWorkspace();
    const id = await seedList(scope, { status: 'queued', more: { file: { rows: 1_000 }, run: { unique: 1_000 } } });
    await db().list.update({ where: { id }, data: { status: 'running' } });
    expect((await get(scope, id)).progress).toMatchObject({ rateASecond: null, etaS: null });
    // Ten seconds have passed since the window began.
    await db()
      .$executeRaw`UPDATE "ListRun" SET "rateFromAt" = timezone('UTC', now()) - interval '10 seconds' WHERE "listId" = ${id}`;
    await db().listRun.update({ where: { listId: id }, data: { processed: 500 } });
    const { progress } = await get(scope, id);
    expect(progress.rateASecond).toBeGreaterThan(45);
    expect(progress.rateASecond).toBeLessThanOrEqual(50);
    expect(progress.etaS).toBeGreaterThanOrEqual(10);
    await db().list.update({ where: { id }, data: { status: 'paused' } });
    expect((await get(scope, id)).progress).toMatchObject({ rateASecond: null, etaS: null });
  });

  it('a list that makes no progress has a falling rate, not its best rate', async () => {
    const scope = await makeWorkspace();
    const id = await seedList(scope, { status: 'queued', more: { file: { rows: 1_000 }, run: { unique: 1_000 } } });
    await db().list.update({ where: { id }, data: { status: 'running' } });
    await db()
      .$executeRaw`UPDATE "ListRun" SET "rateASecond" = 100, "rateFromAt" = timezone('UTC', now()) - interval '1 minute' WHERE "listId" = ${id}`;
    expect((await get(scope, id)).progress).toMatchObject({ rateASecond: 0, etaS: null });
  });

  it('counts retention from the end of the run, or from creation if there was none, and not while the list is at work', async () => {
    const scope = await makeWorkspace();
    const createdAt = new Date(Date.now() - 10 * DAY_MS);
    const id = await seedList(scope, { status: 'ready', more: { createdAt, retentionDays: 30 } });
    const expiresAt = async () => (await get(scope, id)).expiresAt;
    expect(await expiresAt()).toBe(new Date(createdAt.getTime() + 30 * DAY_MS).toISOString());
    await db().list.update({ where: { id }, data: { status: 'queued' } });
    expect(await expiresAt()).toBeNull();
    const finishedAt = new Date();
    await db().list.update({ where: { id }, data: { status: 'cancelled', finishedAt, expiryNoticeAt: null } });
    expect(await expiresAt()).toBe(new Date(finishedAt.getTime() + 30 * DAY_MS).toISOString());
    await db().list.update({ where: { id }, data: { expiryNoticeAt: new Date() } });
    await db().list.update({ where: { id }, data: { retentionDays: 1 } });
    expect(await expiresAt()).toBe(new Date(finishedAt.getTime() + DAY_MS).toISOString());
    // A new expiry gets a new notice.
    expect((await db().list.findUniqueOrThrow({ where: { id } })).expiryNoticeAt).toBeNull();
  });
});

describe('a page of lists', () => {
  it('goes through all lists, newest first, each once', async () => {
    const scope = await makeWorkspace();
    const ids: string[] = [];
    for (let made = 0; made < 5; made++) ids.unshift(await seedList(scope, { more: { id: newId('list', Date.now() + made) } }));
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: Awaited<ReturnType<typeof listLists>> = await listLists(scope, { limit: 2, cursor: cursor ?? undefined });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(ids);
  });

  it('filters by status and by test, and shows nobody else’s', async () => {
    const scope = await makeWorkspace();
    const running = await seedList(scope, { status: 'running' });
    const test = await seedList(scope, { more: { test: true } });
    const idsOf = async (filter: Parameters<typeof listLists>[1]) => (await listLists(scope, filter)).items.map(({ id }) => id);
    expect(await idsOf({ statuses: ['running', 'queued'] })).toEqual([running]);
    expect(await idsOf({ test: true })).toEqual([test]);
    expect((await listLists(await makeWorkspace())).items).toEqual([]);
  });
});
