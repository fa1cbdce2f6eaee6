// Takes a whole file that streams in, of a size that nobody knows before its end: kept in parts as it comes, so that memory stays at one
// part. A file that breaks off, is empty or is too large leaves nothing behind. With the id of a list that is there already, what a dead
// attempt left is begun anew, and a file that was received is not received again.
import { deleteParts, insertPart } from '@/lib/data/file-parts';
import { changeIntake, dropUpload, lockIntake } from '@/lib/data/list-intake';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { LIST_FILE_MAX_BYTES, UPLOAD_PART_BYTES } from '@/lib/domain/limits';
import type { ListView } from '@/lib/domain/list-view';
import { AppError, fail, ok, type Result } from '@/lib/errors';
import { EMPTY, nameOfFile, TOO_LARGE, type BeginUpload } from './begin-upload';
import { beginReading } from './begin-reading';
import { getList } from './get-list';
import { addList, toNewList } from './new-list';
import { stateConflict } from './state-conflict';

/** `sizeBytes`: as announced, 0 where it was not. */
export async function receiveFile(
  scope: Scope,
  upload: BeginUpload,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Result<ListView>> {
  const { fileName, sizeBytes } = upload;
  if (sizeBytes > LIST_FILE_MAX_BYTES) return fail('file_too_large', { detail: TOO_LARGE });
  const list = toNewList({ source: 'upload', settings: upload, fallbackName: nameOfFile(fileName), fileName, sizeBytes });
  if (!list.ok) return list;
  const listId = list.value.id;
  const added = await inTransaction((tx) => addList(scope, list.value, tx));
  if (!added.ok) return added;
  if (!added.value) {
    const begun = await getList(scope, listId);
    if (!begun.ok || begun.value.state !== 'uploading') return begun;
    await deleteParts(listId);
  }
  try {
    const size = await storeAll(scope, listId, bytes);
    return await finish(scope, listId, size);
  } catch (error) {
    await inTransaction(async (tx) => {
      await dropUpload(scope, listId, tx);
      await deleteParts(listId, tx);
    });
    if (error instanceof AppError) return { ok: false, error };
    throw error;
  }
}

/** Returns the size of the file. */
async function storeAll(scope: Scope, listId: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  let no = 0;
  for await (const part of inParts(bytes)) {
    size += part.length;
    if (size > LIST_FILE_MAX_BYTES) throw new AppError('file_too_large', { detail: TOO_LARGE });
    no++;
    if ((await insertPart(scope, listId, { no, bytes: part })) !== 'new') {
      throw new AppError('conflict', { detail: 'The list was ended while its file came in.' });
    }
    const receivedBytes = size;
    await inTransaction((tx) => changeIntake(scope, listId, { receivedBytes }, tx));
  }
  if (size === 0) throw new AppError('unreadable_file', { detail: EMPTY });
  return size;
}

async function* inParts(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let part = new Uint8Array(UPLOAD_PART_BYTES);
  let filled = 0;
  for await (let piece of bytes) {
    while (piece.length > 0) {
      const taken = piece.subarray(0, UPLOAD_PART_BYTES - filled);
      part.set(taken, filled);
      filled += taken.length;
      piece = piece.subarray(taken.length);
      if (filled < UPLOAD_PART_BYTES) continue;
      yield part;
      part = new Uint8Array(UPLOAD_PART_BYTES);
      filled = 0;
    }
  }
  if (filled > 0) yield part.subarray(0, filled);
}

async function finish(scope: Scope, listId: string, sizeBytes: number): Promise<Result<ListView>> {
  const received = await inTransaction<Result<null>>(async (tx) => {
    const list = await lockIntake(scope, listId, tx);
    if (list === null) return fail('not_found');
    if (list.state !== 'uploading') return stateConflict(list.state, 'read');
    await beginReading({ ...list, sizeBytes }, { sizeBytes }, tx);
    return ok(null);
  });
  return received.ok ? getList(scope, listId) : received;
}
