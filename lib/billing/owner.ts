// Who pays: the owners of a workspace, and its customer at Stripe. Only owners spend a workspace's money; everything that buys or
// changes what is paid asks here first. A workspace has one customer: whoever asks at the same moment gets the same one, by
// Stripe's idempotency key.
import { findUser } from '@/lib/accounts/store/users';
import { findRole, findWorkspace } from '@/lib/accounts/store/workspaces';
import { fail, ok, type Result } from '@/lib/platform/errors';
import type { Scope } from '@/lib/platform/scope';
import { findCustomerAccount, saveCustomer } from './store/accounts';
import { createCustomer } from './stripe/checkout';

const LIVE_STATUSES = ['active', 'trialing', 'past_due', 'unpaid'];

export const isOwner = async (scope: Scope, userId: string): Promise<boolean> => (await findRole(scope, userId)) === 'owner';

export async function requireOwner(scope: Scope, userId: string): Promise<Result<void>> {
  return (await isOwner(scope, userId))
    ? ok(undefined)
    : fail('forbidden', { detail: 'Only an owner of the workspace may do that.' });
}

/** Whether a subscription runs, by Stripe's status: paid, or waiting for a late payment. */
export const isLiveStatus = (status: string | null | undefined): boolean => LIVE_STATUSES.some((word) => word === status);

/** The id of the workspace's customer, created when it first wants to buy. `userId`: who buys, and is written to. */
export async function ensureCustomer(scope: Scope, userId: string): Promise<string> {
  const account = await findCustomerAccount(scope);
  if (account !== null) return account.customerId;
  const [workspace, user] = await Promise.all([findWorkspace(scope), findUser(userId)]);
  if (workspace === null || user === null) throw new Error('a purchase without a workspace or a person');
  const customerId = await createCustomer({ workspaceId: scope.workspaceId, name: workspace.name, email: user.email });
  await saveCustomer(scope, customerId);
  return customerId;
}
