// Reads a list's file once more, with another column for the addresses or its first row taken for what it is. Refuses lists that are
// not ready or whose file is not kept any more, and columns that the file does not have.
import { listParts } from '@/lib/data/file-parts';
import { lockIntake } from '@/lib/data/list-intake';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import type { ListView } from '@/lib/domain/list-view';
import { fail, ok, type Result } from '@/lib/errors';
import { beginReading } from './begin-reading';
import { getList } from './get-list';
import { stateConflict } from './state-conflict';

export interface ChosenColumn {
  /** From 0. */
  emailColumn: number;
  hasHeader: boolean;
}

export async function chooseColumn(scope: Scope, listId: string, chosen: ChosenColumn): Promise<Result<ListView>> {
  const { emailColumn, hasHeader } = chosen;
  const moved = await inTransaction<Result<null>>(async (tx) => {
    const list = await lockIntake(scope, listId, tx);
    if (list === null) return fail('not_found');
    if (list.state !== 'ready') return stateConflict(list.state, 'read again');
    if (!Number.isSafeInteger(emailColumn) || emailColumn < 0 || emailColumn >= list.columns) {
      return fail('invalid_request', { fields: { email_column: 'must be the number of a column of the file, from 0' } });
    }
    if (list.emailColumn === emailColumn && list.hasHeader === hasHeader) return ok(null);
    if ((await listParts(listId, tx)).length === 0) {
      return fail('job_state_conflict', { detail: 'The file is not kept any more. Upload it again to choose another column.' });
    }
    // Who chooses looks at the numbers: it waits for them to start it.
    await beginReading(list, { emailColumn, hasHeader, startOnReady: false }, tx);
    return ok(null);
  });
  return moved.ok ? getList(scope, listId) : moved;
}
