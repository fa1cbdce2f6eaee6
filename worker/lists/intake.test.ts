import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { getBalance } from '@/lib/credits/balance';
import { createBatch } from '@/lib/lists/create';
import { chooseColumn } from '@/lib/lists/reading';
import { listParts } from '@/lib/lists/store/files';
import { beginUpload, type BeginUpload, endUpload, getUpload, pasteList, receiveFile, storePart } from '@/lib/lists/upload';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db } from '@/lib/platform/db/client';
import { queryRows } from '@/lib/platform/db/rows';
import type { Result } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import {
  BATCH_MAX_EMAILS,
  LIST_FILE_MAX_BYTES,
  LIST_NAME_MAX_CHARS,
  LISTS_AT_WORK_A_WORKSPACE,
  PASTE_MAX_BYTES,
  UPLOAD_PART_BYTES,
} from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { seedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { makeEndpoint } from '@/tests/database/webhooks';
import { failReading } from './reading';

useTestDatabase();

let scope: Scope;
beforeEach(async () => {
  scope = await makeWorkspace(10, 'business');
});

const upload = (more: Partial<BeginUpload> = {}): BeginUpload => ({
  fileName: 'people.csv',
  sizeBytes: 10,
  test: false,
  ...more,
});
const begin = async (more: Partial<BeginUpload> = {}) => mustBeOk(await beginUpload(scope, upload(more))).list.id;
const bytesOf = (length: number, fill = 1): Uint8Array<ArrayBuffer> => new Uint8Array(length).fill(fill);
const refusal = <T>(result: Result<T>): string => (result.ok ? 'none' : result.error.code);
const jobs = (key: string) =>
  queryRows(z.object({ priority: z.int() }), Prisma.sql`SELECT "priority" FROM graphile_worker.jobs WHERE "key" = ${key}`);
const pieces = async function* (...sizes: number[]): AsyncGenerator<Uint8Array> {
  for (const size of sizes) yield await Promise.resolve(bytesOf(size));
};

describe('an upload in parts', () => {
  it('takes parts in any order, any number of times, and is read when all are there', async () => {
    const sizeBytes = 2 * UPLOAD_PART_BYTES + 5;
    const listId = await begin({ sizeBytes, fileName: 'C:\\files\\Spring people.csv.gz' });
    expect(mustBeOk(await storePart(scope, { listId, no: 3, bytes: bytesOf(5) }))).toEqual({ receivedBytes: 5, parts: [3] });
    await storePart(scope, { listId, no: 1, bytes: bytesOf(UPLOAD_PART_BYTES) });
    expect(mustBeOk(await storePart(scope, { listId, no: 1, bytes: bytesOf(UPLOAD_PART_BYTES) })).parts).toEqual([1, 3]);
    const early = await endUpload(scope, listId);
    expect(early.ok || early.error.message).toBe('Part 2 of 3 has not been uploaded yet.');
    const resumed = mustBeOk(await getUpload(scope, listId));
    expect(resumed).toMatchObject({ parts: [1, 3], partBytes: UPLOAD_PART_BYTES, list: { status: 'uploading' } });
    await storePart(scope, { listId, no: 2, bytes: bytesOf(UPLOAD_PART_BYTES) });
    const view = mustBeOk(await endUpload(scope, listId));
    expect(view).toMatchObject({ status: 'parsing', name: 'Spring people', file: { receivedBytes: sizeBytes, sizeBytes } });
    expect(await jobs(`ingest:${listId}`)).toEqual([{ priority: 10 }]);
    expect(mustBeOk(await endUpload(scope, listId)).status).toBe('parsing');
    expect(refusal(await storePart(scope, { listId, no: 3, bytes: bytesOf(5) }))).toBe('list_status_conflict');
  });

  it('refuses other bytes for a part, parts that the file does not have, and parts of another size', async () => {
    const listId = await begin();
    await storePart(scope, { listId, no: 1, bytes: bytesOf(10) });
    expect(refusal(await storePart(scope, { listId, no: 1, bytes: bytesOf(10, 2) }))).toBe('conflict');
    for (const no of [0, 2, 1.5])
      expect(refusal(await storePart(scope, { listId, no, bytes: bytesOf(10) }))).toBe('invalid_request');
    expect(refusal(await storePart(scope, { listId, no: 1, bytes: bytesOf(9) }))).toBe('invalid_request');
  });

  it('is hidden from other workspaces', async () => {
    const listId = await begin();
    const other = await makeWorkspace();
    expect(refusal(await storePart(other, { listId, no: 1, bytes: bytesOf(10) }))).toBe('not_found');
    expect(refusal(await endUpload(other, listId))).toBe('not_found');
    expect(refusal(await getUpload(other, listId))).toBe('not_found');
    expect(refusal(await beginUpload(other, upload({ listId })))).toBe('conflict');
  });

  it('begins once for one id', async () => {
    const listId = newId('list');
    expect([await begin({ listId }), await begin({ listId })]).toEqual([listId, listId]);
  });

  it('may be as large as the limit, and must not be empty', async () => {
    expect(refusal(await beginUpload(scope, upload({ sizeBytes: LIST_FILE_MAX_BYTES })))).toBe('none');
    expect(refusal(await beginUpload(scope, upload({ sizeBytes: LIST_FILE_MAX_BYTES + 1 })))).toBe('file_too_large');
    expect(refusal(await beginUpload(scope, upload({ sizeBytes: 0 })))).toBe('unreadable_file');
  });

  it('takes a name, a retention and a start, if they are valid', async () => {
    const name = 'n'.repeat(LIST_NAME_MAX_CHARS);
    expect(refusal(await beginUpload(scope, upload({ name, retentionDays: 90 })))).toBe('none');
    const start = { mode: 'full', creditCap: 3 } as const;
    const wrong = await beginUpload(scope, upload({ name: `${name}n`, retentionDays: 91, start }));
    expect(wrong.ok ? {} : Object.keys(wrong.error.fields)).toEqual(['name', 'retention_days', 'credit_cap']);
  });

  it('counts toward the limit of lists in progress', async () => {
    for (let count = 0; count < LISTS_AT_WORK_A_WORKSPACE; count++) await begin();
    expect(refusal(await beginUpload(scope, upload()))).toBe('limit_reached');
  });
});

describe('a file that streams in', () => {
  it('is kept in parts, however it is cut', async () => {
    const sizes = [1, UPLOAD_PART_BYTES, UPLOAD_PART_BYTES - 1, 7];
    const view = mustBeOk(await receiveFile(scope, upload({ sizeBytes: 0 }), pieces(...sizes)));
    expect(view).toMatchObject({ status: 'parsing', file: { receivedBytes: 2 * UPLOAD_PART_BYTES + 7 } });
    expect((await listParts(view.id)).map(({ sizeBytes }) => sizeBytes)).toEqual([UPLOAD_PART_BYTES, UPLOAD_PART_BYTES, 7]);
  });

  it('leaves nothing behind if it is empty, too large or broken off', async () => {
    const listId = newId('list');
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield* pieces(UPLOAD_PART_BYTES, 1);
      throw new Error('the client went away');
    };
    await expect(receiveFile(scope, upload({ sizeBytes: 0, listId }), broken())).rejects.toThrow('went away');
    expect(refusal(await receiveFile(scope, upload({ sizeBytes: 0, listId }), pieces()))).toBe('unreadable_file');
    const huge = Array.from({ length: 6 }, () => 50 * 1024 * 1024);
    expect(refusal(await receiveFile(scope, upload({ sizeBytes: 0, listId }), pieces(...huge)))).toBe('file_too_large');
    expect(await db().list.count({ where: { id: listId } })).toBe(0);
    expect(await listParts(listId)).toEqual([]);
  });

  it('starts over after an attempt that died, and is received once', async () => {
    const listId = newId('list');
    await begin({ listId, sizeBytes: 20 });
    await db().fileChunk.create({ data: { fileId: listId, no: 1, bytes: bytesOf(3, 9) } });
    expect(mustBeOk(await receiveFile(scope, upload({ sizeBytes: 0, listId }), pieces(6))).file.receivedBytes).toBe(6);
    expect(mustBeOk(await receiveFile(scope, upload({ sizeBytes: 0, listId }), pieces(8))).file.receivedBytes).toBe(6);
  });
});

describe('what is pasted', () => {
  it('becomes a list, which is read before large files', async () => {
    const view = mustBeOk(await pasteList(scope, { text: 'a@example.com\nb@example.com', test: false }));
    expect(view).toMatchObject({ source: 'paste', status: 'parsing', name: 'Pasted list' });
    expect(await jobs(`ingest:${view.id}`)).toEqual([{ priority: 5 }]);
  });

  it('is neither empty nor too long', async () => {
    expect(refusal(await pasteList(scope, { text: ' \n ', test: false }))).toBe('invalid_request');
    expect(refusal(await pasteList(scope, { text: 'a'.repeat(PASTE_MAX_BYTES), test: false }))).toBe('none');
    expect(refusal(await pasteList(scope, { text: 'ü'.repeat(PASTE_MAX_BYTES / 2 + 1), test: false }))).toBe('file_too_large');
  });
});

describe('a batch', () => {
  const items = [
    { email: 'a@example.com', ref: '17', metadata: { plan: 'x' } },
    { email: 'A@example.com' },
    { email: 'nonsense' },
    { email: 'b@example.com' },
  ];

  it('is read, paid for with a hold and started at once; every item is a row with its reference', async () => {
    const view = mustBeOk(await createBatch(scope, { items, test: false }));
    expect(view).toMatchObject({
      source: 'api',
      status: 'queued',
      name: 'Batch of 4',
      quote: { rows: 4, unique: 3, duplicates: 1, canonicalDuplicates: 1, syntaxInvalid: 1, rejected: 0, maxCredits: 2 },
      progress: { credits: { held: 2 } },
    });
    const rows = await db().listRow.findMany({ where: { listId: view.id }, orderBy: { n: 'asc' }, take: 9 });
    expect(rows[0]).toMatchObject({ email: 'a@example.com', cells: '["a@example.com","17","{\\"plan\\":\\"x\\"}"]' });
    expect(rows[2]).toMatchObject({ email: 'nonsense', domain: '', kind: 0 });
  });

  it('that cannot be paid for leaves nothing behind', async () => {
    const poor = await makeWorkspace(1);
    expect(refusal(await createBatch(poor, { items, test: false }))).toBe('insufficient_credits');
    expect(await db().list.count({ where: { workspaceId: poor.workspaceId } })).toBe(0);
    expect((await getBalance(poor)).held).toBe(0);
  });

  it('of a test key costs nothing', async () => {
    const poor = await makeWorkspace();
    expect(mustBeOk(await createBatch(poor, { items, test: true }))).toMatchObject({
      status: 'queued',
      quote: { maxCredits: 0 },
    });
  });

  it('is created once per id, and has one to a thousand items', async () => {
    const listId = newId('list');
    await createBatch(scope, { items, test: false, listId });
    expect(mustBeOk(await createBatch(scope, { items, test: false, listId })).id).toBe(listId);
    expect((await getBalance(scope)).held).toBe(2);
    expect(refusal(await createBatch(scope, { items: [], test: true }))).toBe('invalid_request');
    const many = Array.from({ length: BATCH_MAX_EMAILS + 1 }, (_, at) => ({ email: `u${at}@example.com` }));
    expect(refusal(await createBatch(scope, { items: many, test: true }))).toBe('invalid_request');
    expect(refusal(await createBatch(scope, { items: many.slice(1), test: true }))).toBe('none');
  });
});

describe('another column', () => {
  const columns = [
    { name: 'a', emailShare: 1 },
    { name: 'b', emailShare: 1 },
  ];
  const ready = async (hasFile = true) => {
    const listId = await seedList(scope, {
      status: 'ready',
      more: { file: { columns, emailColumn: 0, hasHeader: true }, run: { startOnReady: true } },
    });
    if (hasFile) await db().fileChunk.create({ data: { fileId: listId, no: 1, bytes: bytesOf(3) } });
    return listId;
  };

  it('makes the file be read again, and the list wait for its start', async () => {
    const listId = await ready();
    expect(mustBeOk(await chooseColumn(scope, listId, { emailColumn: 0, hasHeader: true })).status).toBe('ready');
    expect(mustBeOk(await chooseColumn(scope, listId, { emailColumn: 1, hasHeader: true })).status).toBe('parsing');
    const select = { file: { select: { emailColumn: true } }, run: { select: { startOnReady: true } } };
    const row = await db().list.findUniqueOrThrow({ where: { id: listId }, select });
    expect(row).toEqual({ file: { emailColumn: 1 }, run: { startOnReady: false } });
    expect(refusal(await chooseColumn(scope, listId, { emailColumn: 0, hasHeader: true }))).toBe('list_status_conflict');
  });

  it('must exist, and so must the file', async () => {
    const listId = await ready();
    for (const emailColumn of [-1, 2, 0.5]) {
      expect(refusal(await chooseColumn(scope, listId, { emailColumn, hasHeader: true }))).toBe('invalid_request');
    }
    expect(refusal(await chooseColumn(scope, await ready(false), { emailColumn: 1, hasHeader: true }))).toBe(
      'list_status_conflict',
    );
    expect(refusal(await chooseColumn(await makeWorkspace(), listId, { emailColumn: 1, hasHeader: true }))).toBe('not_found');
  });
});

describe('a file that can’t be read', () => {
  it('fails its list with a sentence, is reported once to the webhook, and is not kept', async () => {
    const endpoint = await makeEndpoint(scope, { events: ['list.failed'] });
    const listId = await begin();
    await storePart(scope, { listId, no: 1, bytes: bytesOf(10) });
    await endUpload(scope, listId);
    const failure = { failure: 'unreadable_file', detail: 'This is a picture.' } as const;
    expect([await failReading(listId, failure), await failReading(listId, failure)]).toEqual([true, false]);
    expect(mustBeOk(await getUpload(scope, listId))).toMatchObject({
      parts: [],
      list: { status: 'failed', failure: 'unreadable_file', failureDetail: 'This is a picture.' },
    });
    expect(await listParts(listId)).toEqual([]);
    expect(await db().webhookDelivery.count({ where: { endpointId: endpoint.id } })).toBe(1);
  });
});
