// Puts workspaces back to Free whose time to pay is over. Asks Stripe first: whoever paid at the last moment keeps the plan. The
// subscription is ended there, and what was not paid is no longer asked for. One workspace's trouble does not stop the others.
import { endSubscription } from '@/lib/billing/change-subscription';
import { findBillingAccount, listOverdue } from '@/lib/data/billing-accounts';
import type { Scope } from '@/lib/data/scope';
import { describeError } from '@/lib/describe-error';
import { log } from '@/lib/log';
import { syncBilling } from './sync-billing';

const BATCH_SIZE = 100;

/** Number of workspaces that are back on Free. */
export async function endOverdue(now: Date): Promise<number> {
  let ended = 0;
  for (let afterId = ''; ;) {
    const scopes = await listOverdue(now, { afterId, take: BATCH_SIZE });
    for (const scope of scopes) {
      afterId = scope.workspaceId;
      try {
        if (await endOne(scope, now)) ended++;
      } catch (error) {
        log('billing').error({ workspace: scope.workspaceId, error: describeError(error) }, 'an overdue plan could not be ended');
      }
    }
    if (scopes.length < BATCH_SIZE) return ended;
  }
}

async function endOne(scope: Scope, now: Date): Promise<boolean> {
  await syncBilling(scope, now);
  const account = await findBillingAccount(scope);
  const subscriptionId = account?.subscriptionId ?? null;
  const graceUntil = account?.graceUntil ?? null;
  if (subscriptionId === null || graceUntil === null || graceUntil > now) return false;
  await endSubscription(subscriptionId);
  await syncBilling(scope, now);
  return true;
}
