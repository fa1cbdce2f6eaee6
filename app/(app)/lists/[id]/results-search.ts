// The results filter of a list and its open row, as given in the URL. Parameters that are not understood are dropped, so a mistyped link
// shows more rows instead of an error.
import { z } from 'zod';
import { CURSOR_MAX_CHARS, LIST_ROWS_MAX } from '@/lib/platform/limits';
import type { ListFilter, ResultsFilter } from '@/lib/lists/rules/view';
import { FINAL_STATUSES } from '@/lib/verdict/verdict';
import { listFilterFields } from '@/lib/lists/requests';

export interface ResultsSearch extends ResultsFilter {
  cursor?: string | undefined;
  /** The row whose drawer is open. */
  row?: number | undefined;
}

const dropped = undefined;
const fields = z.object({
  status: z
    .enum([...FINAL_STATUSES, 'pending'])
    .optional()
    .catch(dropped),
  reason: listFilterFields.reason.catch(dropped),
  grade: listFilterFields.grade.catch(dropped),
  provider: listFilterFields.provider.catch(dropped),
  q: listFilterFields.q.catch(dropped),
  cursor: z.string().min(1).max(CURSOR_MAX_CHARS).optional().catch(dropped),
  row: z.coerce.number().int().min(1).max(LIST_ROWS_MAX).optional().catch(dropped),
});

export function parseResultsSearch(params: Record<string, string | string[] | undefined>): ResultsSearch {
  const search: ResultsSearch = fields.parse(params);
  // Rows without a verdict have no reason or provider yet.
  return search.status === 'pending' ? { status: 'pending', cursor: search.cursor, row: search.row } : search;
}

/** The query string of a search, with its question mark; empty if there is no filter. */
export function resultsSearch(search: ResultsSearch): string {
  const params = new URLSearchParams();
  for (const name of ['status', 'reason', 'grade', 'provider', 'q', 'cursor', 'row'] as const) {
    const value = search[name];
    if (value !== undefined) params.set(name, String(value));
  }
  return params.size === 0 ? '' : `?${params.toString()}`;
}

export const filterOf = ({ status, reason, grade, provider, q }: ResultsSearch): ResultsFilter => ({
  status,
  reason,
  grade,
  provider,
  q,
});

/** The filter, limited to rows that have a verdict: those are the rows an export can contain. */
export const finalFilterOf = ({ status, ...search }: ResultsSearch): ListFilter => {
  const { reason, grade, provider, q } = search;
  return { status: status === 'pending' ? undefined : status, reason, grade, provider, q };
};
