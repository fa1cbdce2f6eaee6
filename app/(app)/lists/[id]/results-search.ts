// The filter of a list's results and the open row as they stand in the URL. What is not understood is dropped: a mistyped link shows
// more, not an error.
import { z } from 'zod';
import { CURSOR_MAX_CHARS, LIST_ROWS_MAX } from '@/lib/domain/limits';
import type { ListFilter } from '@/lib/domain/list-filter';
import { listFilterFields } from '@/lib/schemas/list-filter';

export interface ResultsSearch extends ListFilter {
  cursor?: string | undefined;
  /** The row whose drawer is open. */
  row?: number | undefined;
}

const dropped = undefined;
const fields = z.object({
  status: listFilterFields.status.catch(dropped),
  reason: listFilterFields.reason.catch(dropped),
  provider: listFilterFields.provider.catch(dropped),
  q: listFilterFields.q.catch(dropped),
  cursor: z.string().min(1).max(CURSOR_MAX_CHARS).optional().catch(dropped),
  row: z.coerce.number().int().min(1).max(LIST_ROWS_MAX).optional().catch(dropped),
});

export const parseResultsSearch = (params: Record<string, string | string[] | undefined>): ResultsSearch => fields.parse(params);

/** The query string of a search, with its question mark; empty for no filter. */
export function resultsSearch(search: ResultsSearch): string {
  const params = new URLSearchParams();
  for (const name of ['status', 'reason', 'provider', 'q', 'cursor', 'row'] as const) {
    const value = search[name];
    if (value !== undefined) params.set(name, String(value));
  }
  return params.size === 0 ? '' : `?${params.toString()}`;
}

export const filterOf = ({ status, reason, provider, q }: ResultsSearch): ListFilter => ({ status, reason, provider, q });
