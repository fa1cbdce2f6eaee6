// Cancels a list, in whatever state it waits or works: what is held goes back at once, open work is dropped, and answers that come
// later are discarded, uncharged. What was answered before stays, and stays paid for.
import { lockList } from '@/lib/data/list-run';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { canMove } from '@/lib/domain/list';
import type { ListView } from '@/lib/domain/list-view';
import { fail, ok, type Result } from '@/lib/errors';
import { endList } from './end-list';
import { getList } from './get-list';
import { stateConflict } from './state-conflict';

export async function cancelList(scope: Scope, { listId }: { listId: string }): Promise<Result<ListView>> {
  const cancelled = await inTransaction<Result<null>>(async (tx) => {
    const list = await lockList(scope, listId, tx);
    if (list === null) return fail('not_found');
    if (!canMove(list.state, 'cancelled')) return stateConflict(list.state, 'cancelled');
    await endList(list, { state: 'cancelled' }, tx);
    return ok(null);
  });
  return cancelled.ok ? getList(scope, listId) : cancelled;
}
