import { beforeEach, expect, it } from 'vitest';
import { db } from '@/lib/data/_client';
import { listParts } from '@/lib/data/file-parts';
import type { Scope } from '@/lib/data/scope';
import { UPLOAD_ABANDONED_AFTER_MS } from '@/lib/domain/limits';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { beginUpload } from './begin-upload';
import { endUpload } from './end-upload';
import { getList } from './get-list';
import { storePart } from './store-part';
import { sweepIntakes } from './sweep-intakes';

useTestDatabase();

let scope: Scope;
beforeEach(async () => {
  await db().list.deleteMany();
  await db().fileChunk.deleteMany();
  scope = await makeWorkspace();
});

const NOTHING = { abandoned: 0, readAgain: 0, failed: 0, deletedParts: 0 };
const LONG_AGO = new Date(Date.now() - UPLOAD_ABANDONED_AFTER_MS - 1_000);
const NOT_SO_LONG_AGO = new Date(Date.now() - UPLOAD_ABANDONED_AFTER_MS + 60_000);
const upload = async (): Promise<string> => {
  const { list } = mustBeOk(await beginUpload(scope, { fileName: 'a.csv', sizeBytes: 3, test: false }));
  await storePart(scope, { listId: list.id, no: 1, bytes: new Uint8Array(3) });
  return list.id;
};
const change = (id: string, data: { state?: string; updatedAt?: Date }) => db().list.update({ where: { id }, data });
const state = async (id: string) => mustBeOk(await getList(scope, id));

it('an upload that nobody goes on with is given up with its parts, and no other', async () => {
  const [old, young] = [await upload(), await upload()];
  await change(old, { updatedAt: LONG_AGO });
  await change(young, { updatedAt: NOT_SO_LONG_AGO });
  expect(await sweepIntakes()).toEqual({ ...NOTHING, abandoned: 1 });
  expect(await state(old)).toMatchObject({ state: 'failed', failure: 'upload_abandoned' });
  expect((await state(young)).state).toBe('uploading');
  expect([await listParts(old), await listParts(young)]).toMatchObject([[], [{ no: 1 }]]);
});

it('a file whose job is lost is read, one whose job failed for good fails, one that waits for its job is left alone', async () => {
  const [lost, broken, fine] = [await upload(), await upload(), await upload()];
  for (const id of [lost, broken, fine]) await endUpload(scope, id);
  await db().$queryRaw`SELECT 1 AS "x" FROM graphile_worker.remove_job(${`ingest:${lost}`})`;
  await db().$executeRaw`UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE key = ${`ingest:${broken}`}`;
  expect(await sweepIntakes()).toEqual({ ...NOTHING, readAgain: 1, failed: 1 });
  expect(await state(broken)).toMatchObject({ state: 'failed', failure: 'internal_error' });
  expect((await state(fine)).state).toBe('parsing');
  expect(await sweepIntakes()).toEqual(NOTHING);
});

it('files go when their list started, ended or is gone, or waits for its start too long', async () => {
  const [ready, waiting, running, cancelled, gone] = await Promise.all([upload(), upload(), upload(), upload(), upload()]);
  await change(ready, { state: 'ready', updatedAt: NOT_SO_LONG_AGO });
  await change(waiting, { state: 'ready', updatedAt: LONG_AGO });
  await change(running, { state: 'running' });
  await change(cancelled, { state: 'cancelled' });
  await db().list.delete({ where: { id: gone } });
  expect(await sweepIntakes()).toEqual({ ...NOTHING, deletedParts: 4 });
  expect(await db().fileChunk.findMany({ select: { fileId: true }, take: 9 })).toEqual([{ fileId: ready }]);
});
