// Adds the job that buys a pack automatically. The ledger calls this in its transaction after a hold, with what was available
// before and after: if that just fell below the workspace's threshold, a job is added that looks at the available balance again
// and buys. Otherwise nothing is added, so that most holds cost one look at a row and no job.
import { findBillingAccount } from './store/accounts';
import type { Scope } from '@/lib/platform/scope';
import type { Tx } from '@/lib/platform/db/transaction';
import { enqueue } from '@/lib/platform/queue/enqueue';

export interface BalanceChange {
  /** What was available. */
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

/** One waiting job per workspace, however many holds cross the threshold. */
export function enqueueAutoTopUp({ workspaceId }: Scope, tx: Tx): Promise<void> {
  return enqueue('auto-top-up', { workspaceId }, { jobKey: `auto-top-up:${workspaceId}`, priority: 'retry' }, tx);
}
