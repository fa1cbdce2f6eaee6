// Changes the plan that runs: more at once, less when the paid period is over. The amount was shown for the moment `at`, and is
// computed by Stripe for that same moment; one that is long past is refused, so that nobody pays an amount that is old. Promises that
// the new plan and its credits are there when this returns, unless the bank wants the customer: then there is a page to pay on.
import type { PlanOffer } from '@/lib/billing/catalogue';
import { scheduleDowngrade, upgrade } from '@/lib/billing/change-subscription';
import type { Scope } from '@/lib/data/scope';
import { PLAN_CHANGE_SHOWN_MAX_S } from '@/lib/domain/limits';
import { fail, ok, type Result } from '@/lib/errors';
import { applyPaidInvoice } from './apply-paid-invoice';
import { findPlanChange } from './find-plan-change';
import { syncBilling } from './sync-billing';

export interface WishedChange {
  userId: string;
  to: PlanOffer;
  at: Date;
}

export interface PlanChanged {
  /** Where it still has to be paid; null when it is done. */
  payPage: string | null;
  /** Else it takes place at the end of the period. */
  isAtOnce: boolean;
}

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
    return fail('conflict', { detail: 'The amount may have changed meanwhile. Load the page again.' });
  }
  const { payPage, invoiceId } = await upgrade(change.target, wish.at);
  if (payPage === null && invoiceId !== null) await applyPaidInvoice(invoiceId);
  await syncBilling(scope);
  return ok({ payPage, isAtOnce: true });
}
