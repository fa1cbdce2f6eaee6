// How long a list's rows are kept, in words and dates. The database keeps `expiresAt` itself by the same rule (the trigger
// List_keep_clocks): from the end of the run, or the list's creation where it never ran, and not while it is at work.
import { isUnderWay } from './export';
import { LIST_RETENTION_DAYS } from './limits';
import type { ListView } from './list-view';

const DAY_MS = 24 * 3_600_000;

/** Epoch milliseconds; null while the list is at work. */
export const expiryOf = (list: Pick<ListView, 'state' | 'createdAt' | 'finishedAt' | 'retentionDays'>): number | null =>
  isUnderWay(list.state) ? null : Date.parse(list.finishedAt ?? list.createdAt) + list.retentionDays * DAY_MS;

const CHOICES = [1, 3, 7, 14, 30, 60, 90] as const;

/** What a page offers: the round numbers of days that are not over yet, and what is set now. */
export function retentionChoices(
  list: Pick<ListView, 'state' | 'createdAt' | 'finishedAt' | 'retentionDays'>,
  now = Date.now(),
): number[] {
  const isAhead = (retentionDays: number): boolean => (expiryOf({ ...list, retentionDays }) ?? Infinity) > now;
  const days = CHOICES.filter((choice) => choice <= LIST_RETENTION_DAYS.max && isAhead(choice));
  return [...new Set([...days, list.retentionDays])].toSorted((a, b) => a - b);
}
