// This month's credits of the Free plan for one workspace, in the caller's transaction: at sign-up, and by the scheduled
// job. Promises once a workspace and month; they expire when the month ends.
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import { PLANS } from '@/lib/domain/plans';
import { grantCredits } from './grant-credits';
import { monthlyPeriod, monthlySourceKey } from './monthly-period';

/** True when the grant is new. */
export function grantMonth(scope: Scope, now: Date, tx: Tx): Promise<boolean> {
  const period = monthlyPeriod(now);
  const sourceKey = monthlySourceKey(scope.workspaceId, period);
  return grantCredits(scope, { kind: 'monthly', amount: PLANS.free.creditsAMonth, sourceKey, expiresAt: period.endsAt }, tx);
}
