// What a wished change of plan is, as things stand at Stripe now: a new purchase, none, more or less. Refuses while a payment is late
// or a cancellation waits: those are settled first, so that a change never hides what is owed or undoes an end that was wanted.
import { readCustomerState } from '@/lib/billing/customer-state';
import type { ChangeTarget } from '@/lib/billing/change-subscription';
import type { PlanOffer } from '@/lib/billing/catalogue';
import { findCustomerAccount } from '@/lib/data/billing-accounts';
import type { Scope } from '@/lib/data/scope';
import { isUpgrade } from '@/lib/domain/plans';
import { fail, ok, type Result } from '@/lib/errors';
import { requireOwner } from './require-owner';

interface Change<Kind extends string> {
  kind: Kind;
  target: ChangeTarget;
  periodEnd: Date;
}

export type PlanChange = { kind: 'new' } | { kind: 'same' } | Change<'upgrade'> | Change<'downgrade'>;

const isSame = (a: PlanOffer, b: PlanOffer): boolean => a.plan === b.plan && a.interval === b.interval;

export async function findPlanChange(
  scope: Scope,
  { userId, to }: { userId: string; to: PlanOffer },
): Promise<Result<PlanChange>> {
  const allowed = await requireOwner(scope, userId);
  if (!allowed.ok) return allowed;
  const account = await findCustomerAccount(scope);
  const subscription = account && (await readCustomerState(account.customerId)).subscription;
  if (account === null || subscription?.isLive !== true) return ok({ kind: 'new' });
  if (subscription.isPastDue)
    return fail('conflict', { detail: 'Please pay the open invoice first. Then the plan can be changed.' });
  if (subscription.cancelAt !== null) {
    return fail('conflict', { detail: 'This plan is to end. Keep it first; then it can be changed.' });
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
  if (isSame(offer, to)) return ok({ kind: 'same' });
  if (isUpgrade(offer, to)) return ok({ kind: 'upgrade', target, periodEnd });
  return ok(next !== null && isSame(next, to) ? { kind: 'same' } : { kind: 'downgrade', target, periodEnd });
}
