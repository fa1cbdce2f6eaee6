// When the next credits of the plan come: at the end of the month that is paid, which of a year is not the end of the period. On the
// Free plan, with the calendar month.
import { listPlanPeriods } from '@/lib/data/plan-periods';
import type { Scope } from '@/lib/data/scope';
import { monthlyPeriod } from '@/lib/services/ledger/monthly-period';
import { planMonthAt } from './plan-month';

export async function findNextCredits(scope: Scope, now: Date): Promise<Date> {
  const [latest] = await listPlanPeriods(scope, { from: now, to: new Date(now.getTime() + 1) });
  const month = latest && planMonthAt(latest, now);
  return month?.endsAt ?? monthlyPeriod(now).endsAt;
}
