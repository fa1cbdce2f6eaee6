// Everything that a workspace ever had verified, newest first, in cursor pages and as a CSV file. With an address (or a domain, or the
// beginning of an address): single checks and rows of lists together. Without one: single checks, and each list as one line. A page costs
// the same at any depth and with any filter: its streams come in the order of an index, and a filter without an index is scanned up to a
// limit. So a page may be short, or empty, and still have a next one.
import { getKeyNames } from '@/lib/accounts/keys';
import { getLists, type OwnedList } from '@/lib/lists/read';
import { toResultView } from '@/lib/lists/results';
import { type ListView, reasonsOfFilter } from '@/lib/lists/rules/view';
import { csvLine } from '@/lib/platform/csv';
import { HISTORY_EXPORT_AT_ONCE, HISTORY_EXPORT_LINES } from '@/lib/platform/limits';
import { pageSize } from '@/lib/platform/pages';
import type { Scope } from '@/lib/platform/scope';
import { basisInWords } from '@/lib/verdict/grade';
import { policyOf, REASONS } from '@/lib/verdict/verdict';
import type { VerificationSummary } from '@/lib/verdict/verification';
import { getSummaries, type OwnedVerification, toKeptAddress } from '@/lib/verifications/read';
import { formatCount } from '@/lib/platform/numbers';
import { type HistorySearch, readHistoryCursor, writeHistoryCursor } from './api';
import { type HistoryFilter, type HistoryItem, type HistoryPage, toAddressSearch } from './rules';
import {
  comparePositions,
  type HistoryPosition,
  type HistoryQuestion,
  listHistoryChecks,
  listHistoryLists,
  type StreamPage,
} from './store/history';
import { type HistoryRowRecord, listHistoryRows } from './store/history-rows';

export interface HistoryInput extends HistoryFilter {
  /** `nextCursor` of the previous page; any other word gives the first page. */
  cursor?: string | undefined;
  limit?: number | undefined;
}

export interface ExportHistory {
  atOnce?: number;
  lines?: number;
}

export interface VerificationFilter {
  /** Only answers of test keys, or only real ones. */
  test?: boolean | undefined;
  /** `nextCursor` of the previous page. */
  cursor?: string | undefined;
  limit?: number | undefined;
}

export interface ListedVerification extends VerificationSummary {
  apiKeyId: string | null;
}

export interface VerificationPage {
  items: ListedVerification[];
  /** Id of a check. With a filter a page may be short without being the last. */
  nextCursor: string | null;
}

/** The contents of a stream, before they become a view. */
type Found =
  | { kind: 'check'; record: OwnedVerification }
  | { kind: 'row'; record: HistoryRowRecord }
  | { kind: 'list'; record: OwnedList };

interface Entry {
  position: HistoryPosition;
  item: Found;
}

const CSV_HEADER = [
  ...['time', 'type', 'address', 'status', 'reason', 'score', 'grade', 'grade_basis', 'source', 'credits', 'verdicts'],
  ...['api_key_id', 'api_key_name', 'list_id', 'list_name', 'list_row', 'id'],
];

export async function listHistory(scope: Scope, { cursor, limit, ...filter }: HistoryInput): Promise<HistoryPage> {
  const size = pageSize(limit, HISTORY_EXPORT_AT_ONCE);
  const after = cursor === undefined ? null : readHistoryCursor(cursor);
  const streams = await readStreams(scope, { ...filter, after, take: size + 1 });
  const { entries, next } = merge(streams, size);
  const names = entries.some(hasKey) ? await getKeyNames(scope) : new Map<string, string>();
  return {
    items: entries.map((entry) => toItem(entry, filter, names)),
    nextCursor: next === null ? null : writeHistoryCursor(next),
  };
}

/** A workspace's single checks, newest first. Rows of lists are in the history only. */
export async function listVerifications(scope: Scope, filter: VerificationFilter = {}): Promise<VerificationPage> {
  const limit = pageSize(filter.limit);
  const after = filter.cursor === undefined ? null : readHistoryCursor(filter.cursor);
  const page = await listChecks(scope, { search: null, test: filter.test, after, take: limit + 1 });
  const found = page.items.slice(0, limit);
  const last = page.items.length > limit ? found.at(-1)?.position : page.lookedTo;
  return {
    items: found.map(({ item: { summary, apiKeyId } }) => ({ ...summary, apiKeyId })),
    nextCursor: last?.id ?? null,
  };
}

/**
 * In the order of the page and read page by page, so that a long file needs no memory. Addresses and names can't become formulas. The
 * number of lines is limited, and a truncated file says so in its last line.
 */
export async function* exportHistory(scope: Scope, filter: HistoryFilter, size: ExportHistory = {}): AsyncGenerator<string> {
  const { atOnce = HISTORY_EXPORT_AT_ONCE, lines = HISTORY_EXPORT_LINES } = size;
  yield csvLine(CSV_HEADER);
  let written = 0;
  for (let cursor: string | undefined; ;) {
    const { items, nextCursor } = await listHistory(scope, { ...filter, cursor, limit: Math.min(atOnce, lines - written) });
    written += items.length;
    yield items.map(toCsv).join('');
    if (nextCursor === null) return;
    if (written >= lines) {
      yield csvLine([null, 'cut', `A file holds at most ${formatCount(lines)} lines. Choose other days for the rest.`]);
      return;
    }
    cursor = nextCursor;
  }
}

/** The filter that the history's URL describes. It is in one place, so that the page and its file show the same. */
export const historyFilter = ({ q, key, status, reason, source, from, to }: HistorySearch): HistoryFilter => ({
  search: q === undefined ? null : toAddressSearch(toKeptAddress(q)),
  status,
  reason,
  source,
  keyId: key,
  from,
  to,
});

/** The id of a row names its list and its number. */
export const rowId = (listId: string, row: number): string => `${listId}:${row}`;

/**
 * A row of a list in the form of a single check, so that both fit into one table, one file and one answer. Its layers and evidence are
 * read through the list.
 */
export function toRowSummary(record: HistoryRowRecord): VerificationSummary {
  const policy = policyOf(record.policy);
  const view = toResultView(record.n, record, policy);
  const { status, reason, score, grade, gradeBasis, recommendation, flags, didYouMean, creditsCharged } = view;
  const isAddress = reason !== 'syntax_invalid';
  const checkedAt = record.checkedAt.toISOString();
  return {
    id: rowId(record.listId, record.n),
    source: record.apiKeyId === null ? 'app' : 'api',
    // The original cell is also read through the list.
    input: record.email,
    email: record.email,
    status,
    reason,
    score,
    grade,
    gradeBasis,
    recommendation,
    flags,
    didYouMean,
    normalized: isAddress ? record.email : null,
    canonical: isAddress ? (record.canonical ?? record.email) : null,
    mx: {
      host: record.mxHost,
      provider: record.provider === '' ? null : record.provider,
      gateway: flags.security_gateway === true,
    },
    policy,
    metadata: null,
    test: record.test,
    cached: record.cached,
    creditsCharged,
    durationMs: record.durationMs,
    attempt: 0,
    retryAt: null,
    createdAt: checkedAt,
    checkedAt,
  };
}

function readStreams(scope: Scope, question: HistoryQuestion): Promise<StreamPage<Found>[]> {
  const { source, search, status } = question;
  const streams: Promise<StreamPage<Found>>[] = [];
  if (source !== 'list') streams.push(listChecks(scope, question).then((page) => asFound(page, 'check')));
  const hasLists = (source === undefined || source === 'list') && status !== 'pending';
  const ofLists = { ...question, source: undefined };
  if (hasLists && search === null) streams.push(listLists(scope, ofLists).then((page) => asFound(page, 'list')));
  if (hasLists && search !== null) streams.push(listHistoryRows(scope, ofLists).then((page) => asFound(page, 'row')));
  return Promise.all(streams);
}

async function listChecks(scope: Scope, question: HistoryQuestion): Promise<StreamPage<OwnedVerification>> {
  const page = await listHistoryChecks(scope, question);
  return fill(page, await getSummaries(scope, idsOf(page)));
}

async function listLists(scope: Scope, question: HistoryQuestion): Promise<StreamPage<OwnedList>> {
  const page = await listHistoryLists(scope, question);
  return fill(page, await getLists(scope, idsOf(page)));
}

const idsOf = ({ items }: StreamPage<string>): string[] => items.map(({ item }) => item);

/** Items that were deleted since the page was looked up are left out. */
const fill = <T>({ items, lookedTo }: StreamPage<string>, records: ReadonlyMap<string, T>): StreamPage<T> => ({
  lookedTo,
  items: items.flatMap(({ position, item }) => {
    const record = records.get(item);
    return record === undefined ? [] : [{ position, item: record }];
  }),
});

function asFound<K extends Found['kind'], R>({ items, lookedTo }: StreamPage<R>, kind: K) {
  return { lookedTo, items: items.map(({ position, item }) => ({ position, item: { kind, record: item } })) };
}

/** Nothing beyond the point to which a stream was scanned is shown, since that stream may have something newer there. */
function merge(streams: readonly StreamPage<Found>[], size: number): { entries: Entry[]; next: HistoryPosition | null } {
  const edges = streams.flatMap(({ lookedTo }) => lookedTo ?? []).sort(comparePositions);
  const edge = edges[0] ?? null;
  const known = streams
    .flatMap(({ items }) => items)
    .filter(({ position }) => edge === null || comparePositions(position, edge) <= 0)
    .sort((a, b) => comparePositions(a.position, b.position));
  const entries = known.slice(0, size);
  return { entries, next: known.length > size ? (entries.at(-1)?.position ?? null) : edge };
}

const keyIdOf = ({ item }: Entry): string | null => item.record.apiKeyId;
const hasKey = (entry: Entry): boolean => keyIdOf(entry) !== null;

function toItem(entry: Entry, filter: HistoryFilter, names: ReadonlyMap<string, string>): HistoryItem {
  const { item, position } = entry;
  const keyId = keyIdOf(entry);
  const key = keyId === null ? null : { id: keyId, name: names.get(keyId) ?? null };
  if (item.kind === 'check') {
    const { summary } = item.record;
    return { kind: 'check', key, at: summary.createdAt, summary };
  }
  const at = new Date(position.at).toISOString();
  if (item.kind === 'row') {
    const { listId: id, listName: name, n: row } = item.record;
    return { kind: 'row', key, at, list: { id, name, row }, summary: toRowSummary(item.record) };
  }
  const list = item.record.view;
  return { kind: 'list', key, at: list.createdAt, list, matching: matchingOf(list.progress.countsByReason, filter) };
}

function matchingOf(counts: ListView['progress']['countsByReason'], { status, reason }: HistoryFilter): number {
  const asked = reasonsOfFilter({ status: status === 'pending' ? undefined : status, reason }) ?? REASONS;
  return asked.reduce((sum, word) => sum + (counts[word] ?? 0), 0);
}

function toCsv(item: HistoryItem): string {
  const keyCells = [item.key?.id ?? null, item.key?.name ?? null];
  if (item.kind === 'list') {
    const { id, name, progress } = item.list;
    return csvLine([
      ...[item.at, 'list', null, null, null, null, null, null, 'list', progress.credits.captured, item.matching],
      ...[...keyCells, id, name, null, id],
    ]);
  }
  const { id, email, status, reason, score, grade, gradeBasis, source, creditsCharged } = item.summary;
  const list = item.kind === 'row' ? item.list : null;
  return csvLine([
    ...[item.at, item.kind, email, status, reason, score, grade, basisInWords(gradeBasis)],
    ...[list === null ? source : 'list', creditsCharged, null],
    ...[...keyCells, list?.id ?? null, list?.name ?? null, list?.row ?? null, id],
  ]);
}
