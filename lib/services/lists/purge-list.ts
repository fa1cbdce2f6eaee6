// Deletes the rows of a list that is expired, or gone with its workspace, for as long as a turn lasts. Promises to do nothing to any other
// list, to be safe to kill and to run twice, and that a list counts as purged only when nothing of it is left.
import { deleteListRows, deleteTallies, markRowsDeleted } from '@/lib/data/list-purge';
import { announceLists, findListRun } from '@/lib/data/list-run';
import { PURGE_TURN_MS } from '@/lib/domain/limits';

export async function purgeList(listId: string, turnMs = PURGE_TURN_MS): Promise<'again' | 'done'> {
  const list = await findListRun(listId);
  if (list !== null && list.state !== 'expired') return 'done';
  const end = Date.now() + turnMs;
  if (!(await deleteListRows(listId, () => Date.now() >= end))) return 'again';
  if (list === null) {
    await deleteTallies(listId);
  } else {
    await markRowsDeleted(listId);
    await announceLists([listId]);
  }
  return 'done';
}
