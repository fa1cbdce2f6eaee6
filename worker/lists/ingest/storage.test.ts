import { beforeEach, describe, expect, it } from 'vitest';
import { PLANS } from '@/lib/accounts/rules/plans';
import { createBatch } from '@/lib/lists/create';
import { cancelList } from '@/lib/lists/end';
import { changeKeeping, deleteList, expireLists, purgeList } from '@/lib/lists/keep';
import { getList } from '@/lib/lists/read';
import { chooseColumn } from '@/lib/lists/reading';
import { listParts } from '@/lib/lists/store/files';
import { sumStored } from '@/lib/lists/store/upkeep';
import { beginUpload, pasteList, receiveFile } from '@/lib/lists/upload';
import { db } from '@/lib/platform/db/client';
import type { Result } from '@/lib/platform/errors';
import {
  TEST_LIST_FILE_MAX_BYTES,
  TEST_LIST_RETENTION_DAYS,
  TEST_LIST_ROWS_MAX,
  TEST_LISTS_A_WORKSPACE,
  UPLOAD_PART_BYTES,
} from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { seedList, type SeedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { ingestList } from './ingest-list';

useTestDatabase();

const { keeps, unstartedListDays } = PLANS.free;
const FREE = keeps;
const DAY_MS = 24 * 3_600_000;

let scope: Scope;
beforeEach(async () => {
  scope = await makeWorkspace(10);
});

const refusal = <T>(result: Result<T>): string => (result.ok ? 'none' : result.error.code);
const sentence = <T>(result: Result<T>): string => (result.ok ? 'none' : result.error.message);
const begin = (sizeBytes = 1, test = false) => beginUpload(scope, { fileName: 'people.csv', sizeBytes, test });
const seed = (file: NonNullable<SeedList['more']>['file'] & object) => seedList(scope, { more: { file } });
const emails = (count: number) => Array.from({ length: count }, (_, at) => ({ email: `u${at}@example.com` }));
const lines = (count: number, name = 'u') => Array.from({ length: count }, (_, at) => `${name}${at}@example.com`).join('\n');
const read = async (listId: string) => {
  await ingestList(listId, { now: Date.now });
  return mustBeOk(await getList(scope, listId));
};
const pasted = async (text: string) => mustBeOk(await pasteList(scope, { text, test: false })).id;
const setPlan = (plan: string) => db().workspace.update({ where: { id: scope.workspaceId }, data: { plan } });

describe('lists of a plan', () => {
  it('stay within its number, and the refusal says what is used and what to do', async () => {
    for (let count = 0; count < FREE.lists; count++) expect(refusal(await begin())).toBe('none');
    const refused = await begin();
    expect(refusal(refused)).toBe('quota_exceeded');
    expect(sentence(refused)).toBe(
      'The Free plan keeps up to 10 lists. You have 10 lists. Delete lists you no longer need, keep them for fewer days, or move to a larger plan.',
    );
    expect(refusal(await pasteList(scope, { text: 'a@example.com', test: false }))).toBe('quota_exceeded');
    expect(refusal(await createBatch(scope, { items: emails(1), test: false }))).toBe('quota_exceeded');
    expect(await db().list.count({ where: scope })).toBe(FREE.lists);
  });

  it('never take the last place twice, however many come at once', async () => {
    for (let count = 1; count < FREE.lists; count++) await seed({});
    const at = await Promise.all(Array.from({ length: 6 }, () => begin()));
    expect(at.map(refusal).toSorted()).toEqual(['none', ...Array<string>(5).fill('quota_exceeded')]);
  });

  it('are counted until they are deleted; discarded and failed ones are not counted, and their rows are deleted', async () => {
    for (let count = 1; count < FREE.lists; count++) await seed({});
    const id = await pasted('a@example.com\nb@example.com');
    expect((await read(id)).status).toBe('ready');
    expect(refusal(await begin())).toBe('quota_exceeded');
    mustBeOk(await cancelList(scope, { listId: id }));
    expect(await purgeList(id)).toBe('done');
    expect([await db().listRow.count({ where: { listId: id } }), await listParts(id)]).toEqual([0, []]);
    expect(mustBeOk(await getList(scope, id)).status).toBe('cancelled');
    expect(refusal(await begin())).toBe('none');
    const oldest = await db().list.findFirstOrThrow({ where: { ...scope, status: 'completed' } });
    mustBeOk(await deleteList(scope, { listId: oldest.id }));
    expect(refusal(await begin())).toBe('none');
    expect(refusal(await begin())).toBe('quota_exceeded');
  });

  it('are all kept after a downgrade, and new ones are refused until they fit', async () => {
    await setPlan('starter');
    for (let count = 0; count <= FREE.lists; count++) await seed({ storedRows: 1 });
    expect(refusal(await begin())).toBe('none');
    await setPlan('free');
    expect(refusal(await begin())).toBe('quota_exceeded');
    await expireLists();
    expect(await db().list.count({ where: { ...scope, status: 'expired' } })).toBe(0);
  });

  it('do not count for other workspaces', async () => {
    const other = await makeWorkspace();
    for (let count = 0; count < FREE.lists; count++) await seedList(other, { more: { file: { storedRows: FREE.rows } } });
    expect(refusal(await begin())).toBe('none');
  });
});

describe('bytes of a plan', () => {
  it('are counted by the announced size before anything is sent', async () => {
    expect(refusal(await begin(FREE.bytes - 10))).toBe('none');
    expect(sentence(await begin(11))).toContain('You have 50 MB of lists, and this one adds 11 bytes.');
    expect(refusal(await begin(10))).toBe('none');
  });

  it('of a file that streams in are counted as it comes; a file that does not fit leaves nothing behind', async () => {
    await seed({ storedBytes: FREE.bytes - UPLOAD_PART_BYTES });
    const pieces = async function* (bytes: number) {
      yield await Promise.resolve(new Uint8Array(UPLOAD_PART_BYTES).fill(97));
      if (bytes > 0) yield new Uint8Array(bytes).fill(97);
    };
    const stream = (more: number) => receiveFile(scope, { fileName: 'a.csv', sizeBytes: 0, test: false }, pieces(more));
    expect(refusal(await stream(1))).toBe('quota_exceeded');
    expect(await db().list.count({ where: { ...scope, status: 'uploading' } })).toBe(0);
    expect(await db().fileChunk.count()).toBe(0);
    expect(refusal(await stream(0))).toBe('none');
  });
});

describe('rows of a plan', () => {
  it('of a batch are counted exactly', async () => {
    await seed({ storedRows: FREE.rows - 3 });
    expect(sentence(await createBatch(scope, { items: emails(4), test: false }))).toContain(
      'keeps up to 100,000 rows. You have 99,997 rows, and this one adds 4.',
    );
    const made = mustBeOk(await createBatch(scope, { items: emails(3), test: false }));
    expect(await sumStored(scope)).toEqual({ lists: 2, rows: FREE.rows, bytes: 3 * 'u1@example.com'.length });
    expect(made.status).toBe('queued');
    expect(refusal(await begin())).toBe('quota_exceeded');
  });

  it('over the plan’s room fail their file with the reason, and nothing of it is kept', async () => {
    await seed({ storedRows: FREE.rows - 2 });
    const id = await pasted(lines(3));
    expect(await read(id)).toMatchObject({ status: 'failed', failure: 'quota_exceeded' });
    expect((await read(id)).failureDetail).toContain('You have 99,998 rows, and this one adds at least 3.');
    expect(await db().listRow.count({ where: { listId: id } })).toBe(0);
    expect(await listParts(id)).toEqual([]);
    expect((await read(await pasted(lines(2)))).status).toBe('ready');
  });

  it('never take the last room twice when two files are read at once', async () => {
    await seed({ storedRows: FREE.rows - 3 });
    const ids = [await pasted(lines(2)), await pasted(lines(2, 'v'))];
    const views = await Promise.all(ids.map(read));
    expect(views.map(({ status }) => status).toSorted()).toEqual(['failed', 'ready']);
    expect((await sumStored(scope)).rows).toBe(FREE.rows - 1);
  });

  it('that were loaded keep their room: another column can be chosen even if all is used', async () => {
    const file = (async function* () {
      yield await Promise.resolve(Buffer.from('a@example.com,b@example.com\n'));
    })();
    const { id } = mustBeOk(await receiveFile(scope, { fileName: 'a.csv', sizeBytes: 0, test: false }, file));
    await read(id);
    await seed({ storedRows: FREE.rows });
    mustBeOk(await chooseColumn(scope, id, { emailColumn: 1, hasHeader: false }));
    expect((await sumStored(scope)).rows).toBe(FREE.rows + 1);
    expect(await read(id)).toMatchObject({ status: 'ready', emailColumn: 1 });
  });
});

describe('a list that is never started', () => {
  it('is kept for its plan’s days, and gets its whole retention once it starts', async () => {
    const id = await pasted('a@example.com');
    const ready = await read(id);
    const days = (view: { expiresAt: string | null }) =>
      Math.round((Date.parse(view.expiresAt ?? '') - Date.parse(ready.createdAt)) / DAY_MS);
    expect([ready.retentionDays, days(ready)]).toEqual([30, unstartedListDays]);
    mustBeOk(await changeKeeping(scope, { listId: id, retentionDays: 3 }));
    expect(days(mustBeOk(await getList(scope, id)))).toBe(3);
    mustBeOk(await changeKeeping(scope, { listId: id, retentionDays: 90 }));
    await db().list.update({ where: { id }, data: { status: 'completed', startedAt: new Date(), finishedAt: new Date() } });
    expect(days(mustBeOk(await getList(scope, id)))).toBe(90);
  });

  it('expires after these days', async () => {
    const id = await pasted('a@example.com');
    await read(id);
    await db().list.update({ where: { id }, data: { createdAt: new Date(Date.now() - unstartedListDays * DAY_MS - 1) } });
    expect(await expireLists()).toMatchObject({ expired: 1 });
    expect(mustBeOk(await getList(scope, id)).status).toBe('expired');
  });
});

describe('lists of test keys', () => {
  const batch = (count = 1) => createBatch(scope, { items: emails(count), test: true });
  const end = (id: string) => db().list.update({ where: { id }, data: { status: 'completed', finishedAt: new Date() } });

  it('are counted separately, kept for a day, and the oldest finished one makes way', async () => {
    const ids: string[] = [];
    for (let count = 0; count < TEST_LISTS_A_WORKSPACE; count++) ids.push(mustBeOk(await batch()).id);
    expect(await sumStored(scope)).toEqual({ lists: 0, rows: 0, bytes: 0 });
    expect(mustBeOk(await getList(scope, ids[0] ?? '')).retentionDays).toBe(TEST_LIST_RETENTION_DAYS);
    expect(refusal(await batch())).toBe('quota_exceeded');
    await end(ids[3] ?? '');
    expect(refusal(await batch())).toBe('none');
    expect(mustBeOk(await getList(scope, ids[3] ?? '')).status).toBe('expired');
    expect(refusal(await batch())).toBe('quota_exceeded');
    expect(refusal(await begin())).toBe('none');
  });

  it('are small, in rows and in bytes', async () => {
    expect(refusal(await begin(TEST_LIST_FILE_MAX_BYTES, true))).toBe('none');
    expect(refusal(await begin(TEST_LIST_FILE_MAX_BYTES + 1, true))).toBe('file_too_large');
    const of = async (count: number) => mustBeOk(await pasteList(scope, { text: lines(count), test: true })).id;
    expect((await read(await of(TEST_LIST_ROWS_MAX))).status).toBe('ready');
    expect(await read(await of(TEST_LIST_ROWS_MAX + 1))).toMatchObject({ status: 'failed', failure: 'too_many_rows' });
  });

  it('cannot be kept longer', async () => {
    const { id } = mustBeOk(await batch());
    expect(refusal(await changeKeeping(scope, { listId: id, retentionDays: 2 }))).toBe('invalid_request');
    expect(refusal(await changeKeeping(scope, { listId: id, retentionDays: 1 }))).toBe('none');
  });
});
