// Takes a list's file in: in parts (numbered from 1, all of one size except the last), as a stream, or as pasted text. Parts may
// arrive in any order and any number of times, and an upload that broke off can continue where it stopped. A stream that fails
// leaves nothing behind. Refuses files that are empty, too large or beyond the plan's storage, more lists under way than a
// workspace may have, part numbers that the file does not have, and different bytes for a part that is already stored.
import { inTransaction } from '@/lib/platform/db/transaction';
import { AppError, fail, ok, type Result } from '@/lib/platform/errors';
import { LIST_FILE_MAX_BYTES, PASTE_MAX_BYTES, TEST_LIST_FILE_MAX_BYTES, UPLOAD_PART_BYTES } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { addList, findOverflow, type ListSettings, plainFileName, toNewList } from './create';
import { getList, statusConflict } from './read';
import { beginReading } from './reading';
import type { ListView } from './rules/view';
import { deleteParts, insertPart, listParts } from './store/files';
import { changeFile, dropUpload, findIntake, type IntakeList, lockIntake } from './store/intake';
import { lockStorage } from './store/upkeep';

export const partCount = (sizeBytes: number): number => Math.ceil(sizeBytes / UPLOAD_PART_BYTES);

/** The size that this part must have; 0 if the file has no such part. */
export function partSize(sizeBytes: number, no: number): number {
  if (!Number.isSafeInteger(no) || no < 1 || no > partCount(sizeBytes)) return 0;
  return Math.min(UPLOAD_PART_BYTES, sizeBytes - (no - 1) * UPLOAD_PART_BYTES);
}

export interface BeginUpload extends ListSettings {
  fileName: string;
  sizeBytes: number;
}

export interface BegunUpload {
  list: ListView;
  /** The size of each part except the last. Parts are numbered from 1. */
  partBytes: number;
}

const MB = 1024 * 1024;
export const fileMaxBytes = ({ test }: { test: boolean }): number => (test ? TEST_LIST_FILE_MAX_BYTES : LIST_FILE_MAX_BYTES);
export const tooLarge = (of: { test: boolean }): string =>
  `A file${of.test ? ' of a test key' : ''} may have at most ${fileMaxBytes(of) / MB} MB.`;
export const EMPTY = 'The file is empty.';

const ENDINGS = /(\.(csv|tsv|tab|txt|xlsx|gz))+$/i;
/** The file's name without folders and extensions. */
export const nameOfFile = (fileName: string): string => plainFileName(fileName).replace(ENDINGS, '');

/** Creates a list that waits for the parts of its file. A second call with the same id returns the list as it is. */
export async function beginUpload(scope: Scope, upload: BeginUpload): Promise<Result<BegunUpload>> {
  const { fileName, sizeBytes } = upload;
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) {
    return fail('invalid_request', { fields: { size_bytes: 'must be a whole number' } });
  }
  if (sizeBytes === 0) return fail('unreadable_file', { detail: EMPTY });
  if (sizeBytes > fileMaxBytes(upload)) return fail('file_too_large', { detail: tooLarge(upload) });
  const list = toNewList({ source: 'upload', settings: upload, fallbackName: nameOfFile(fileName), fileName, sizeBytes });
  if (!list.ok) return list;
  const added = await inTransaction((tx) => addList(scope, list.value, tx));
  if (!added.ok) return added;
  const view = await getList(scope, list.value.id);
  return view.ok ? ok({ list: view.value, partBytes: UPLOAD_PART_BYTES }) : view;
}

/** Tells which parts are stored, so that a client can continue an upload that broke off. */
export async function getUpload(scope: Scope, listId: string): Promise<Result<BegunUpload & { parts: number[] }>> {
  const list = await getList(scope, listId);
  if (!list.ok) return list;
  const parts = list.value.status === 'uploading' ? await listParts(listId) : [];
  return ok({ list: list.value, partBytes: UPLOAD_PART_BYTES, parts: parts.map(({ no }) => no) });
}

export interface StorePart {
  listId: string;
  /** From 1. */
  no: number;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface StoredParts {
  receivedBytes: number;
  /** Numbers of the stored parts. */
  parts: number[];
}

/** Storing the same bytes again changes nothing. */
export async function storePart(scope: Scope, part: StorePart): Promise<Result<StoredParts>> {
  const list = await findIntake(scope, part.listId);
  if (list === null) return fail('not_found');
  if (list.status !== 'uploading') return statusConflict(list.status, 'given another part');
  const problem = findProblem(list, part);
  if (problem !== null) return fail('invalid_request', { detail: problem });
  const stored = await insertPart(scope, list.id, part);
  if (stored === 'other') return fail('conflict', { detail: `Part ${part.no} was already uploaded with different bytes.` });
  return countParts(scope, list.id);
}

/** Parts may arrive concurrently, so they are summed with the list locked. */
function countParts(scope: Scope, listId: string): Promise<Result<StoredParts>> {
  return inTransaction(async (tx) => {
    const list = await lockIntake(scope, listId, tx);
    if (list === null) return fail('not_found');
    if (list.status !== 'uploading') return statusConflict(list.status, 'given another part');
    const parts = await listParts(listId, tx);
    const receivedBytes = parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    if (receivedBytes !== list.receivedBytes) await changeFile(listId, { receivedBytes }, tx);
    return ok({ receivedBytes, parts: parts.map(({ no }) => no) });
  });
}

function findProblem(list: IntakeList, { no, bytes }: StorePart): string | null {
  const size = partSize(list.sizeBytes, no);
  if (size === 0) return `The parts of the file are numbered 1 to ${partCount(list.sizeBytes)}.`;
  return bytes.length === size ? null : `Part ${no} must have ${size} bytes and has ${bytes.length}.`;
}

/**
 * Ends the upload once all parts are stored: from then on the worker reads the file. A second call finds the file read or being
 * read. While parts are missing it refuses, and names the first missing one.
 */
export async function endUpload(scope: Scope, listId: string): Promise<Result<ListView>> {
  const ended = await inTransaction<Result<null>>(async (tx) => {
    const list = await lockIntake(scope, listId, tx);
    if (list === null) return fail('not_found');
    if (list.status === 'cancelled') return statusConflict(list.status, 'read');
    if (list.status !== 'uploading') return ok(null);
    const missing = firstMissing(list.sizeBytes, await listParts(listId, tx));
    if (missing !== null)
      return fail('conflict', { detail: `Part ${missing} of ${partCount(list.sizeBytes)} has not been uploaded yet.` });
    await beginReading(list, { file: { receivedBytes: list.sizeBytes } }, tx);
    return ok(null);
  });
  return ended.ok ? getList(scope, listId) : ended;
}

function firstMissing(sizeBytes: number, parts: readonly { no: number; sizeBytes: number }[]): number | null {
  const sizes = new Map(parts.map((part) => [part.no, part.sizeBytes]));
  for (let no = 1; no <= partCount(sizeBytes); no++) if (sizes.get(no) !== partSize(sizeBytes, no)) return no;
  return null;
}

export interface PasteList extends ListSettings {
  text: string;
}

/** Pasted text is stored and read as a text file. */
export async function pasteList(scope: Scope, paste: PasteList): Promise<Result<ListView>> {
  const bytes = new TextEncoder().encode(paste.text);
  if (paste.text.trim() === '') return fail('invalid_request', { fields: { text: 'Paste at least one address.' } });
  if (bytes.length > PASTE_MAX_BYTES) {
    return fail('file_too_large', { detail: `At most ${PASTE_MAX_BYTES / MB} MB can be pasted; upload a file instead.` });
  }
  const list = toNewList({ source: 'paste', settings: paste, fallbackName: 'Pasted list', sizeBytes: bytes.length });
  if (!list.ok) return list;
  const { id } = list.value;
  const added = await inTransaction((tx) => addList(scope, list.value, tx));
  if (!added.ok) return added;
  // If the list exists already, its text is stored or is stored now: an earlier attempt may have died between the two steps.
  await insertPart(scope, id, { no: 1, bytes });
  return endUpload(scope, id);
}

/**
 * Receives a whole file as a stream whose size is not known until its end (`sizeBytes` is the announced size, or 0). It is stored
 * part by part as it arrives, so memory stays at one part. With the id of an existing list, what a dead attempt left is started
 * over, and a file that was fully received is not received again.
 */
export async function receiveFile(
  scope: Scope,
  upload: BeginUpload,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Result<ListView>> {
  const { fileName, sizeBytes } = upload;
  if (sizeBytes > fileMaxBytes(upload)) return fail('file_too_large', { detail: tooLarge(upload) });
  const list = toNewList({ source: 'upload', settings: upload, fallbackName: nameOfFile(fileName), fileName, sizeBytes });
  if (!list.ok) return list;
  const listId = list.value.id;
  const added = await inTransaction((tx) => addList(scope, list.value, tx));
  if (!added.ok) return added;
  if (!added.value) {
    const begun = await getList(scope, listId);
    if (!begun.ok || begun.value.status !== 'uploading') return begun;
    await deleteParts(listId);
  }
  try {
    const size = await storeAll(scope, { listId, test: upload.test }, bytes);
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
async function storeAll(
  scope: Scope,
  { listId, test }: { listId: string; test: boolean },
  bytes: AsyncIterable<Uint8Array>,
): Promise<number> {
  let size = 0;
  let no = 0;
  for await (const part of inParts(bytes)) {
    size += part.length;
    if (size > fileMaxBytes({ test })) throw new AppError('file_too_large', { detail: tooLarge({ test }) });
    no++;
    if ((await insertPart(scope, listId, { no, bytes: part })) !== 'new') {
      throw new AppError('conflict', { detail: 'The list was ended during the upload of its file.' });
    }
    await countReceived(scope, listId, size);
  }
  if (size === 0) throw new AppError('unreadable_file', { detail: EMPTY });
  return size;
}

/** The file's size was not known when the upload was admitted, so each part is checked against what the plan keeps. */
async function countReceived(scope: Scope, listId: string, receivedBytes: number): Promise<void> {
  await inTransaction(async (tx) => {
    const plan = await lockStorage(scope, tx);
    const list = await lockIntake(scope, listId, tx);
    if (list === null) return;
    const detail = await findOverflow(list, { need: { rows: null, bytes: receivedBytes, isAtLeast: true }, plan }, tx);
    if (detail !== null) throw new AppError('quota_exceeded', { detail });
    await changeFile(listId, { receivedBytes }, tx);
  });
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
    if (list.status !== 'uploading') return statusConflict(list.status, 'read');
    await beginReading({ ...list, sizeBytes }, { file: { sizeBytes } }, tx);
    return ok(null);
  });
  return received.ok ? getList(scope, listId) : received;
}
