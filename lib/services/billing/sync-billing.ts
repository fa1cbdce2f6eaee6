// Copies how a workspace stands at Stripe now: the one function that writes subscription, plan and past-due state. Promises that
// whatever called it, however often and in whatever order, the last copy is of the last state: a copy that another one overtook is
// thrown away and made again. What the API allows follows the plan, in the same transaction.
import { readCustomerState, type CustomerState } from '@/lib/billing/customer-state';
import { findCustomerAccount, saveBillingCopy, type BillingAccount, type BillingCopy } from '@/lib/data/billing-accounts';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { PAST_DUE_GRACE_DAYS } from '@/lib/domain/limits';
import { isLiveStatus } from './is-live-status';
import { tellBackToFree, tellPastDue, tellPlanEnded } from './tell-owners';

const TRIES = 5;
const DAY_MS = 86_400_000;

export async function syncBilling(scope: Scope, now = new Date()): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const account = await findCustomerAccount(scope);
    if (account === null) return;
    const state = await readCustomerState(account.customerId);
    const copy = copyOf(state, account, now);
    const workspacePlan = state.subscription?.isLive === true ? (copy.plan ?? 'free') : 'free';
    const isSaved = await inTransaction((tx) => saveBillingCopy(scope, { ...copy, version: account.version, workspacePlan }, tx));
    if (!isSaved) continue;
    await tellWhatChanged(scope, account, copy);
    return;
  }
  throw new Error('the billing account changed each time it was copied');
}

/** Told once: only the copy that was saved over the old state knows what is new. */
async function tellWhatChanged(scope: Scope, before: BillingAccount, after: BillingCopy): Promise<void> {
  if (after.pastDueSince !== null && before.pastDueSince === null) await tellPastDue(scope, after.graceUntil);
  if (!isLiveStatus(before.status) || isLiveStatus(after.status)) return;
  await (before.pastDueSince === null ? tellPlanEnded(scope) : tellBackToFree(scope));
}

function copyOf({ subscription, paymentMethodLabel }: CustomerState, before: BillingAccount, now: Date): BillingCopy {
  const isPastDue = subscription?.isPastDue === true;
  // The time to pay begins once: a second failed try of the same renewal does not prolong it.
  const isSameDebt = before.pastDueSince !== null && before.subscriptionId === subscription?.id;
  const pastDueSince = isPastDue ? (isSameDebt ? before.pastDueSince : now) : null;
  const isLive = subscription?.isLive === true;
  return {
    subscriptionId: subscription?.id ?? null,
    status: subscription?.status ?? null,
    plan: subscription?.offer?.plan ?? null,
    interval: subscription?.offer?.interval ?? null,
    currentPeriodEnd: subscription?.periodEnd ?? null,
    cancelAt: isLive ? subscription.cancelAt : null,
    next: isLive ? subscription.next : null,
    pastDueSince,
    graceUntil: pastDueSince === null ? null : new Date(pastDueSince.getTime() + PAST_DUE_GRACE_DAYS * DAY_MS),
    paymentMethodLabel,
  };
}
