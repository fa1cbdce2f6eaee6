// The end of a list's rows: from now on it reads as expired, and a job deletes them, in the caller's transaction with the list locked.
import { announceLists, changeList, type ListRun } from '@/lib/data/list-run';
import type { Tx } from '@/lib/data/transaction';
import { enqueue } from '@/lib/queue/enqueue';
import { purgeJobKey } from './list-keys';

export async function expireList({ id, workspaceId }: Pick<ListRun, 'id' | 'workspaceId'>, tx: Tx): Promise<void> {
  await changeList({ workspaceId }, id, { state: 'expired', expiresAt: new Date() }, tx);
  await enqueue('purge-list', { listId: id }, { jobKey: purgeJobKey(id), priority: 'bulk' }, tx);
  await announceLists([id], tx);
}
