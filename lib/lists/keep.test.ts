import { beforeEach, describe, expect, it, test } from 'vitest';
import { leaveWorkspaces } from '@/worker/tasks/accounts';
import { deleteAccount } from '@/lib/accounts/deletion';
import { createUser } from '@/lib/credits/free-credits';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db } from '@/lib/platform/db/client';
import { CountRow, queryOne } from '@/lib/platform/db/rows';
import { newId } from '@/lib/platform/ids';
import { EXPIRY_NOTICE_DAYS, EXPIRY_NOTICE_MIN_HOURS, LIST_RETENTION_DAYS, PURGE_BATCH_ROWS } from '@/lib/platform/limits';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { seedList, type SeedList, type SeedRow } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { changeKeeping, deleteList, expireLists, purgeList } from './keep';
import { mailList, mailListExpiry } from './mails';
import { getList } from './read';
import { LIST_STATUSES, type ListStatus, ROW_KIND } from './rules/list';
import { listAnswersOfLists } from './store/results';

useTestDatabase();
const { mailsTo } = useTestOutbox();

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ago = (ms: number): Date => new Date(Date.now() - ms);

let scope = { workspaceId: '' };
let userId = '';
let email = '';
let people = 0;

beforeEach(async () => {
  email = `person-${++people}@example.com`;
  const made = await createUser({ email, password: 'marble-otter-quilt-92' });
  if (!made.ok) throw made.error;
  ({ userId } = made.value);
  scope = { workspaceId: made.value.workspaceId };
  await db().list.deleteMany({});
});

const ROWS: SeedRow[] = [
  { cells: ['a@example.com'], reason: 'mailbox_exists' },
  { cells: ['b@example.com'], reason: 'no_mx' },
  { cells: ['a@example.com'], first: 1 },
  { cells: [''], isRejected: true },
];

const seed = (more: SeedList['more'] = {}, status: ListStatus = 'completed') =>
  seedList(scope, { status, rows: ROWS, more: { createdById: userId, finishedAt: new Date(), ...more } });

const stored = (id: string) => db().list.findUniqueOrThrow({ where: { id } });
const storedFile = (listId: string) => db().listFile.findUniqueOrThrow({ where: { listId } });
const jobs = async (task: string, listId: string): Promise<number> => {
  const { count } = await queryOne(
    CountRow,
    Prisma.sql`
    SELECT COUNT(*)::int AS "count" FROM graphile_worker.jobs j WHERE j."task_identifier" = ${task} AND j."key" LIKE ${`%${listId}%`}`,
  );
  return count;
};

/** Counts everything that belongs to a list's rows, in every table. */
async function left(listId: string): Promise<number> {
  const where = { where: { listId } };
  const counts = await Promise.all([
    db().listRow.count(where),
    db().listResult.count(where),
    db().listEvidence.count(where),
    db().listRetry.count(where),
    db().listChunk.count(where),
    db().listDomain.count(where),
    db().fileChunk.count({ where: { fileId: listId } }),
  ]);
  return counts.reduce((sum, count) => sum + count, 0);
}

async function addWork(listId: string): Promise<void> {
  await db().fileChunk.create({ data: { fileId: listId, no: 1, bytes: Buffer.from('email') } });
  await db().listChunk.create({ data: { listId, run: 1, no: 1, rows: [1] } });
  await db().listDomain.create({ data: { listId, domain: 'example.com', no: 1, rows: [1] } });
  await db().listRetry.create({ data: { listId, n: 1, attempt: 1, dueAt: new Date() } });
}

describe('deleting now', () => {
  it('deletes every row from every table, and keeps the totals', async () => {
    const id = await seed();
    await addWork(id);
    const before = await getList(scope, id);
    expect(await deleteList(scope, { listId: id })).toMatchObject({ ok: true, value: { status: 'expired' } });
    expect(await jobs('purge-list', id)).toBe(1);
    expect(await purgeList(id)).toBe('done');
    expect(await left(id)).toBe(0);
    const after = await getList(scope, id);
    if (!before.ok || !after.ok) throw new Error('the list is gone');
    expect(after.value.progress).toMatchObject({
      processed: 2,
      counts: before.value.progress.counts,
      credits: before.value.progress.credits,
    });
    expect(after.value.quote).toEqual(before.value.quote);
    expect((await stored(id)).rowsDeletedAt).not.toBeNull();
  });

  it('leaves no sample of a cell in the list itself, and keeps the names of the columns in order', async () => {
    const columns = ['email', 'b', 'a'].map((name) => ({ name, emailShare: 0.5 }));
    const id = await seed({ file: { columns, preview: [{ line: 2, cells: ['secret@example.com', 'x', 'y'] }] } });
    await deleteList(scope, { listId: id });
    await purgeList(id);
    expect((await storedFile(id)).columns).toEqual(columns);
    expect((await storedFile(id)).preview).toEqual([]);
  });

  const REFUSED: readonly ListStatus[] = ['queued', 'running', 'paused'];
  test.each(LIST_STATUSES.filter((status) => !REFUSED.includes(status)))('works for a list that is %s', async (status) => {
    expect(await deleteList(scope, { listId: await seed({}, status) })).toMatchObject({ ok: true, value: { status: 'expired' } });
  });

  test.each(REFUSED)('is refused while the list is %s, and deletes nothing', async (status) => {
    const id = await seed({}, status);
    expect(await deleteList(scope, { listId: id })).toMatchObject({ ok: false, error: { code: 'list_status_conflict' } });
    expect(await purgeList(id)).toBe('done');
    expect(await left(id)).toBeGreaterThan(0);
  });

  it('works only in the list’s own workspace', async () => {
    const id = await seed();
    expect(await deleteList(await makeWorkspace(), { listId: id })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect((await stored(id)).status).toBe('completed');
  });

  it('removes its answers from the workspace’s memory at once', async () => {
    const id = await seed();
    await db().listResult.updateMany({ where: { listId: id }, data: { checkedAt: new Date() } });
    const asking = await seedList(scope, { status: 'ready', rows: [{ cells: ['a@example.com'] }] });
    expect(await listAnswersOfLists(scope, asking, [1])).toHaveLength(1);
    await deleteList(scope, { listId: id });
    expect(await listAnswersOfLists(scope, asking, [1])).toHaveLength(0);
  });
});

describe('purging', () => {
  it('continues where its turn ended, and does nothing the second time', async () => {
    const id = await seed({}, 'completed');
    await db().$executeRaw`
      INSERT INTO "ListRow" ("listId", "n", "email", "domain", "kind", "cells")
      SELECT ${id}, n, '', '', ${ROW_KIND.rejected}, '[]' FROM generate_series(100, ${100 + 3 * PURGE_BATCH_ROWS}::int) n`;
    await deleteList(scope, { listId: id });
    expect(await purgeList(id, 0)).toBe('again');
    expect(await stored(id)).toMatchObject({ rowsDeletedAt: null });
    expect(await left(id)).toBeGreaterThan(0);
    expect(await purgeList(id)).toBe('done');
    const { rowsDeletedAt } = await stored(id);
    expect(await left(id)).toBe(0);
    expect(await purgeList(id)).toBe('done');
    expect((await stored(id)).rowsDeletedAt).toEqual(rowsDeletedAt);
  });

  it('leaves other lists alone', async () => {
    const [id, other] = [await seed(), await seed()];
    const before = await left(other);
    await deleteList(scope, { listId: id });
    await purgeList(id);
    expect(await left(other)).toBe(before);
  });
});

describe('the clock of retention', () => {
  const expiry = (days: number, untilMs: number) => ({ retentionDays: days, finishedAt: ago(days * DAY_MS - untilMs) });

  test.each([
    { days: 30, untilMs: EXPIRY_NOTICE_DAYS * DAY_MS - HOUR_MS, isTold: true },
    { days: 30, untilMs: EXPIRY_NOTICE_DAYS * DAY_MS + HOUR_MS, isTold: false },
    { days: 1, untilMs: 11 * HOUR_MS, isTold: true },
    { days: 1, untilMs: 13 * HOUR_MS, isTold: false },
    { days: 3, untilMs: 35 * HOUR_MS, isTold: true },
    { days: 3, untilMs: 37 * HOUR_MS, isTold: false },
  ])('a list kept for $days days gets its notice $untilMs ms before expiry: $isTold', async ({ days, untilMs, isTold }) => {
    const id = await seed(expiry(days, untilMs));
    expect((await expireLists()).noticed).toBe(isTold ? 1 : 0);
    expect((await expireLists()).noticed).toBe(0);
    expect(await jobs('mail-list-expiry', id)).toBe(isTold ? 1 : 0);
    expect((await stored(id)).status).toBe('completed');
  });

  it('mails the creator when the rows go, and how to keep them', async () => {
    const id = await seed({ name: 'Spring', ...expiry(30, DAY_MS) });
    expect(await mailListExpiry(id)).toBe(true);
    const [mail] = await mailsTo(email);
    expect(mail?.subject).toMatch(/^The rows of “Spring” are deleted on [A-Z][a-z]+ \d{1,2}, \d{4}$/);
    expect(mail?.text).toContain(`/lists/${id}`);
    await deleteList(scope, { listId: id });
    expect(await mailListExpiry(id)).toBe(false);
  });

  it('expires a list when its time is over, but no sooner than twelve hours after the notice', async () => {
    const id = await seed(expiry(30, -HOUR_MS));
    expect(await expireLists()).toMatchObject({ noticed: 1, expired: 0 });
    await db().list.update({ where: { id }, data: { expiryNoticeAt: ago((EXPIRY_NOTICE_MIN_HOURS - 1) * HOUR_MS) } });
    expect(await expireLists()).toMatchObject({ expired: 0 });
    await db().list.update({ where: { id }, data: { expiryNoticeAt: ago((EXPIRY_NOTICE_MIN_HOURS + 1) * HOUR_MS) } });
    expect(await expireLists()).toMatchObject({ noticed: 0, expired: 1, purging: 1 });
    expect((await stored(id)).status).toBe('expired');
    expect(await jobs('purge-list', id)).toBe(1);
  });

  it('expires lists of the API and lists without rows without a notice', async () => {
    await seed({ createdById: null, ...expiry(30, -HOUR_MS) });
    await seed({ file: { rows: 0 }, ...expiry(30, -HOUR_MS) }, 'failed');
    expect(await expireLists()).toMatchObject({ noticed: 0, expired: 2 });
  });

  test.each(['queued', 'running', 'paused'] as const)('never touches a list that is %s', async (status) => {
    const id = await seed({ createdById: null, createdAt: ago(400 * DAY_MS), finishedAt: null }, status);
    expect(await expireLists()).toMatchObject({ noticed: 0, expired: 0 });
    expect((await stored(id)).status).toBe(status);
  });

  it('queues the purge of an expired list until its rows are gone, and for a day after that', async () => {
    const id = await seed({}, 'expired');
    expect(await expireLists()).toMatchObject({ purging: 1 });
    await db().list.update({ where: { id }, data: { rowsDeletedAt: ago(HOUR_MS) } });
    expect(await expireLists()).toMatchObject({ purging: 1 });
    await db().list.update({ where: { id }, data: { rowsDeletedAt: ago(25 * HOUR_MS) } });
    expect(await expireLists()).toMatchObject({ purging: 0 });
  });
});

describe('changing the retention', () => {
  it('moves the expiry, counted from the end of the run', async () => {
    const finishedAt = ago(5 * DAY_MS);
    const id = await seed({ finishedAt, expiryNoticeAt: new Date() });
    const changed = await changeKeeping(scope, { listId: id, retentionDays: 7 });
    expect(changed).toMatchObject({ ok: true, value: { expiresAt: new Date(finishedAt.getTime() + 7 * DAY_MS).toISOString() } });
    expect((await stored(id)).expiryNoticeAt).toBeNull();
  });

  test.each([LIST_RETENTION_DAYS.min - 1, LIST_RETENTION_DAYS.max + 1, 1.5])('refuses %d days', async (retentionDays) => {
    expect(await changeKeeping(scope, { listId: await seed(), retentionDays })).toMatchObject({
      ok: false,
      error: { code: 'invalid_request' },
    });
  });

  test.each([LIST_RETENTION_DAYS.min, LIST_RETENTION_DAYS.max])('takes %d days', async (retentionDays) => {
    expect(await changeKeeping(scope, { listId: await seed(), retentionDays })).toMatchObject({
      ok: true,
      value: { retentionDays },
    });
  });

  it('refuses a time that is over already', async () => {
    const id = await seed({ finishedAt: ago(5 * DAY_MS) });
    expect(await changeKeeping(scope, { listId: id, retentionDays: 5 })).toMatchObject({
      ok: false,
      error: { code: 'invalid_request' },
    });
    expect(await changeKeeping(scope, { listId: id, retentionDays: 6 })).toMatchObject({ ok: true });
  });

  it('is refused for deleted rows, for another workspace’s list, and for a list that does not exist', async () => {
    const id = await seed();
    expect(await changeKeeping(await makeWorkspace(), { listId: id, retentionDays: 9 })).toMatchObject({
      error: { code: 'not_found' },
    });
    expect(await changeKeeping(scope, { listId: newId('list'), retentionDays: 9 })).toMatchObject({
      error: { code: 'not_found' },
    });
    await deleteList(scope, { listId: id });
    expect(await changeKeeping(scope, { listId: id, retentionDays: 9 })).toMatchObject({ error: { code: 'gone' } });
  });
});

describe('the mail at the end', () => {
  it('goes to the creator of the list, unless they want none; a list of the API mails nobody', async () => {
    const id = await seed({ run: { run: 1 } });
    expect(await getList(scope, id)).toMatchObject({ value: { mailOnEnd: true } });
    expect(await mailList(id, 1)).toBe(true);
    expect(await changeKeeping(scope, { listId: id, mailOnEnd: false })).toMatchObject({ ok: true, value: { mailOnEnd: false } });
    expect(await mailList(id, 1)).toBe(false);
    const ofApi = await seed({ run: { run: 1 }, createdById: null });
    expect(await getList(scope, ofApi)).toMatchObject({ value: { mailOnEnd: null } });
    expect(await mailList(ofApi, 1)).toBe(false);
  });
});

describe('deleting the account', () => {
  it('deletes the rows and totals of all its lists, which no constraint in the database does', async () => {
    const [id, stays] = [await seed(), await seedList(await makeWorkspace(), { rows: ROWS })];
    await addWork(id);
    await db().user.update({ where: { id: userId }, data: { deletionAt: new Date() } });
    expect(await deleteAccount(userId, new Date(), leaveWorkspaces)).toBe('deleted');
    expect(await jobs('purge-list', id)).toBe(2);
    expect(await purgeList(id)).toBe('done');
    expect(await left(id)).toBe(0);
    expect(await db().listTally.count({ where: { listId: id } })).toBe(0);
    expect(await left(stays)).toBeGreaterThan(0);
  });
});
