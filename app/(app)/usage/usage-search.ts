// The range and filters of the usage page, as given in the URL. Parameters that are not understood are dropped, so a mistyped link shows
// the last 30 days instead of an error.
import { isLedgerKind, type LedgerKind } from '@/lib/credits/rules/ledger';
import { dayRange, isDay, lastDays, USAGE_DEFAULT_DAYS, type DayRange } from '@/lib/credits/rules/usage';
import { isLedgerId } from '@/lib/credits/api';

export interface UsageSearch {
  range: DayRange;
  kind?: LedgerKind | undefined;
  cursor?: string | undefined;
  /** The hold of the unfolded list line (`open`), and the cursor into its charges (`charges`). */
  open?: string | undefined;
  charges?: string | undefined;
}

export function parseUsageSearch(params: Record<string, string | string[] | undefined>, today: Date): UsageSearch {
  const one = (name: string): string => {
    const value = params[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const day = (name: string): string | undefined => (isDay(one(name)) ? one(name) : undefined);
  const id = (name: string): string | undefined => (isLedgerId(one(name)) ? one(name) : undefined);
  const kind = one('kind');
  return {
    range: dayRange({ from: day('from'), to: day('to') }, today) ?? lastDays(USAGE_DEFAULT_DAYS, today),
    kind: isLedgerKind(kind) ? kind : undefined,
    cursor: id('cursor'),
    open: id('open'),
    charges: id('charges'),
  };
}

/** The query string, including its question mark. */
export function usageQuery({ range, kind, cursor, open, charges }: UsageSearch): string {
  const params = new URLSearchParams({ from: range.from, to: range.to });
  if (kind !== undefined) params.set('kind', kind);
  if (cursor !== undefined) params.set('cursor', cursor);
  if (open !== undefined) params.set('open', open);
  if (open !== undefined && charges !== undefined) params.set('charges', charges);
  return `?${params.toString()}`;
}
