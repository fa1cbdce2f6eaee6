// Changes, cancels and keeps the current plan. Upgrades apply right away, downgrades when the paid period ends. An amount is
// shown for the moment `at`, and Stripe computes the charge for that same moment. A change with an outdated amount is refused, so
// that nobody pays it. When `changePlan` returns, the new plan and its credits are in place, unless the bank wants the customer
// to confirm: then it returns a page to pay on. Only owners may change plans.
import { requireOpen, getClosesAt } from '@/lib/accounts/deletion';
import { requireOwner } from '@/lib/accounts/workspaces';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { PLAN_CHANGE_SHOWN_MAX_S } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { isSameOffer, isUpgrade, type PlanOffer } from './rules/offers';
import { applyPaidInvoice } from './invoices';
import type { PlanChangeView } from './rules/billing';
import { findCustomerAccount, findHeldForClosing, setHeldForClosing } from './store/accounts';
import {
  cancelAtPeriodEnd,
  type ChangeTarget,
  keepAsIs,
  previewUpgrade,
  readCustomerState,
  scheduleDowngrade,
  type SubscriptionState,
  upgrade,
} from './stripe/subscriptions';
import { syncBilling } from './customers';

export interface WishedChange {
  userId: string;
  to: PlanOffer;
  at: Date;
}

export interface PlanChanged {
  /** The page where it still has to be paid; null if it is done. */
  payPage: string | null;
  /** False: it takes effect at the end of the period. */
  isAtOnce: boolean;
}

interface Change<Kind extends string> {
  kind: Kind;
  target: ChangeTarget;
  periodEnd: Date;
}

export type PlanChange = { kind: 'new' } | { kind: 'same' } | Change<'upgrade'> | Change<'downgrade'>;

export async function changePlan(scope: Scope, wish: WishedChange, now = new Date()): Promise<Result<PlanChanged>> {
  const found = await findPlanChange(scope, wish);
  if (!found.ok) return found;
  const change = found.value;
  if (change.kind === 'new') return fail('conflict', { detail: 'There is no plan to change. Buy one on the billing page.' });
  if (change.kind === 'same') return ok({ payPage: null, isAtOnce: true });
  if (change.kind === 'downgrade') {
    await scheduleDowngrade(change.target);
    await syncBilling(scope);
    return ok({ payPage: null, isAtOnce: false });
  }
  const ageS = (now.getTime() - wish.at.getTime()) / 1_000;
  if (ageS < 0 || ageS > PLAN_CHANGE_SHOWN_MAX_S) {
    return fail('conflict', { detail: 'The amount may have changed. Reload the page.' });
  }
  const { payPage, invoiceId } = await upgrade(change.target, wish.at);
  if (payPage === null && invoiceId !== null) await applyPaidInvoice(invoiceId);
  await syncBilling(scope);
  return ok({ payPage, isAtOnce: true });
}

/** The plan ends when the paid period ends. Canceling twice changes nothing. */
export const cancelPlan = (scope: Scope, userId: string): Promise<Result<void>> =>
  changeRunning(scope, { userId, change: cancelAtPeriodEnd });

/** Undoes a cancellation, or a downgrade that waits for the end of the period. */
export const keepPlan = (scope: Scope, userId: string): Promise<Result<void>> =>
  changeRunning(scope, { userId, change: keepAsIs });

/** What a change would cost and when it would happen, for the page where it is confirmed. The amounts are Stripe's. */
export async function previewPlanChange(
  scope: Scope,
  wish: { userId: string; to: PlanOffer },
  now = new Date(),
): Promise<Result<PlanChangeView>> {
  const found = await findPlanChange(scope, wish);
  if (!found.ok) return found;
  const change = found.value;
  if (change.kind === 'new' || change.kind === 'same') return ok({ kind: change.kind });
  if (change.kind === 'downgrade') return ok({ kind: 'downgrade', startsAt: change.periodEnd.toISOString() });
  const { at, ...amounts } = await previewUpgrade(change.target, now);
  return ok({ kind: 'upgrade', at: at.toISOString(), ...amounts });
}

/**
 * What a requested change is, by the current state at Stripe: a new purchase, no change, an upgrade or a downgrade. Refuses while
 * a payment is late or a cancellation is pending. Those are settled first, so that a change never hides a debt or undoes an end
 * that the customer wanted.
 */
export async function findPlanChange(
  scope: Scope,
  { userId, to }: { userId: string; to: PlanOffer },
): Promise<Result<PlanChange>> {
  const allowed = await requireOwner(scope, userId);
  if (!allowed.ok) return allowed;
  const open = await requireOpen(scope);
  if (!open.ok) return open;
  const account = await findCustomerAccount(scope);
  const subscription = account && (await readCustomerState(account.customerId)).subscription;
  if (account === null || subscription?.isLive !== true) return ok({ kind: 'new' });
  if (subscription.isPastDue)
    return fail('conflict', { detail: 'Please pay the open invoice first. Then you can change the plan.' });
  if (subscription.cancelAt !== null) {
    return fail('conflict', { detail: 'This plan is set to end. Keep it first; then you can change it.' });
  }
  const { offer, next, periodEnd } = subscription;
  if (offer === null) return fail('conflict', { detail: 'This plan can’t be changed here.' });
  const target = {
    customerId: account.customerId,
    subscriptionId: subscription.id,
    itemId: subscription.itemId,
    scheduleId: subscription.scheduleId,
    to,
  };
  if (isSameOffer(offer, to)) return ok({ kind: 'same' });
  if (isUpgrade(offer, to)) return ok({ kind: 'upgrade', target, periodEnd });
  return ok(isSameOffer(to, next) ? { kind: 'same' } : { kind: 'downgrade', target, periodEnd });
}

interface RunningChange {
  userId: string;
  change: (running: { subscriptionId: string; scheduleId: string | null }) => Promise<void>;
}

async function changeRunning(scope: Scope, { userId, change }: RunningChange): Promise<Result<void>> {
  const allowed = await requireOwner(scope, userId);
  if (!allowed.ok) return allowed;
  const subscription = await findRunning(scope);
  if (subscription === null) return fail('conflict', { detail: 'There is no active plan.' });
  await change(idsOf(subscription));
  await syncBilling(scope);
  return ok(undefined);
}

async function findRunning(scope: Scope): Promise<SubscriptionState | null> {
  const account = await findCustomerAccount(scope);
  const subscription = account && (await readCustomerState(account.customerId)).subscription;
  return subscription?.isLive === true ? subscription : null;
}

// Brings a workspace's subscription in line with whether the workspace is scheduled to close. A subscription that would renew
// before the closing is set not to, and is restored as it was if the closing is undone. It looks again after each change, so that
// an undo at the same moment is never missed; a second run changes nothing.
const ROUNDS = 5;

export async function settleClosingPlan(scope: Scope): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) if (!(await settleSubscription(scope))) return;
  throw new Error('the workspace was scheduled and kept each time it was looked at');
}

/** True if something was changed at Stripe, so that it has to be looked at again. */
async function settleSubscription(scope: Scope): Promise<boolean> {
  const account = await findCustomerAccount(scope);
  if (account === null) return false;
  const [closesAt, held] = [await getClosesAt(scope), await findHeldForClosing(scope)];
  if (closesAt === null && held === null) return false;
  const { subscription } = await readCustomerState(account.customerId);
  const running = subscription?.isLive === true ? subscription : null;
  if (closesAt === null) {
    if (running !== null) await restore(account.customerId, running, held?.next ?? null);
    // Copied while the reason is still stored, so that the owners get no mail about it.
    await syncBilling(scope);
    await setHeldForClosing(scope, null);
    return true;
  }
  if (running?.cancelAt !== null || running.periodEnd > closesAt) return false;
  // Stored first: after a crash past the next line, we still know what to restore.
  if (held === null) await setHeldForClosing(scope, { next: running.next });
  await cancelAtPeriodEnd(idsOf(running));
  await syncBilling(scope);
  return true;
}

/** Lets a subscription renew again, and schedules the change that was to come before the closing. */
async function restore(customerId: string, running: SubscriptionState, next: PlanOffer | null): Promise<void> {
  const ids = idsOf(running);
  if (running.cancelAt !== null) await keepAsIs(ids);
  if (running.next !== null || next === null) return;
  await scheduleDowngrade({ ...ids, scheduleId: null, customerId, itemId: running.itemId, to: next });
}

const idsOf = ({ id, scheduleId }: SubscriptionState) => ({ subscriptionId: id, scheduleId });
