import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { cancelList } from '@/lib/lists/end';
import { getList } from '@/lib/lists/read';
import { chooseColumn } from '@/lib/lists/reading';
import { rowProblemSentence } from '@/lib/lists/rules/list';
import { listParts, openListFile } from '@/lib/lists/store/files';
import { type BeginUpload, pasteList, receiveFile } from '@/lib/lists/upload';
import { db } from '@/lib/platform/db/client';
import type { Scope } from '@/lib/platform/scope';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { seedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { makeEndpoint } from '@/tests/database/webhooks';
import { ingestList } from './ingest-list';

useTestDatabase();

let scope: Scope;
beforeEach(async () => {
  scope = await makeWorkspace(10);
});

const deps = { now: Date.now };
const one = async function* (bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
};

async function upload(bytes: string | Uint8Array, more: Partial<BeginUpload> = {}): Promise<string> {
  const input = { fileName: 'people.csv', sizeBytes: 0, test: false, ...more };
  return mustBeOk(await receiveFile(scope, input, one(Buffer.from(bytes)))).id;
}

async function ingest(bytes: string | Uint8Array, more: Partial<BeginUpload> = {}) {
  const id = await upload(bytes, more);
  expect(await ingestList(id, deps)).toBe('done');
  return mustBeOk(await getList(scope, id));
}

const rowsOf = (listId: string) => db().listRow.findMany({ where: { listId }, orderBy: { n: 'asc' }, take: 100 });

const PEOPLE = `Name;E-mail;Note
"Lee; Ann";ann@example.com;"says ""hi""
twice"
Bob;bob@example.com;
Ann;ANN@example.com;x
Bob;bob@example.com;
Eve;;no address
Zoe;zoe(at)example.com;
Max;max@nowhere;\\ a\ttab
Joe`;

describe('a file', () => {
  it('becomes rows and a quote', async () => {
    const view = await ingest(PEOPLE);
    expect(view).toMatchObject({
      status: 'ready',
      failureDetail: null,
      hasHeader: true,
      emailColumn: 1,
      columns: [{ name: 'Name', emailShare: 0 }, { name: 'E-mail', emailShare: 0.625 }, { name: 'Note' }],
      preview: [
        { line: 2, cells: ['Lee; Ann', 'ann@example.com', 'says "hi" twice'] },
        { line: 4, cells: ['Bob', 'bob@example.com', ''] },
        { line: 5, cells: ['Ann', 'ANN@example.com', 'x'] },
        { line: 6, cells: ['Bob', 'bob@example.com', ''] },
        { line: 7, cells: ['Eve', '', 'no address'] },
      ],
      quote: {
        rows: 8,
        unique: 3,
        duplicates: 2,
        canonicalDuplicates: 1,
        syntaxInvalid: 1,
        rejected: 3,
        knownRecent: 0,
        maxCredits: 2,
      },
    });
    expect(view.file).toMatchObject({ format: 'csv', encoding: 'utf-8', parsedBytes: PEOPLE.length, sizeBytes: PEOPLE.length });
    const rows = await rowsOf(view.id);
    expect(
      rows.map(({ n, email, kind, first, problem }) => [n, email, kind, first, problem && rowProblemSentence(problem)]),
    ).toEqual([
      [1, 'ann@example.com', 0, null, null],
      [2, 'bob@example.com', 0, null, null],
      [3, 'ANN@example.com', 2, 1, null],
      [4, 'bob@example.com', 1, 2, null],
      [5, '', 3, null, 'The cell for the address is empty.'],
      [6, 'zoe(at)example.com', 3, null, 'The cell holds no email address.'],
      [7, 'max@nowhere', 0, null, null],
      [8, '', 3, null, 'The row ends before the column with the addresses.'],
    ]);
    expect(rows.map(({ cells }): unknown => JSON.parse(cells))).toEqual([
      ['Lee; Ann', 'ann@example.com', 'says "hi"\ntwice'],
      ['Bob', 'bob@example.com', ''],
      ['Ann', 'ANN@example.com', 'x'],
      ['Bob', 'bob@example.com', ''],
      ['Eve', '', 'no address'],
      ['Zoe', 'zoe(at)example.com', ''],
      ['Max', 'max@nowhere', '\\ a\ttab'],
      ['Joe'],
    ]);
  });

  it('may be compressed, in UTF-16, tab-separated and without a header', async () => {
    const text = 'ann@example.com\tÄnn 😀\nbob@example.com\tBob\n';
    const view = await ingest(gzipSync(Buffer.from(`\ufeff${text}`, 'utf16le')), { fileName: 'people.txt.gz' });
    expect(view).toMatchObject({
      name: 'people',
      hasHeader: false,
      emailColumn: 0,
      quote: { rows: 2, unique: 2 },
      file: { format: 'tsv', encoding: 'utf-16le' },
      columns: [{ name: 'Column 1' }, { name: 'Column 2' }],
      preview: [
        { line: 1, cells: ['ann@example.com', 'Änn 😀'] },
        { line: 2, cells: ['bob@example.com', 'Bob'] },
      ],
    });
  });

  it('is not charged for answers that the workspace got within the last day', async () => {
    await seedList(scope, {
      rows: [
        { cells: ['known@example.com'], reason: 'mailbox_exists' },
        { cells: ['unsure@example.com'], reason: 'greylisted' },
      ],
    });
    await db().listResult.updateMany({ where: scope, data: { checkedAt: new Date() } });
    const view = await ingest('known@example.com\nunsure@example.com\nnew@example.com\n');
    expect(view.quote).toMatchObject({ unique: 3, knownRecent: 1, maxCredits: 2 });
  });

  it('of a test key gets no answers from memory and costs nothing', async () => {
    const view = await ingest('mailbox-exists@example.com\nno-mx@example.com\n', { test: true });
    expect(view).toMatchObject({ status: 'ready', test: true, quote: { unique: 2, knownRecent: 0, maxCredits: 0 } });
  });

  it('reports once to the webhook that it is ready, and is kept so that another column can be chosen', async () => {
    const endpoint = await makeEndpoint(scope, { events: ['list.ready'] });
    const { id } = await ingest('first,second\na@example.com,b@example.com\na@example.com,c@example.com\n');
    expect(mustBeOk(await chooseColumn(scope, id, { emailColumn: 1, hasHeader: true })).quote).toBeNull();
    await ingestList(id, deps);
    const view = mustBeOk(await getList(scope, id));
    expect(view).toMatchObject({ status: 'ready', emailColumn: 1, quote: { rows: 2, unique: 2, duplicates: 0 } });
    mustBeOk(await chooseColumn(scope, id, { emailColumn: 0, hasHeader: false }));
    await ingestList(id, deps);
    expect(mustBeOk(await getList(scope, id)).quote).toMatchObject({ rows: 3, unique: 1, duplicates: 1, rejected: 1 });
    expect(await rowsOf(id)).toHaveLength(3);
    expect(await listParts(id)).toHaveLength(1);
    expect(await db().webhookDelivery.count({ where: { endpointId: endpoint.id } })).toBe(1);
  });

  it('starts by itself if that was asked for, and then is not kept', async () => {
    const view = await ingest('a@example.com\nb@example.com\n', { start: { mode: 'full' } });
    expect(view).toMatchObject({ status: 'queued', startMode: 'full', progress: { credits: { held: 2 } } });
    expect(await listParts(view.id)).toEqual([]);
  });

  it('that cannot start for lack of credits is ready and says so, until it starts', async () => {
    scope = await makeWorkspace(1);
    const view = await ingest('a@example.com\nb@example.com\n', { start: { mode: 'full' } });
    expect(view).toMatchObject({ status: 'ready', quote: { maxCredits: 2 }, progress: { credits: { held: 0 } } });
    expect(view.failureDetail).toMatch(/credit/);
    expect(await listParts(view.id)).toHaveLength(1);
  });

  it('that was pasted may have several addresses per line', async () => {
    const { id } = mustBeOk(
      await pasteList(scope, { text: 'a@example.com, b@example.com\nc@example.com; A@example.com', test: false }),
    );
    await ingestList(id, deps);
    expect(mustBeOk(await getList(scope, id))).toMatchObject({ file: { format: 'txt' }, quote: { rows: 4, unique: 3 } });
  });
});

describe('reading a list', () => {
  it('starts over after it dies at any moment, and changes nothing once done', async () => {
    const id = await upload(PEOPLE);
    await db().listRow.createMany({
      data: [1, 2, 900].map((n) => ({ listId: id, n, email: 'left@example.com', domain: 'example.com', kind: 0, cells: '[]' })),
    });
    await ingestList(id, deps);
    const rows = await rowsOf(id);
    await db().list.update({ where: { id }, data: { status: 'parsing' } });
    await ingestList(id, deps);
    expect(await rowsOf(id)).toEqual(rows);
    expect(rows).toHaveLength(8);
    const before = mustBeOk(await getList(scope, id));
    await ingestList(id, deps);
    expect(mustBeOk(await getList(scope, id))).toEqual(before);
  });

  it('is done by one process at a time', async () => {
    const id = await upload(PEOPLE);
    const other = await openListFile(id);
    expect(await ingestList(id, deps)).toBe('busy');
    await other?.close();
    expect(await ingestList(id, deps)).toBe('done');
  });

  it('keeps no row of a list that was canceled meanwhile', async () => {
    const lines = Array.from({ length: 5_000 }, (_, at) => `user${at}@example.com`).join('\n');
    const id = await upload(lines);
    let isCancelled = false;
    // The clock is read between batches, and advances a quarter of a second each time, so that progress is reported.
    let now = 0;
    const cancelling = {
      now: () => {
        now += 250;
        return now;
      },
    };
    const cancelSoon = setInterval(() => {
      if (!isCancelled) void cancelList(scope, { listId: id });
      isCancelled = true;
    }, 0);
    await ingestList(id, cancelling);
    clearInterval(cancelSoon);
    await cancelList(scope, { listId: id });
    await ingestList(id, deps);
    expect(mustBeOk(await getList(scope, id)).status).toBe('cancelled');
    expect(await rowsOf(id)).toEqual([]);
  });
});
