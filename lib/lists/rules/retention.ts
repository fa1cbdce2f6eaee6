// How long a list's rows are kept, in days and dates. The database keeps `expiresAt` itself by the same rule (the trigger
// List_keep_clocks): counted from the end of the run, or from the list's creation where it never ran, and not while it is at
// work. A list that was never started is kept no longer than its plan's days for such lists.
import { isUnderWay } from './export';
import { LIST_RETENTION_DAYS, TEST_LIST_RETENTION_DAYS } from '@/lib/platform/limits';
import type { ListStatus } from './list';
import type { ListView } from './view';

const DAY_MS = 24 * 3_600_000;

const CHOICES = [1, 3, 7, 14, 30, 60, 90] as const;

type Kept = Pick<ListView, 'status' | 'createdAt' | 'finishedAt' | 'retentionDays' | 'unstartedDays'>;

/** Epoch milliseconds; null while the list is at work. */
export const expiryOf = (list: Kept): number | null =>
  isUnderWay(list.status) ? null : Date.parse(list.finishedAt ?? list.createdAt) + daysKept(list) * DAY_MS;

/** As things stand: a list that was not started may be kept for fewer days, where its plan says so. */
export const daysKept = ({
  status,
  retentionDays,
  unstartedDays,
}: Pick<Kept, 'status' | 'retentionDays' | 'unstartedDays'>): number =>
  isBeforeStart(status) ? Math.min(retentionDays, unstartedDays) : retentionDays;

/** The longest time that may be asked for, in days. */
export const retentionMax = ({ test }: Pick<ListView, 'test'>): number =>
  test ? TEST_LIST_RETENTION_DAYS : LIST_RETENTION_DAYS.max;

/** What a page offers: the round numbers of days that are not over yet, and what is set now. */
export function retentionChoices(list: Kept & Pick<ListView, 'test'>, now = Date.now()): number[] {
  const isAhead = (retentionDays: number): boolean => (expiryOf({ ...list, retentionDays }) ?? Infinity) > now;
  const max = retentionMax(list);
  const days = CHOICES.filter((choice) => choice <= max && isAhead(choice));
  return [...new Set([...days, list.retentionDays])].toSorted((a, b) => a - b);
}

const isBeforeStart = (status: ListStatus): boolean => status === 'uploading' || status === 'parsing' || status === 'ready';
