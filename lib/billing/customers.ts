// A workspace's customer at Stripe, and whether a subscription of theirs runs. A workspace has one customer: whoever asks at the same
// moment gets the same one, by Stripe's idempotency key. A customer who is gone must not be charged, so the subscriptions of deleted
// workspaces are ended; if Stripe was down for all tries of the job, it is tried again every hour until it is done.
import { findEmail } from '@/lib/accounts/profile';
import { getWorkspace } from '@/lib/accounts/workspaces';
import type { Scope } from '@/lib/platform/scope';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { enqueue } from '@/lib/platform/queue/enqueue';
import { findCustomerAccount, saveCustomer, listCustomerIds } from './store/accounts';
import { createCustomer } from './stripe/checkout';

const HOUR_MS = 3_600_000;
const LIVE_STATUSES = ['active', 'trialing', 'past_due', 'unpaid'];

/** Whether a subscription runs, by Stripe's status: paid, or waiting for a late payment. */
export const isLiveStatus = (status: string | null | undefined): boolean => LIVE_STATUSES.some((word) => word === status);

/** The id of the workspace's customer, created when it first wants to buy. `userId`: who buys, and is written to. */
export async function ensureCustomer(scope: Scope, userId: string): Promise<string> {
  const account = await findCustomerAccount(scope);
  if (account !== null) return account.customerId;
  const [workspace, email] = await Promise.all([getWorkspace(scope), findEmail(userId)]);
  if (workspace === null || email === null) throw new Error('a purchase without a workspace or a person');
  const customerId = await createCustomer({ workspaceId: scope.workspaceId, name: workspace.name, email });
  await saveCustomer(scope, customerId);
  return customerId;
}

/** In the transaction that deletes the workspaces, before their rows go. */
export async function enqueueCloseCustomers(workspaceIds: readonly string[], tx: Tx): Promise<void> {
  for (const customerId of await listCustomerIds(workspaceIds, tx)) {
    await enqueue('close-customer', { customerId }, { jobKey: `close-customer:${customerId}`, priority: 'retry' }, tx);
  }
}

/** Stripe was down for all tries. */
export function closeCustomerLater(customerId: string, now: Date): Promise<void> {
  const options = {
    jobKey: `close-customer:${customerId}:again`,
    priority: 'retry',
    runAt: new Date(now.getTime() + HOUR_MS),
  } as const;
  return inTransaction((tx) => enqueue('close-customer', { customerId }, options, tx));
}
