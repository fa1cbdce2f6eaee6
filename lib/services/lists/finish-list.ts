// Completes a list whose every unique row has its verdict. Promises to do so once, whatever runs twice; a list that is paused by its
// owner in that moment completes when it is resumed.
import { findListRun, lockList } from '@/lib/data/list-run';
import { inTransaction } from '@/lib/data/transaction';
import { endList } from './end-list';

/** True when this run completed it. */
export async function finishList(listId: string): Promise<boolean> {
  const found = await findListRun(listId);
  if (found === null) return false;
  return inTransaction(async (tx) => {
    const list = await lockList({ workspaceId: found.workspaceId }, listId, tx);
    if (list === null || (list.state !== 'queued' && list.state !== 'running')) return false;
    if (!list.isPlanned || list.processed < list.unique) return false;
    await endList(list, { state: 'completed' }, tx);
    return true;
  });
}
