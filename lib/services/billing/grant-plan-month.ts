// Grants the credits of one month of a paid period, in the caller's transaction. Promises that a month is granted once, and that
// what is granted around an upgrade does not depend on which invoice became known first:
// - the new period begins with the upgrade, and brings a full month of the new plan, less the part of the old plan's month that
//   Stripe credits as unused: those credits were given already, and stay until their own end;
// - an old month that becomes known after the upgrade brings only the part that was used of it.
import { grantCredits } from '@/lib/services/ledger/grant-credits';
import { lockBillingAccount } from '@/lib/data/billing-accounts';
import { findGrantAmount, listPlanPeriods, type PlanPeriod } from '@/lib/data/plan-periods';
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import { planMonthAt, shareOf, type PlanMonth } from './plan-month';

/** Credits that were granted now; 0 where there were none to grant or they were granted before. */
export async function grantPlanMonth(scope: Scope, { period, now }: { period: PlanPeriod; now: Date }, tx: Tx): Promise<number> {
  // Two invoices at the same moment would not see each other.
  await lockBillingAccount(scope, tx);
  const month = planMonthAt(period, now);
  if (month === null) return 0;
  const around = await listPlanPeriods(scope, { from: month.startsAt, to: month.endsAt }, tx);
  const amount = cutShort(month, period, around) - (await givenAlready(scope, { month, period, around }, tx));
  if (amount <= 0) return 0;
  const grant = { kind: 'plan', amount, sourceKey: month.sourceKey, expiresAt: month.endsAt };
  return (await grantCredits(scope, grant, tx)) ? amount : 0;
}

const isLater = (other: PlanPeriod, period: PlanPeriod): boolean => other.startsAt > period.startsAt;

/** What the month brings up to where a later period took its place. */
function cutShort(month: PlanMonth, period: PlanPeriod, around: readonly PlanPeriod[]): number {
  const later = around.filter((other) => isLater(other, period)).map(({ startsAt }) => startsAt.getTime());
  if (later.length === 0) return month.credits;
  const until = new Date(Math.max(month.startsAt.getTime(), Math.min(...later)));
  return Math.floor(month.credits * shareOf(month.startsAt, until, month.endsAt));
}

interface Around {
  month: PlanMonth;
  period: PlanPeriod;
  around: readonly PlanPeriod[];
}

/** Granted for time that earlier periods had left when this one began. */
async function givenAlready(scope: Scope, { month, period, around }: Around, tx: Tx): Promise<number> {
  // Only a period's first month can lie over an earlier period.
  if (month.startsAt > period.startsAt) return 0;
  let given = 0;
  for (const earlier of around) {
    if (earlier.startsAt >= period.startsAt) continue;
    const old = planMonthAt(earlier, period.startsAt);
    const granted = old && (await findGrantAmount(scope, old.sourceKey, tx));
    if (old && granted !== null) given += granted - Math.floor(granted * shareOf(old.startsAt, period.startsAt, old.endsAt));
  }
  return given;
}
