// The scheduled end of grants: what remains after their expiry leaves the balance, as entries. Promises never to touch what
// is held (it may still be captured; what is released expires with the next run), and bounded batches.
import { lockBalance } from '@/lib/data/credits';
import { expireGrant, listExpiredGrants, listWorkspacesWithExpired } from '@/lib/data/ledger-schedule';
import type { Scope } from '@/lib/data/scope';
import { inTransaction, type Tx } from '@/lib/data/transaction';

const BATCH_SIZE = 500;
const GRANTS_A_RUN = 100;

/** Number of credits that expired. */
export async function expireDueGrants(): Promise<number> {
  let expired = 0;
  for (let afterId = ''; ;) {
    const ids = await listWorkspacesWithExpired({ afterId, take: BATCH_SIZE });
    for (const workspaceId of ids) {
      expired += await inTransaction((tx) => expireOf({ workspaceId }, tx));
      afterId = workspaceId;
    }
    if (ids.length < BATCH_SIZE) return expired;
  }
}

async function expireOf(scope: Scope, tx: Tx): Promise<number> {
  const account = await lockBalance(scope, tx);
  if (!account) return 0;
  const free = account.balance - account.held;
  let left = free;
  // Holds are served soonest-to-expire first, so of several expired grants the last to expire are free first.
  for (const grant of (await listExpiredGrants(scope, GRANTS_A_RUN, tx)).reverse()) {
    const amount = Math.min(grant.remaining, left);
    if (amount === 0) break;
    await expireGrant(scope, { ...grant, amount }, tx);
    left -= amount;
  }
  return free - left;
}
