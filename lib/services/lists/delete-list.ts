// Deletes a list's rows now, for good; its totals stay. Refuses while it is queued, running or paused: whoever pays for it cancels it
// first, knowingly. What is deleted already stays so, without a complaint.
import { lockList } from '@/lib/data/list-run';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { canMove } from '@/lib/domain/list';
import type { ListView } from '@/lib/domain/list-view';
import { fail, ok, type Result } from '@/lib/errors';
import { expireList } from './expire-list';
import { getList } from './get-list';

export async function deleteList(scope: Scope, { listId }: { listId: string }): Promise<Result<ListView>> {
  const deleted = await inTransaction<Result<null>>(async (tx) => {
    const list = await lockList(scope, listId, tx);
    if (list === null) return fail('not_found');
    if (list.state === 'expired') return ok(null);
    if (!canMove(list.state, 'expired')) {
      return fail('job_state_conflict', { detail: `The list is ${list.state}. Cancel it first, then it can be deleted.` });
    }
    await expireList(list, tx);
    return ok(null);
  });
  return deleted.ok ? getList(scope, listId) : deleted;
}
