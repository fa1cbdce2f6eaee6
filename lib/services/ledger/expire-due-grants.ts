// The scheduled end of grants: what remains after their expiry leaves the balance, as entries. One transaction a workspace, in
// bounded batches; what is held stays until it is captured or released.
import { listWorkspacesWithExpired } from '@/lib/data/ledger-schedule';
import { inTransaction } from '@/lib/data/transaction';
import { expireGrantsOf } from './expire-grants-of';

const BATCH_SIZE = 500;

/** Number of credits that expired. */
export async function expireDueGrants(): Promise<number> {
  let expired = 0;
  for (let afterId = ''; ;) {
    const ids = await listWorkspacesWithExpired({ afterId, take: BATCH_SIZE });
    for (const workspaceId of ids) {
      expired += await inTransaction((tx) => expireGrantsOf({ workspaceId }, tx));
      afterId = workspaceId;
    }
    if (ids.length < BATCH_SIZE) return expired;
  }
}
