import { beforeEach, expect, it } from 'vitest';
import { getList } from '@/lib/lists/read';
import { listParts } from '@/lib/lists/store/files';
import { beginUpload, endUpload, storePart } from '@/lib/lists/upload';
import { db } from '@/lib/platform/db/client';
import { UPLOAD_ABANDONED_AFTER_MS } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { mustBeOk } from '@/tests/database/ledger-moves';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { sweepIntakes } from './sweep';

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
const change = async (id: string, data: { status?: string; failure?: string; updatedAt?: Date }) => {
  await db().list.update({ where: { id }, data });
  if (data.updatedAt) await db().listFile.update({ where: { listId: id }, data: { updatedAt: data.updatedAt } });
};
const status = async (id: string) => mustBeOk(await getList(scope, id));

it('an upload that is not continued is given up with its parts, and no other one', async () => {
  const [old, young] = [await upload(), await upload()];
  await change(old, { updatedAt: LONG_AGO });
  await change(young, { updatedAt: NOT_SO_LONG_AGO });
  expect(await sweepIntakes()).toEqual({ ...NOTHING, abandoned: 1 });
  expect(await status(old)).toMatchObject({ status: 'failed', failure: 'upload_abandoned' });
  expect((await status(young)).status).toBe('uploading');
  expect([await listParts(old), await listParts(young)]).toMatchObject([[], [{ no: 1 }]]);
});

it('a file whose column is not chosen is given up with its parts, and none that still waits', async () => {
  const [old, young, ready] = [await upload(), await upload(), await upload()];
  const waits = { status: 'ready', failure: 'no_email_column' };
  await change(old, { ...waits, updatedAt: LONG_AGO });
  await change(young, { ...waits, updatedAt: NOT_SO_LONG_AGO });
  await change(ready, { status: 'ready', updatedAt: NOT_SO_LONG_AGO });
  expect(await sweepIntakes()).toEqual({ ...NOTHING, abandoned: 1 });
  expect(await status(old)).toMatchObject({ status: 'failed', failure: 'no_email_column' });
  expect(await status(young)).toMatchObject({ status: 'ready', failure: 'no_email_column' });
  expect((await status(ready)).failure).toBeNull();
  expect([await listParts(old), await listParts(young)]).toMatchObject([[], [{ no: 1 }]]);
});

it('a file whose job is lost is read, one whose job failed permanently fails, one that waits for its job is left alone', async () => {
  const [lost, broken, fine] = [await upload(), await upload(), await upload()];
  for (const id of [lost, broken, fine]) await endUpload(scope, id);
  await db().$queryRaw`SELECT 1 AS "x" FROM graphile_worker.remove_job(${`ingest:${lost}`})`;
  await db().$executeRaw`UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE key = ${`ingest:${broken}`}`;
  expect(await sweepIntakes()).toEqual({ ...NOTHING, readAgain: 1, failed: 1 });
  expect(await status(broken)).toMatchObject({ status: 'failed', failure: 'internal_error' });
  expect((await status(fine)).status).toBe('parsing');
  expect(await sweepIntakes()).toEqual(NOTHING);
});

it('files are deleted once their list has started, ended or been deleted, or has waited too long for its start', async () => {
  const [ready, waiting, running, cancelled, gone] = await Promise.all([upload(), upload(), upload(), upload(), upload()]);
  await change(ready, { status: 'ready', updatedAt: NOT_SO_LONG_AGO });
  await change(waiting, { status: 'ready', updatedAt: LONG_AGO });
  await change(running, { status: 'running' });
  await change(cancelled, { status: 'cancelled' });
  await db().list.delete({ where: { id: gone } });
  expect(await sweepIntakes()).toEqual({ ...NOTHING, deletedParts: 4 });
  expect(await db().fileChunk.findMany({ select: { fileId: true }, take: 9 })).toEqual([{ fileId: ready }]);
});
