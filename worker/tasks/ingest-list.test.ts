import { z } from 'zod';
import { queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { beforeEach, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { openListFile } from '@/lib/lists/store/files';
import type { Scope } from '@/lib/platform/scope';
import { SMALL_FILE_MAX_BYTES } from '@/lib/platform/limits';
import { getList } from '@/lib/lists/read';
import { receiveFile } from '@/lib/lists/upload';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { createReadingSlots } from '../lists/ingest/ingest-list';
import { createIngestList } from './lists';

useTestDatabase();

let scope: Scope;
beforeEach(async () => {
  scope = await makeWorkspace();
});

const one = async function* (text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
};
const upload = async (text: string): Promise<string> =>
  mustBeOk(await receiveFile(scope, { fileName: 'a.csv', sizeBytes: 0, test: false }, one(text))).id;
const job = (listId: string) =>
  queryRows(
    z.object({ later: z.boolean() }),
    Prisma.sql`SELECT "run_at" > now() AS "later" FROM graphile_worker.jobs WHERE "key" = ${`ingest:${listId}`}`,
  );
const task = (readingSlots = createReadingSlots()) => createIngestList({ now: Date.now, readingSlots });
const status = async (listId: string) => mustBeOk(await getList(scope, listId)).status;

it('a small file has room beside a large one, and a file without room comes again', async () => {
  const slots = createReadingSlots();
  const leave = slots.take(SMALL_FILE_MAX_BYTES + 1);
  expect([leave === null, slots.take(SMALL_FILE_MAX_BYTES + 1)]).toEqual([false, null]);
  const listId = await upload('a@example.com\n');
  await task(slots).run({ listId });
  expect(await status(listId)).toBe('ready');
  leave?.();
  expect(slots.take(SMALL_FILE_MAX_BYTES + 1)).not.toBeNull();
});

it('a file that another process reads, or that finds no room, is given back to the queue for later', async () => {
  const listId = await upload('a@example.com\n');
  const other = await openListFile(listId);
  await task().run({ listId });
  await other?.close();
  expect([await status(listId), await job(listId)]).toEqual(['parsing', [{ later: true }]]);
  await task({ take: () => null }).run({ listId });
  expect([await status(listId), await job(listId)]).toEqual(['parsing', [{ later: true }]]);
});

it('a list that does not wait to be read is left alone; one that our own software keeps failing at fails', async () => {
  const listId = await upload('a@example.com\n');
  await task().giveUp?.({ listId });
  expect(mustBeOk(await getList(scope, listId))).toMatchObject({ status: 'failed', failure: 'internal_error' });
  await task().run({ listId });
  await task().run({ listId: 'lst_unknown' });
  expect(await status(listId)).toBe('failed');
});

it('a file whose reading is killed leaves no rows, and reading it again gives all of them', async () => {
  const rows = 60_000;
  const listId = await upload(Array.from({ length: rows }, (_, at) => `user${at % 50_000}@example.com,${at}`).join('\n'));
  const reader = spawn(process.execPath, ['--import', 'tsx', 'tests/worker/slow-reader.ts', listId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(reader.stdout, 'data');
  reader.kill('SIGKILL');
  await once(reader, 'exit');
  expect(await db().listRow.count({ where: { listId } })).toBe(0);
  // The database notices on its own that its client is gone.
  for (let isDone = false; !isDone;) {
    await task().run({ listId });
    isDone = (await status(listId)) !== 'parsing';
  }
  expect(mustBeOk(await getList(scope, listId)).quote).toMatchObject({ rows, unique: 50_000, duplicates: 10_000 });
  expect(await db().listRow.count({ where: { listId } })).toBe(rows);
});
