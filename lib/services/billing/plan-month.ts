// The months of a paid period, and how many credits each brings. A monthly period is one month, whatever its length in days; a
// year has twelve, counted from its first day. Pure, so that the same month is found whenever it is looked for.
import type { PlanPeriod } from '@/lib/data/plan-periods';
import { PLANS } from '@/lib/domain/plans';

export interface PlanMonth {
  startsAt: Date;
  endsAt: Date;
  sourceKey: string;
  /** Of the plan, for this month as it was paid. */
  credits: number;
}

/** The same day of a later month, or that month's last day where it has no such day. */
export function addMonths(date: Date, months: number): Date {
  const moved = new Date(date);
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(date.getUTCDate(), lastDay));
  return moved;
}

/** The month of the period that holds the moment; a moment before the period counts as its first, one after it as none. */
export function planMonthAt(period: PlanPeriod, moment: Date): PlanMonth | null {
  const at = moment < period.startsAt ? period.startsAt : moment;
  if (at >= period.endsAt) return null;
  if (period.interval === 'month') return toMonth(period, { startsAt: period.startsAt, endsAt: period.endsAt });
  for (let month = 0; ; month++) {
    const endsAt = addMonths(period.startsAt, month + 1);
    if (at >= endsAt) continue;
    return toMonth(period, {
      startsAt: addMonths(period.startsAt, month),
      endsAt: endsAt < period.endsAt ? endsAt : period.endsAt,
    });
  }
}

function toMonth({ subscriptionId, plan }: PlanPeriod, { startsAt, endsAt }: { startsAt: Date; endsAt: Date }): PlanMonth {
  // Less than a month was paid when a plan was changed in Stripe's own dashboard: then it brings its part.
  const share = Math.min(1, shareOf(startsAt, endsAt, addMonths(startsAt, 1)));
  const credits = Math.floor(PLANS[plan].creditsAMonth * share);
  return { startsAt, endsAt, sourceKey: `plan:${subscriptionId}:${startsAt.toISOString()}`, credits };
}

/** How much of the time from start to end lies before `until`. */
export const shareOf = (start: Date, until: Date, end: Date): number =>
  (until.getTime() - start.getTime()) / (end.getTime() - start.getTime());
