// Periods as Stripe counts them: the same day of a later month, or that month's last day.
import type Stripe from 'stripe';

export function addInterval(fromS: number, interval: Stripe.Price.Recurring.Interval, count: number): number {
  const date = new Date(fromS * 1_000);
  if (interval === 'day' || interval === 'week') return fromS + count * (interval === 'day' ? 86_400 : 604_800);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count * (interval === 'year' ? 12 : 1));
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return Math.floor(date.getTime() / 1_000);
}

/** The end of the period that begins at `start`, counted from the anchor so that the 31st comes back after February. */
export function periodEnd(
  anchorS: number,
  startS: number,
  recurring: Pick<Stripe.Price.Recurring, 'interval' | 'interval_count'>,
): number {
  for (let count = 1; ; count++) {
    const end = addInterval(anchorS, recurring.interval, count * recurring.interval_count);
    if (end > startS) return end;
  }
}
