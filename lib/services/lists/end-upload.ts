// Says that all parts of a file are there: from now on it is read, by the worker. A second call finds it read or being read. Refuses
// while parts are missing, naming the first of them.
import { listParts } from '@/lib/data/file-parts';
import { lockIntake } from '@/lib/data/list-intake';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import type { ListView } from '@/lib/domain/list-view';
import { fail, ok, type Result } from '@/lib/errors';
import { beginReading } from './begin-reading';
import { getList } from './get-list';
import { stateConflict } from './state-conflict';
import { partCount, partSize } from './upload-parts';

export async function endUpload(scope: Scope, listId: string): Promise<Result<ListView>> {
  const ended = await inTransaction<Result<null>>(async (tx) => {
    const list = await lockIntake(scope, listId, tx);
    if (list === null) return fail('not_found');
    if (list.state === 'cancelled') return stateConflict(list.state, 'read');
    if (list.state !== 'uploading') return ok(null);
    const missing = firstMissing(list.sizeBytes, await listParts(listId, tx));
    if (missing !== null)
      return fail('conflict', { detail: `Part ${missing} of ${partCount(list.sizeBytes)} is not there yet.` });
    await beginReading(list, { receivedBytes: list.sizeBytes }, tx);
    return ok(null);
  });
  return ended.ok ? getList(scope, listId) : ended;
}

function firstMissing(sizeBytes: number, parts: readonly { no: number; sizeBytes: number }[]): number | null {
  const sizes = new Map(parts.map((part) => [part.no, part.sizeBytes]));
  for (let no = 1; no <= partCount(sizeBytes); no++) if (sizes.get(no) !== partSize(sizeBytes, no)) return no;
  return null;
}
