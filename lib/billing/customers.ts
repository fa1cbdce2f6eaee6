// A workspace's customer at Stripe: created, copied in its current state, and closed. A workspace has one customer: concurrent
// callers get the same one, by Stripe's idempotency key. A customer whose workspace is deleted must not be charged, so its
// subscriptions are ended. If Stripe was down for all tries of the job, it is tried again every hour until it succeeds.
import { findEmail } from '@/lib/accounts/profile';
import { getWorkspace } from '@/lib/accounts/workspaces';
import { enqueueResume } from '@/lib/credits/balance';
import { inTransaction, type Tx, untilSaved } from '@/lib/platform/db/transaction';
import { PAST_DUE_GRACE_DAYS } from '@/lib/platform/limits';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { DAY_MS, HOUR_MS } from '@/lib/platform/time';
import { type BillingNotice, notifyOwners } from './notices';
import { isSameOffer, isUpgrade, type PlanOffer } from './rules/offers';
import {
  findCustomerAccount,
  saveCustomer,
  listCustomerIds,
  type BillingAccount,
  type BillingCopy,
  findHeldForClosing,
  saveBillingCopy,
} from './store/accounts';
import { createCustomer } from './stripe/checkout';
import { type CustomerState, readCustomerState } from './stripe/subscriptions';

const LIVE_STATUSES = ['active', 'trialing', 'past_due', 'unpaid'];

/** Whether a subscription is running, by Stripe's status: paid, or waiting for a late payment. */
export const isLiveStatus = (status: string | null | undefined): boolean => LIVE_STATUSES.some((word) => word === status);

/**
 * The id of the workspace's customer, created at its first purchase. `userId`: the buyer, whose email address the customer gets.
 */
export async function ensureCustomer(scope: Scope, userId: string): Promise<string> {
  const account = await findCustomerAccount(scope);
  if (account !== null) return account.customerId;
  const [workspace, email] = await Promise.all([getWorkspace(scope), findEmail(userId)]);
  if (workspace === null || email === null) throw new Error('a purchase without a workspace or a person');
  const customerId = await createCustomer({ workspaceId: scope.workspaceId, name: workspace.name, email });
  await saveCustomer(scope, customerId);
  return customerId;
}

/** Call it in the transaction that deletes the workspaces, before their rows are deleted. */
export async function enqueueCloseCustomers(workspaceIds: readonly string[], tx: Tx): Promise<void> {
  for (const customerId of await listCustomerIds(workspaceIds, tx)) {
    await enqueue('close-customer', { customerId }, { jobKey: `close-customer:${customerId}`, priority: 'retry' }, tx);
  }
}

/** Used when Stripe was down for all tries of the job. */
export function closeCustomerLater(customerId: string, now: Date): Promise<void> {
  const options = {
    jobKey: `close-customer:${customerId}:again`,
    priority: 'retry',
    runAt: new Date(now.getTime() + HOUR_MS),
  } as const;
  return inTransaction((tx) => enqueue('close-customer', { customerId }, options, tx));
}

// Copies a workspace's current state at Stripe. This is the only function that writes subscription, plan and past-due state.
// However often and in whatever order it is called, the last copy is of the last state: a copy that another one overtook is
// discarded and made again. What the API allows follows the plan. Owners are told of each change once, in the same transaction.

const TOLD_BY_CLOSING = ['cancel_scheduled', 'cancel_taken_back', 'change_scheduled', 'change_taken_back'] as const;

interface Change {
  before: BillingAccount;
  after: BillingCopy;
}

export const syncBilling = (scope: Scope, now = new Date()): Promise<void> =>
  untilSaved('the billing account', async () => {
    const account = await findCustomerAccount(scope);
    return account === null || copyState(scope, account, now);
  });

/** False if another copy was saved in the meantime. */
async function copyState(scope: Scope, account: BillingAccount & { customerId: string }, now: Date): Promise<boolean> {
  const state = await readCustomerState(account.customerId);
  const copy = copyOf(state, account, now);
  const workspacePlan = state.subscription?.isLive === true ? (copy.plan ?? 'free') : 'free';
  return inTransaction(async (tx) => {
    if (!(await saveBillingCopy(scope, { ...copy, version: account.version, workspacePlan }, tx))) return false;
    // A larger plan allows more free answers.
    await enqueueResume(scope, tx);
    await tellPlanChanges(scope, { before: account, after: copy }, tx);
    return true;
  });
}

/**
 * Call it in the transaction that replaces the old copy. Only one writer can do that, so each change is reported once, whatever
 * caused the copy and however often.
 */
export async function tellPlanChanges(scope: Scope, { before, after }: Change, tx: Tx): Promise<void> {
  const isClosing = (await findHeldForClosing(scope, tx)) !== null;
  for (const content of noticesOf({ before, after })) {
    // The account's own mails say that the plan pauses with the account.
    if (isClosing && TOLD_BY_CLOSING.some((kind) => kind === content.kind)) continue;
    const cause = `plan:${scope.workspaceId}:${content.kind}:${before.version}`;
    await notifyOwners(scope, { cause, content }, tx);
  }
}

/** Exported for its test. */
export function noticesOf({ before, after }: Change): BillingNotice[] {
  const [wasLive, isLive] = [isLiveStatus(before.status), isLiveStatus(after.status)];
  if (!isLive) return wasLive ? [endOf(before)] : [];
  const [from, to] = [wasLive ? offerOf(before) : null, offerOf(after)];
  const failed: BillingNotice[] =
    after.pastDueSince !== null && before.pastDueSince === null
      ? [{ kind: 'payment_failed', plan: after.plan, graceUntil: isoOf(after.graceUntil) }]
      : [];
  if (to === null) return failed;
  return [...failed, ...planNotices({ before, after, from, to }), ...cancelNotices({ before, after, wasLive, to })];
}

function copyOf({ subscription, paymentMethodLabel }: CustomerState, before: BillingAccount, now: Date): BillingCopy {
  // The time to pay begins once: a second failed attempt at the same renewal does not extend it.
  const dueBefore = before.subscriptionId === subscription?.id ? before.pastDueSince : null;
  const pastDueSince = subscription?.isPastDue === true ? (dueBefore ?? now) : null;
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

const endOf = (before: BillingAccount): BillingNotice =>
  ({ kind: before.pastDueSince === null ? 'plan_ended' : 'back_to_free', plan: before.plan }) as const;

function planNotices({ before, after, from, to }: Change & { from: PlanOffer | null; to: PlanOffer }): BillingNotice[] {
  const renewsAt = after.cancelAt === null ? isoOf(after.currentPeriodEnd) : null;
  const waits: BillingNotice[] =
    after.next !== null && !isSameOffer(after.next, before.next)
      ? [{ kind: 'change_scheduled', from: to.plan, ...after.next, at: isoOf(after.currentPeriodEnd) }]
      : [];
  if (from === null) return [{ kind: 'plan_started', ...to, renewsAt }, ...waits];
  if (!isSameOffer(from, to)) {
    return [{ kind: isUpgrade(from, to) ? 'plan_upgraded' : 'plan_changed', from: from.plan, ...to, renewsAt }, ...waits];
  }
  const isTakenBack = before.next !== null && after.next === null && after.cancelAt === null;
  return isTakenBack ? [{ kind: 'change_taken_back', ...to, renewsAt }] : waits;
}

function cancelNotices({ before, after, wasLive, to }: Change & { wasLive: boolean; to: PlanOffer }): BillingNotice[] {
  if (after.cancelAt !== null) {
    const isNews = before.cancelAt === null || !wasLive;
    return isNews ? [{ kind: 'cancel_scheduled', plan: to.plan, at: after.cancelAt.toISOString() }] : [];
  }
  const isTakenBack = wasLive && before.cancelAt !== null && before.subscriptionId === after.subscriptionId;
  return isTakenBack ? [{ kind: 'cancel_taken_back', ...to, renewsAt: isoOf(after.currentPeriodEnd) }] : [];
}

const offerOf = ({ plan, interval }: Pick<BillingCopy, 'plan' | 'interval'>): PlanOffer | null =>
  plan === null || interval === null ? null : { plan, interval };

const isoOf = (date: Date | null): string | null => date?.toISOString() ?? null;
