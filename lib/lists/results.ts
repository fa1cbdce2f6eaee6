// A list's results, also while it runs: pages of rows for any filter, in both directions, and single rows with their evidence.
// Pages have a bounded size, and their cost does not grow with the list (store/pages.ts says how). Totals are counted, never
// estimated. Refuses lists whose rows are deleted. Another workspace's list reads as missing.
import { z } from 'zod';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { ADDRESS_INPUT_MAX_CHARS, LIST_ROWS_MAX } from '@/lib/platform/limits';
import { pageSize, readOpaque, writeOpaque } from '@/lib/platform/pages';
import type { Scope } from '@/lib/platform/scope';
import { NO_FLAGS_KNOWN } from '@/lib/verdict/answer';
import { asRemembered, REPLY_MEANINGS, TRANSPORT_FAILURES } from '@/lib/verdict/evidence';
import { explainGrade } from '@/lib/verdict/grade';
import { gradeOfCode, type PolicyName, reasonOfCode, recommend, statusOf, unpackFlags } from '@/lib/verdict/verdict';
import type { Segment } from './rules/list';
import { cellsOf } from './rules/rows';
import {
  codesOfFilter,
  isEmptyFilter,
  type ListFilter,
  type ListResultRow,
  type ListResultsPage,
  type ListResultView,
  type ListRowView,
  type ResultsFilter,
  storedProvider,
  toRowSearch,
} from './rules/view';
import {
  countWaitingRows,
  findListHead,
  findStoredRow,
  listResultRows,
  listTallies,
  listWaitingRows,
  type ResultPosition,
  type ResultRow,
  type TallyRow,
  type WaitingRow,
} from './store/pages';

export interface ResultsQuery extends ResultsFilter {
  /** By the recommendation of the list's policy. */
  segment?: Segment | undefined;
  /** If there is no filter, waiting rows appear in their places among the final ones. */
  withWaiting?: boolean | undefined;
  /** A cursor of another page of the same filter. */
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** The filter for final rows. */
type Filter = ListFilter & { segment?: Exclude<Segment, 'all'> | undefined };

interface PageOf {
  listId: string;
  cursor: ResultCursor;
  limit: number;
  policy: PolicyName;
}

/** A row, and where a cursor next to it continues. */
interface Entry {
  view: ListResultRow;
  key: string;
}

interface Found {
  entries: Entry[];
  total: number | null;
}

const NOTHING: Found = { entries: [], total: 0 };

export async function listResults(scope: Scope, listId: string, query: ResultsQuery = {}): Promise<Result<ListResultsPage>> {
  const cursor = query.cursor === undefined ? FIRST_PAGE : readCursor(query.cursor);
  if (cursor === null) return fail('invalid_request', { fields: { cursor: 'must be a cursor from an earlier page' } });
  const filter = toFilter(query);
  if (query.status === 'pending' && !isEmptyFilter(filter)) {
    return fail('invalid_request', { fields: { status: 'can’t be combined with other filters if it is pending' } });
  }
  const list = await findListHead(scope, listId);
  if (list === null) return fail('not_found');
  if (list.isExpired) return fail('gone', { detail: 'The rows of this list were deleted; its totals are kept.' });
  const page = { listId, cursor, limit: pageSize(query.limit), policy: list.policy };
  const [final, waiting] = await Promise.all([
    query.status === 'pending' ? NOTHING : finalRows(scope, page, filter),
    query.status === 'pending' || (query.withWaiting === true && isEmptyFilter(filter)) ? waitingRows(page) : NOTHING,
  ]);
  const total = final.total === null || waiting.total === null ? null : final.total + waiting.total;
  return ok({ ...toPage(inOrder(final.entries, waiting.entries), page), total });
}

const toFilter = ({ status, reason, grade, provider, q, segment }: ResultsQuery): Filter => ({
  status: status === 'pending' ? undefined : status,
  reason,
  grade,
  provider,
  q,
  segment: segment === 'all' ? undefined : segment,
});

async function finalRows(scope: Scope, { listId, cursor, limit, policy }: PageOf, filter: Filter): Promise<Found> {
  const reasons = codesOfFilter(filter, filter.segment ?? 'all', policy);
  const provider = filter.provider === undefined ? null : storedProvider(filter.provider);
  const search = filter.q === undefined ? null : toRowSearch(filter.q);
  const asked = (await listTallies(listId)).filter(
    (tally) => (reasons === null || reasons.includes(tally.reason)) && (provider === null || tally.provider === provider),
  );
  if (asked.length === 0) return NOTHING;
  const rows = await listResultRows(scope, {
    listId,
    reasons: reasons && [...new Set(asked.map(({ reason }) => reason))],
    provider,
    search,
    pairs: asked,
    ...cursor,
    take: limit + 1,
  });
  const entries = rows.map(({ n, cells, key, ...row }) => ({
    view: { ...toResultView(n, row, policy), waiting: null, cells: cells === null ? null : cellsOf(cells) },
    key,
  }));
  return { entries, total: search === null ? sumOfRows(asked) : null };
}

async function waitingRows({ listId, cursor, limit }: PageOf): Promise<Found> {
  const [rows, total] = await Promise.all([listWaitingRows({ listId, ...cursor, take: limit + 1 }), countWaitingRows(listId)]);
  return { entries: rows.map((row) => ({ view: waitingView(row), key: '' })), total };
}

const sumOfRows = (tallies: readonly TallyRow[]): number => tallies.reduce((sum, { rows }) => sum + rows, 0);

/**
 * Sorted by row number. A row that got its verdict between the two reads is shown with its verdict. If only one kind was
 * requested, the entries keep their order.
 */
function inOrder(final: readonly Entry[], waiting: readonly Entry[]): readonly Entry[] {
  if (waiting.length === 0) return final;
  const isFinal = new Set(final.map(({ view }) => view.row));
  return [...final, ...waiting.filter(({ view }) => !isFinal.has(view.row))].sort((a, b) => a.view.row - b.view.row);
}

/**
 * One row more than the page holds was read, to know whether there is another page in that direction. In the direction we came
 * from there always is one.
 */
function toPage(entries: readonly Entry[], { cursor, limit }: PageOf): Omit<ListResultsPage, 'total'> {
  const isBack = cursor.direction === 'previous';
  const hasMore = entries.length > limit;
  const shown = isBack ? entries.slice(-limit) : entries.slice(0, limit);
  const cursorAt = (direction: ResultCursor['direction'], entry: Entry | undefined): string | null =>
    entry === undefined ? null : writeCursor({ direction, from: { n: entry.view.row, key: entry.key } });
  return {
    items: shown.map(({ view }) => view),
    nextCursor: (isBack ? cursor.from !== null : hasMore) ? cursorAt('next', shown.at(-1)) : null,
    previousCursor: (isBack ? hasMore : cursor.from !== null) ? cursorAt('previous', shown[0]) : null,
  };
}

/** A row that repeats another has the verdict of the row it repeats. A row that holds no address reads as missing. */
export async function getListRow(scope: Scope, listId: string, n: number): Promise<Result<ListRowView>> {
  if (!Number.isSafeInteger(n) || n < 1 || n > LIST_ROWS_MAX) return fail('not_found');
  const [list, row] = await Promise.all([findListHead(scope, listId), findStoredRow(scope, listId, n)]);
  if (list === null || list.isExpired || row === null) return fail('not_found');
  const { cells, duplicates, layers, evidence, retryAt, result } = row;
  const told = { layers, evidence };
  return ok({
    ...(result === null ? pendingView(row) : toResultView(n, result, list.policy)),
    email: row.email,
    cells: cellsOf(cells),
    duplicates,
    ...(result?.cached === true ? asRemembered(told, result.checkedAt.toISOString()) : told),
    retryAt: retryAt?.toISOString() ?? null,
  });
}

/** Translates codes to the words of the closed vocabularies and adds the recommendation of the list's policy. */
export function toResultView(n: number, result: Omit<ResultRow, 'n' | 'cells' | 'key'>, policy: PolicyName): ListResultView {
  const reason = reasonOfCode(result.reason);
  return {
    row: n,
    email: result.email,
    status: statusOf(reason),
    reason,
    score: result.score,
    grade: gradeOfCode(result.reason),
    gradeBasis: explainGrade(result.gradeBasis),
    recommendation: recommend(reason, policy),
    flags: unpackFlags(result.flags),
    didYouMean: result.didYouMean,
    provider: result.provider === '' ? null : result.provider,
    mxHost: result.mxHost,
    cached: result.cached,
    creditsCharged: result.credits,
    checkedAt: result.checkedAt.toISOString(),
  };
}

/** A row without a verdict yet. */
export const pendingView = ({ n, email }: { n: number; email: string }): ListResultView => ({
  row: n,
  email,
  status: 'pending',
  reason: null,
  score: null,
  grade: null,
  gradeBasis: [],
  recommendation: null,
  flags: NO_FLAGS_KNOWN,
  didYouMean: null,
  provider: null,
  mxHost: null,
  cached: false,
  creditsCharged: 0,
  checkedAt: null,
});

const MEANINGS = [...REPLY_MEANINGS, ...TRANSPORT_FAILURES, 'dns_temporary_error'] as const;

export const waitingView = ({ dueAt, meaning, cells, ...row }: WaitingRow): ListResultRow => ({
  ...pendingView(row),
  waiting: { retryAt: dueAt.toISOString(), meaning: MEANINGS.find((word) => word === meaning) ?? null },
  cells: cells === null ? null : cellsOf(cells),
});

/** Where a page of results continues: in which direction, and from which row. It is an opaque string in URLs. */
export interface ResultCursor {
  direction: 'next' | 'previous';
  /** Null: the last page. */
  from: ResultPosition | null;
}

const WAY = { next: 'n', previous: 'p' } as const;

const cursorSchema = z.union([
  z.tuple([z.literal(WAY.previous)]),
  z.tuple([z.enum(WAY), z.int().min(0).max(LIST_ROWS_MAX), z.string().max(ADDRESS_INPUT_MAX_CHARS)]),
]);

const FIRST_PAGE: ResultCursor = { direction: 'next', from: null };

export const LAST_PAGE: ResultCursor = { direction: 'previous', from: null };

export function writeCursor({ direction, from }: ResultCursor): string {
  return writeOpaque(from === null ? [WAY[direction]] : [WAY[direction], from.n, from.key]);
}

/** Null for any string that `writeCursor` could not have written. */
export function readCursor(word: string): ResultCursor | null {
  const parsed = cursorSchema.safeParse(readOpaque(word));
  if (!parsed.success) return null;
  const [way, n, key] = parsed.data;
  const direction = way === WAY.next ? 'next' : 'previous';
  return { direction, from: n === undefined || key === undefined ? null : { n, key } };
}
