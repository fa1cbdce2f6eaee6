// Takes one part of an upload, in any order and any number of times: the same bytes again change nothing. Refuses parts that the file
// does not have, parts of another size than theirs, and other bytes for a part that is there.
import { insertPart, listParts } from '@/lib/data/file-parts';
import { changeIntake, lockIntake, type IntakeList } from '@/lib/data/list-intake';
import type { Scope } from '@/lib/data/scope';
import { inTransaction, type Tx } from '@/lib/data/transaction';
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

export function storePart(scope: Scope, part: StorePart): Promise<Result<StoredParts>> {
  return inTransaction(async (tx) => {
    const list = await lockIntake(scope, part.listId, tx);
    if (list === null) return fail('not_found');
    if (list.state !== 'uploading') return stateConflict(list.state, 'given another part');
    const problem = findProblem(list, part);
    if (problem !== null) return fail('invalid_request', { detail: problem });
    return store(list, part, tx);
  });
}

function findProblem(list: IntakeList, { no, bytes }: StorePart): string | null {
  const size = partSize(list.sizeBytes, no);
  if (size === 0) return `The file has parts from 1 to ${partCount(list.sizeBytes)}.`;
  return bytes.length === size ? null : `Part ${no} must have ${size} bytes and has ${bytes.length}.`;
}

async function store(list: IntakeList, { no, bytes }: StorePart, tx: Tx): Promise<Result<StoredParts>> {
  const stored = await insertPart(list.id, { no, bytes }, tx);
  if (stored === 'other') return fail('conflict', { detail: `Part ${no} is there already, with other bytes.` });
  const parts = await listParts(list.id, tx);
  const receivedBytes = parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (stored === 'new') await changeIntake({ workspaceId: list.workspaceId }, list.id, { receivedBytes }, tx);
  return ok({ receivedBytes, parts: parts.map((part) => part.no) });
}
