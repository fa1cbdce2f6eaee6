// The rows of lists whose workspaces are about to be deleted: nothing in the database ties them to anything, so a job deletes those of each
// list. And once more an hour later, for what a worker wrote at that very moment.
import { lockListsOf } from '@/lib/data/list-purge';
import type { Tx } from '@/lib/data/transaction';
import { enqueueAll } from '@/lib/queue/enqueue';
import { purgeAgainJobKey, purgeJobKey } from './list-keys';

const AGAIN_AFTER_MS = 3_600_000;
const JOBS_AT_ONCE = 1_000;

export async function enqueuePurges(workspaceIds: readonly string[], tx: Tx): Promise<void> {
  const ids = await lockListsOf(workspaceIds, tx);
  for (let from = 0; from < ids.length; from += JOBS_AT_ONCE) {
    const some = ids.slice(from, from + JOBS_AT_ONCE);
    const jobs = (keyOf: (id: string) => string) => some.map((listId) => ({ payload: { listId }, jobKey: keyOf(listId) }));
    await enqueueAll('purge-list', jobs(purgeJobKey), { priority: 'bulk' }, tx);
    await enqueueAll(
      'purge-list',
      jobs(purgeAgainJobKey),
      { priority: 'bulk', runAt: new Date(Date.now() + AGAIN_AFTER_MS) },
      tx,
    );
  }
}
