// Ends a plan when its paid period is over, and takes that back. Refuses people who are no owners and workspaces without a plan. Doing
// either twice changes nothing.
import { cancelAtPeriodEnd, keepAsIs } from '@/lib/billing/change-subscription';
import { readCustomerState, type SubscriptionState } from '@/lib/billing/customer-state';
import { findCustomerAccount } from '@/lib/data/billing-accounts';
import type { Scope } from '@/lib/data/scope';
import { fail, ok, type Result } from '@/lib/errors';
import { requireOwner } from './require-owner';
import { syncBilling } from './sync-billing';

export const cancelPlan = (scope: Scope, userId: string): Promise<Result<void>> =>
  settle(scope, { userId, change: cancelAtPeriodEnd });

/** Also takes back a change to less that waits for the end of the period. */
export const keepPlan = (scope: Scope, userId: string): Promise<Result<void>> => settle(scope, { userId, change: keepAsIs });

interface Wish {
  userId: string;
  change: (running: { subscriptionId: string; scheduleId: string | null }) => Promise<void>;
}

async function settle(scope: Scope, { userId, change }: Wish): Promise<Result<void>> {
  const allowed = await requireOwner(scope, userId);
  if (!allowed.ok) return allowed;
  const subscription = await findRunning(scope);
  if (subscription === null) return fail('conflict', { detail: 'There is no plan that runs.' });
  await change({ subscriptionId: subscription.id, scheduleId: subscription.scheduleId });
  await syncBilling(scope);
  return ok(undefined);
}

async function findRunning(scope: Scope): Promise<SubscriptionState | null> {
  const account = await findCustomerAccount(scope);
  const subscription = account && (await readCustomerState(account.customerId)).subscription;
  return subscription?.isLive === true ? subscription : null;
}
