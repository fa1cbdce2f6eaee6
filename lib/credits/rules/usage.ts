// Usage over a range of days (UTC): how it is grouped, and which ranges are valid.
import { USAGE_MAX_DAYS } from '@/lib/platform/limits';
import { DAY_MS } from '@/lib/platform/time';
import type { FinalStatus } from '@/lib/verdict/verdict';

export const USAGE_GROUPS = ['day', 'key', 'status', 'reason'] as const;
export type UsageGroup = (typeof USAGE_GROUPS)[number];

const DAY = /^\d{4}-\d{2}-\d{2}$/;
export const USAGE_DEFAULT_DAYS = 30;

export interface UsageSums {
  answers: number;
  credits: number;
}

export interface UsageRow extends UsageSums {
  /** `YYYY-MM-DD`, the id of a key ('' if there was none), a status or a reason. */
  group: string;
  /** The name of a key, if it is known. */
  label: string | null;
  counts: Record<FinalStatus, number>;
}

export interface UsageReport {
  from: string;
  to: string;
  rows: UsageRow[];
  totals: UsageRow;
}

export interface DayRange {
  /** `YYYY-MM-DD`, both inclusive. */
  from: string;
  to: string;
}

export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/** Whether the text is a real calendar day. */
export function isDay(text: string): boolean {
  const moment = new Date(`${text}T00:00:00Z`);
  return DAY.test(text) && !Number.isNaN(moment.getTime()) && dayOf(moment) === text;
}

export const dayAfter = (day: string): string => dayOf(new Date(Date.parse(day) + DAY_MS));

/** The last `days` days, including today. */
export const lastDays = (days: number, today: Date): DayRange => ({
  from: dayOf(new Date(today.getTime() - (days - 1) * DAY_MS)),
  to: dayOf(today),
});

/** If left out, the end is today, and the start makes it 30 days. Null if the range is upside down or too long. */
export function dayRange({ from, to }: { from?: string | undefined; to?: string | undefined }, today: Date): DayRange | null {
  const end = to ?? dayOf(today);
  const start = from ?? lastDays(USAGE_DEFAULT_DAYS, new Date(`${end}T00:00:00Z`)).from;
  const days = countDays({ from: start, to: end });
  return days >= 1 && days <= USAGE_MAX_DAYS ? { from: start, to: end } : null;
}

export const countDays = ({ from, to }: DayRange): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;

/** Every day of a range, oldest first. */
export const daysOf = (range: DayRange): string[] =>
  Array.from({ length: countDays(range) }, (_, at) => dayOf(new Date(Date.parse(range.from) + at * DAY_MS)));
