// A workspace's customer at Stripe, and whether a subscription of theirs runs. A workspace has one customer: whoever asks at the same
// moment gets the same one, by Stripe's idempotency key.
import { findEmail } from '@/lib/accounts/profile';
import { getWorkspace } from '@/lib/accounts/workspaces';
import type { Scope } from '@/lib/platform/scope';
import { findCustomerAccount, saveCustomer } from './store/accounts';
import { createCustomer } from './stripe/checkout';

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
