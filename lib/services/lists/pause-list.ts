// Pauses a list that waits or runs: no chunk is begun any more, and workers give back what they have in hand within a moment. What was
// answered until then is kept and charged; the rest of its credits stay held for it. A second run changes nothing.
import { announceLists, changeList, lockList } from '@/lib/data/list-run';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { canMove } from '@/lib/domain/list';
import type { ListView } from '@/lib/domain/list-view';
import { fail, ok, type Result } from '@/lib/errors';
import { getList } from './get-list';
import { stateConflict } from './state-conflict';

export async function pauseList(scope: Scope, { listId }: { listId: string }): Promise<Result<ListView>> {
  const paused = await inTransaction<Result<null>>(async (tx) => {
    const list = await lockList(scope, listId, tx);
    if (list === null) return fail('not_found');
    if (!canMove(list.state, 'paused')) return stateConflict(list.state, 'paused');
    await changeList(scope, listId, { state: 'paused', pauseReason: 'by_customer' }, tx);
    await announceLists([listId], tx);
    return ok(null);
  });
  return paused.ok ? getList(scope, listId) : paused;
}
