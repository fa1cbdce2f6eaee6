// Workspaces whose last renewal is unpaid: the notice on every page, and the end of the plan once the time to pay is over. Stripe
// is asked first, so whoever paid at the last moment keeps the plan. The subscription is ended there, and what was not paid is no
// longer charged. One workspace's failure does not stop the others.
import { describeError } from '@/lib/platform/errors';
import { log } from '@/lib/platform/log';
import type { Scope } from '@/lib/platform/scope';
import { isOwner } from '@/lib/accounts/workspaces';
import { isLiveStatus } from './owner';
import { type BillingAccount, findBillingAccount, listOverdue } from './store/accounts';
import { endSubscription } from './stripe/subscriptions';
import { syncBilling } from './sync';

const BATCH_SIZE = 100;

export interface PastDue {
  /** ISO; the plan ends then. */
  graceUntil: string | null;
  mayPay: boolean;
}

/** The scheduled job. Returns the number of workspaces that are back on Free. */
export async function endOverdue(now: Date): Promise<number> {
  let ended = 0;
  for (let afterId = ''; ;) {
    const scopes = await listOverdue(now, { afterId, take: BATCH_SIZE });
    for (const scope of scopes) {
      afterId = scope.workspaceId;
      try {
        if (await endIfOverdue(scope, now)) ended++;
      } catch (error) {
        log('billing').error({ workspace: scope.workspaceId, error: describeError(error) }, 'an overdue plan could not be ended');
      }
    }
    if (scopes.length < BATCH_SIZE) return ended;
  }
}

/** Null if nothing is overdue. */
export async function findPastDue(scope: Scope, userId: string): Promise<PastDue | null> {
  const account = await findBillingAccount(scope);
  if (account === null || !isPastDue(account)) return null;
  return { graceUntil: account.graceUntil?.toISOString() ?? null, mayPay: await isOwner(scope, userId) };
}

async function endIfOverdue(scope: Scope, now: Date): Promise<boolean> {
  await syncBilling(scope, now);
  const account = await findBillingAccount(scope);
  const subscriptionId = account?.subscriptionId ?? null;
  const graceUntil = account?.graceUntil ?? null;
  if (subscriptionId === null || graceUntil === null || graceUntil > now) return false;
  await endSubscription(subscriptionId);
  await syncBilling(scope, now);
  return true;
}

const isPastDue = ({ pastDueSince, status }: BillingAccount): boolean => pastDueSince !== null && isLiveStatus(status);
