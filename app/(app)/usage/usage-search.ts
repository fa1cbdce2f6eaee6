// The usage page's range and filters as they stand in the URL. What is not understood is dropped: a mistyped link shows the last 30
// days, not an error.
import { isLedgerKind, type LedgerKind } from '@/lib/domain/ledger-view';
import { dayRange, isDay, lastDays, USAGE_DEFAULT_DAYS, type DayRange } from '@/lib/domain/usage';
import { isLedgerId } from '@/lib/schemas/ledger-request';

export interface UsageSearch {
  range: DayRange;
  kind?: LedgerKind | undefined;
  cursor?: string | undefined;
}

export function parseUsageSearch(params: Record<string, string | string[] | undefined>, today: Date): UsageSearch {
  const one = (name: string): string => {
    const value = params[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const day = (name: string): string | undefined => (isDay(one(name)) ? one(name) : undefined);
  const [kind, cursor] = [one('kind'), one('cursor')];
  return {
    range: dayRange({ from: day('from'), to: day('to') }, today) ?? lastDays(USAGE_DEFAULT_DAYS, today),
    kind: isLedgerKind(kind) ? kind : undefined,
    cursor: isLedgerId(cursor) ? cursor : undefined,
  };
}

/** The query string, with its question mark. */
export function usageQuery({ range, kind, cursor }: UsageSearch): string {
  const params = new URLSearchParams({ from: range.from, to: range.to });
  if (kind !== undefined) params.set('kind', kind);
  if (cursor !== undefined) params.set('cursor', cursor);
  return `?${params.toString()}`;
}
