// What a change of plan would cost and when it would happen, for the page where it is confirmed. The amounts are Stripe's.
import type { PlanOffer } from '@/lib/billing/catalogue';
import { previewUpgrade } from '@/lib/billing/change-subscription';
import type { Scope } from '@/lib/data/scope';
import type { PlanChangeView } from '@/lib/domain/billing-view';
import { ok, type Result } from '@/lib/errors';
import { findPlanChange } from './find-plan-change';

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
