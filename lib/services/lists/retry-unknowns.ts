// Asks again what is not known of a list that came to its end: its unknown answers, and in a cancelled list also the rows that were
// never asked. A run of its own with a hold of its own: an answer that is charged now was free before. The unknown answers go, so
// that each row has one verdict at most. Refuses where nothing is unknown, and where the rows are gone.
import { lockList, changeList, type ListRun } from '@/lib/data/list-run';
import { deleteResults } from '@/lib/data/list-results';
import type { Scope } from '@/lib/data/scope';
import { inTransaction, type Tx } from '@/lib/data/transaction';
import type { StartMode } from '@/lib/domain/list';
import type { ListView } from '@/lib/domain/list-view';
import { codesOfStatus } from '@/lib/domain/reason-codes';
import { AppError, fail, ok, type Result } from '@/lib/errors';
import { getList } from './get-list';
import { beginRun } from './start-list';
import { stateConflict } from './state-conflict';

export interface RetryUnknowns {
  listId: string;
  /** `full` unless given. */
  mode?: StartMode | undefined;
  creditCap?: number | null | undefined;
}

export async function retryUnknowns(scope: Scope, input: RetryUnknowns): Promise<Result<ListView>> {
  const { listId } = input;
  const begun = await inTransaction<Result<null>>(async (tx) => {
    const list = await lockList(scope, listId, tx);
    if (list === null) return fail('not_found');
    if ((list.state !== 'completed' && list.state !== 'cancelled') || list.isPurged || list.run === 0) {
      return stateConflict(list.state, 'asked again');
    }
    return askAgain(list, input, tx);
  }).catch(refusal);
  return begun.ok ? getList(scope, listId) : begun;
}

/** A refusal that was thrown to roll back. */
function refusal(error: unknown): Result<null> {
  if (error instanceof AppError) return { ok: false, error };
  throw error;
}

async function askAgain(list: ListRun, { mode = 'full', creditCap = null }: RetryUnknowns, tx: Tx): Promise<Result<null>> {
  const scope = { workspaceId: list.workspaceId };
  const deleted = await deleteResults(scope, { listId: list.id, reasons: codesOfStatus('unknown') }, tx);
  const processed = list.processed - deleted;
  const need = list.unique - processed;
  if (need <= 0) return fail('job_state_conflict', { detail: 'Every row of this list has an answer; nothing is unknown.' });
  await changeList(scope, list.id, { processed }, tx);
  const begun = await beginRun({ ...list, processed }, { need, mode, creditCap }, tx);
  // The refusal must not take the answers with it.
  if (!begun.ok) throw begun.error;
  return ok(null);
}
