// The end of a list that our own software could not run: what is held goes back, and its owner is told.
import { findListRun, lockList } from '@/lib/data/list-run';
import { inTransaction } from '@/lib/data/transaction';
import { endList } from './end-list';

/** True when this run failed it. */
export async function failList(listId: string): Promise<boolean> {
  const found = await findListRun(listId);
  if (found === null) return false;
  return inTransaction(async (tx) => {
    const list = await lockList({ workspaceId: found.workspaceId }, listId, tx);
    if (list === null || !['queued', 'running', 'paused'].includes(list.state)) return false;
    const failureDetail =
      'Our own software failed while running this list. What was answered is kept, and nothing else is charged.';
    await endList(list, { state: 'failed', failure: 'internal_error', failureDetail }, tx);
    return true;
  });
}
