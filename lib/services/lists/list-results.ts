// A page of a list's results, also while it runs, forwards and backwards, for any filter. Promises pages of a bounded size whose cost
// does not grow with the list (lib/data/list-pages.ts says how), and a total that is counted, never guessed. Refuses lists whose rows
// are deleted.
import { findListHead, listResultRows, listTallies, type ResultRow, type TallyRow } from '@/lib/data/list-pages';
import type { Scope } from '@/lib/data/scope';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '@/lib/domain/limits';
import type { Segment } from '@/lib/domain/list';
import { reasonsOfFilter, reasonsOfSegment, storedProvider, toRowSearch, type ListFilter } from '@/lib/domain/list-filter';
import type { ListResultsPage } from '@/lib/domain/list-view';
import { codeOfReason } from '@/lib/domain/reason-codes';
import { DEFAULT_POLICY, isPolicyName, type PolicyName } from '@/lib/domain/recommendation';
import { fail, ok, type Result } from '@/lib/errors';
import { readCursor, writeCursor, type ResultCursor } from './result-cursor';
import { cellsOf, toResultView } from './result-view';

export interface ResultsQuery extends ListFilter {
  /** By what the list's policy recommends. */
  segment?: Segment | undefined;
  /** A cursor of another page of the same filter. */
  cursor?: string | undefined;
  limit?: number | undefined;
}

const FIRST_PAGE: ResultCursor = { direction: 'next', from: null };
const NOTHING: ListResultsPage = { items: [], nextCursor: null, previousCursor: null, total: 0 };

export async function listResults(scope: Scope, listId: string, query: ResultsQuery = {}): Promise<Result<ListResultsPage>> {
  const cursor = query.cursor === undefined ? FIRST_PAGE : readCursor(query.cursor);
  if (cursor === null) return fail('invalid_request', { fields: { cursor: 'must be a cursor of an earlier page' } });
  const list = await findListHead(scope, listId);
  if (list === null) return fail('not_found');
  if (list.isExpired) return fail('gone', { detail: 'The rows of this list were deleted; its totals stay.' });
  const policy = isPolicyName(list.policy) ? list.policy : DEFAULT_POLICY;
  const limit = Math.min(Math.max(1, Math.trunc(query.limit ?? PAGE_SIZE_DEFAULT)), PAGE_SIZE_MAX);

  const reasons = codesOf(query, policy);
  const provider = query.provider === undefined ? null : storedProvider(query.provider);
  const search = query.q === undefined ? null : toRowSearch(query.q);
  const asked = (await listTallies(listId)).filter(
    (tally) => (reasons === null || reasons.includes(tally.reason)) && (provider === null || tally.provider === provider),
  );
  if (asked.length === 0) return ok(NOTHING);
  const rows = await listResultRows(scope, {
    listId,
    reasons: reasons && [...new Set(asked.map(({ reason }) => reason))],
    provider,
    search,
    pairs: asked,
    ...cursor,
    take: limit + 1,
  });
  return ok({ ...toPage(rows, { cursor, limit, policy }), total: search === null ? sumOfRows(asked) : null });
}

/** Null: any. */
function codesOf({ segment = 'all', ...filter }: ResultsQuery, policy: PolicyName): number[] | null {
  const ofFilter = reasonsOfFilter(filter);
  const ofSegment = reasonsOfSegment(segment, policy);
  const both = ofFilter === null ? ofSegment : ofFilter.filter((reason) => ofSegment?.includes(reason) ?? true);
  return both?.map(codeOfReason) ?? null;
}

const sumOfRows = (tallies: readonly TallyRow[]): number => tallies.reduce((sum, { rows }) => sum + rows, 0);

interface PageOf {
  cursor: ResultCursor;
  limit: number;
  policy: PolicyName;
}

/** One row more than the page was read: it says whether there is another page that way. Where we came from there is one always. */
function toPage(rows: readonly ResultRow[], { cursor, limit, policy }: PageOf): Omit<ListResultsPage, 'total'> {
  const isBack = cursor.direction === 'previous';
  const hasMore = rows.length > limit;
  const shown = isBack ? rows.slice(-limit) : rows.slice(0, limit);
  const cursorAt = (direction: ResultCursor['direction'], row: ResultRow | undefined): string | null =>
    row === undefined ? null : writeCursor({ direction, from: { n: row.n, key: row.key } });
  return {
    items: shown.map(({ n, cells, ...row }) => ({
      ...toResultView(n, row, policy),
      cells: cells === null ? null : cellsOf(cells),
    })),
    nextCursor: (isBack ? cursor.from !== null : hasMore) ? cursorAt('next', shown.at(-1)) : null,
    previousCursor: (isBack ? hasMore : cursor.from !== null) ? cursorAt('previous', shown[0]) : null,
  };
}
