// Called by the ledger in its transaction, after a hold with what was available and after a charge with the balance: when that
// fell below the workspace's threshold just now, a job is added that looks at the available balance again and buys. Promises to add nothing when the threshold was not crossed just now, so that
// most charges cost one look at a row and no job.
import { findBillingAccount } from '@/lib/data/billing-accounts';
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import { enqueue } from '@/lib/queue/enqueue';

export interface BalanceChange {
  /** What was available, or the balance: whichever was changed. */
  before: number;
  after: number;
}

/** True when a job was added. */
export async function enqueueAutoTopUpIfDue(scope: Scope, change: BalanceChange, tx: Tx): Promise<boolean> {
  if (change.after >= change.before) return false;
  const account = await findBillingAccount(scope, tx);
  if (account?.autoTopUp.enabled !== true) return false;
  const { below } = account.autoTopUp;
  if (change.before < below || change.after >= below) return false;
  await enqueueAutoTopUp(scope, tx);
  return true;
}

/** One waiting job a workspace, however many charges cross. */
export function enqueueAutoTopUp({ workspaceId }: Scope, tx: Tx): Promise<void> {
  return enqueue('auto-top-up', { workspaceId }, { jobKey: `auto-top-up:${workspaceId}`, priority: 'retry' }, tx);
}
