// Takes one part of an upload, in any order and any number of times: the same bytes again change nothing. Refuses parts that the file
// does not have, parts of another size than theirs, and other bytes for a part that is there.
import { insertPart, listParts } from '@/lib/data/file-parts';
import { changeIntake, findIntake, lockIntake, type IntakeList } from '@/lib/data/list-intake';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { fail, ok, type Result } from '@/lib/errors';
import { stateConflict } from './state-conflict';
import { partCount, partSize } from './upload-parts';

export interface StorePart {
  listId: string;
  /** From 1. */
  no: number;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface StoredParts {
  receivedBytes: number;
  /** Numbers of the parts that are there. */
  parts: number[];
}

export async function storePart(scope: Scope, part: StorePart): Promise<Result<StoredParts>> {
  const list = await findIntake(scope, part.listId);
  if (list === null) return fail('not_found');
  if (list.state !== 'uploading') return stateConflict(list.state, 'given another part');
  const problem = findProblem(list, part);
  if (problem !== null) return fail('invalid_request', { detail: problem });
  const stored = await insertPart(scope, list.id, part);
  if (stored === 'other') return fail('conflict', { detail: `Part ${part.no} is there already, with other bytes.` });
  return countParts(scope, list.id);
}

/** Parts come at the same time: the sum is taken under the list's lock. */
function countParts(scope: Scope, listId: string): Promise<Result<StoredParts>> {
  return inTransaction(async (tx) => {
    const list = await lockIntake(scope, listId, tx);
    if (list === null) return fail('not_found');
    if (list.state !== 'uploading') return stateConflict(list.state, 'given another part');
    const parts = await listParts(listId, tx);
    const receivedBytes = parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    if (receivedBytes !== list.receivedBytes) await changeIntake(scope, listId, { receivedBytes }, tx);
    return ok({ receivedBytes, parts: parts.map(({ no }) => no) });
  });
}

function findProblem(list: IntakeList, { no, bytes }: StorePart): string | null {
  const size = partSize(list.sizeBytes, no);
  if (size === 0) return `The file has parts from 1 to ${partCount(list.sizeBytes)}.`;
  return bytes.length === size ? null : `Part ${no} must have ${size} bytes and has ${bytes.length}.`;
}
