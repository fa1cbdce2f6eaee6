// The workspace as a customer at Stripe, made when it first wants to buy. Promises one customer a workspace: whoever asks at the
// same moment gets the same, by Stripe's idempotency key.
import { createCustomer } from '@/lib/billing/customers';
import { findCustomerAccount, saveCustomer } from '@/lib/data/billing-accounts';
import type { Scope } from '@/lib/data/scope';
import { findUser } from '@/lib/data/users';
import { findWorkspace } from '@/lib/data/workspaces';

/** Id of the customer. `userId`: who buys, and is written to. */
export async function ensureCustomer(scope: Scope, userId: string): Promise<string> {
  const account = await findCustomerAccount(scope);
  if (account !== null) return account.customerId;
  const [workspace, user] = await Promise.all([findWorkspace(scope), findUser(userId)]);
  if (workspace === null || user === null) throw new Error('a purchase without a workspace or a person');
  const customerId = await createCustomer({ workspaceId: scope.workspaceId, name: workspace.name, email: user.email });
  await saveCustomer(scope, customerId);
  return customerId;
}
