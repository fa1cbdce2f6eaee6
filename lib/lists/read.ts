// Reads lists in the form that people and programs see: one with its progress, a page of them (newest first, of bounded size), or
// one live. Views are plain JSON values with words of the closed vocabularies only. The rate and the remaining time are measured
// or null, never guessed. Another workspace's list reads as missing.
import { z } from 'zod';
import { fail, ok, type Result, unwrap } from '@/lib/platform/errors';
import { type Page, pageSize, toPage } from '@/lib/platform/pages';
import { awaitState, type Patience, followState, type Watcher } from '@/lib/platform/queue/follow-state';
import type { Scope } from '@/lib/platform/scope';
import { parseMetadata } from '@/lib/verdict/stored';
import type { Grade } from '@/lib/verdict/grade';
import { gradeOfCode, type Reason, reasonOfCode, statusOf, zeroCounts } from '@/lib/verdict/verdict';
import { isSettled, type ListFailure, type ListStatus, needsColumn } from './rules/list';
import type { Stored } from './rules/storage';
import type { ListColumn, ListProgress, ListQuote, ListView } from './rules/view';
import { findListRecord, LIST_CHANNEL, type ListFields, listListRecords, type ListRecord } from './store/lists';
import { countTestLists, sumStored } from './store/upkeep';

export async function getList(scope: Scope, id: string): Promise<Result<ListView>> {
  const record = await findListRecord(scope, id);
  return record ? ok(listToView(record)) : fail('not_found');
}

export interface ListsFilter {
  statuses?: readonly ListStatus[] | undefined;
  /** Only lists of test keys, or only real ones. */
  test?: boolean | undefined;
  /** Only lists whose id has this number: usually one, but two ids may share a number. */
  number?: number | undefined;
  /** `nextCursor` of the previous page. */
  cursor?: string | undefined;
  limit?: number | undefined;
}

export async function listLists(scope: Scope, filter: ListsFilter = {}): Promise<Page<ListView>> {
  const size = pageSize(filter.limit);
  return toPage(await listListRecords(scope, { ...filter, take: size + 1 }), size, listToView);
}

export interface OwnedList {
  view: ListView;
  /** Null if it was not created with an API key. */
  apiKeyId: string | null;
}

/** The lists with these ids that belong to the workspace, by id. */
export async function getLists(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, OwnedList>> {
  const records = ids.length === 0 ? [] : await listListRecords(scope, { ids, take: ids.length });
  return new Map(records.map((record) => [record.list.id, { view: listToView(record), apiKeyId: record.list.apiKeyId }]));
}

/** What the workspace stores. Lists of test keys are counted separately. */
export async function getStored(scope: Scope): Promise<{ stored: Stored; testLists: number }> {
  const [stored, testLists] = await Promise.all([sumStored(scope), countTestLists(scope)]);
  return { stored, testLists };
}

/** For a live page or a program: passes on the current state, then each change, until nothing more happens automatically. */
export function watchList(scope: Scope, id: string, watcher: Watcher<ListView>): Promise<Result<() => void>> {
  const read = (): Promise<Result<ListView>> => getList(scope, id);
  return followState({ channel: LIST_CHANNEL, id, read, isLast: ({ status }) => isSettled(status) }, watcher);
}

/** Waits until nothing more happens automatically or the time is over, and returns the list as it is then. Throws `not_found`. */
export function awaitList(scope: Scope, id: string, patience: Patience): Promise<ListView> {
  const read = async () => unwrap(await getList(scope, id));
  return awaitState({ channel: LIST_CHANNEL, id, read, isDone: ({ status }) => isSettled(status) }, patience);
}

/** The refusal of an action that the list's status does not allow; it names the status. */
export const statusConflict = (status: ListStatus, asked: string): ReturnType<typeof fail> =>
  fail('list_status_conflict', { detail: `The list is ${status}, so it can't be ${asked}.` });

/** The refusal of an action that needs deleted rows; it says when they were deleted. */
export const rowsDeleted = ({ expiresAt }: ListView): ReturnType<typeof fail> =>
  fail('gone', {
    detail: `The rows of this list were deleted${expiresAt === null ? '' : ` on ${expiresAt.slice(0, 10)}`}; its totals are kept.`,
  });

/** Once the current window is twice this old, it alone sets the rate, however fast the list was before. */
const RATE_WINDOW_S = 5;

const columnsSchema = z.array(z.object({ name: z.string(), emailShare: z.number() }));

const previewSchema = z.array(z.object({ line: z.number(), cells: z.array(z.string()) }));

function listToView(record: ListRecord): ListView {
  const { list } = record;
  const { status } = list;
  return {
    id: list.id,
    version: list.version,
    name: list.name,
    source: list.source,
    test: list.test,
    status,
    pauseReason: status === 'paused' ? (list.pauseReason ?? 'by_customer') : null,
    failure: failureOf(list, status),
    failureDetail: status === 'failed' || status === 'ready' ? list.failureDetail : null,
    policy: list.policy,
    file: {
      name: list.fileName,
      format: list.format,
      sizeBytes: list.sizeBytes,
      receivedBytes: list.receivedBytes,
      parsedBytes: list.parsedBytes,
      rowsRead: list.rows,
      encoding: list.encoding,
    },
    hasHeader: list.hasHeader,
    columns: columnsOf(list),
    preview: status === 'ready' ? (previewSchema.safeParse(list.preview).data ?? []) : [],
    emailColumn: list.emailColumn,
    quote: quoteOf(list, status),
    startMode: list.startMode,
    creditCap: list.creditCap,
    progress: progressOf(record, status, Date.now()),
    metadata: parseMetadata(list.metadata),
    retentionDays: list.retentionDays,
    unstartedDays: list.unstartedDays,
    mailOnEnd: list.createdById === null ? null : list.mailOnEnd,
    createdAt: list.createdAt.toISOString(),
    startedAt: list.startedAt?.toISOString() ?? null,
    finishedAt: list.finishedAt?.toISOString() ?? null,
    expiresAt: (list.rowsDeletedAt ?? list.expiresAt)?.toISOString() ?? null,
  };
}

/** A ready list that waits for its address column has a failure too. */
function failureOf({ failure }: ListFields, status: ListStatus): ListFailure | null {
  if (status === 'failed') return failure ?? 'internal_error';
  return needsColumn({ status, failure }) ? failure : null;
}

const columnsOf = (list: ListFields): ListColumn[] => columnsSchema.safeParse(list.columns).data ?? [];

/** Null while the file is being read, and if it was never read: half a count is not a quote. */
function quoteOf(list: ListFields, status: ListStatus): ListQuote | null {
  if (status === 'uploading' || status === 'parsing' || list.rows === 0) return null;
  return {
    rows: list.rows,
    unique: list.unique,
    duplicates: list.exactDuplicates + list.canonicalDuplicates,
    canonicalDuplicates: list.canonicalDuplicates,
    syntaxInvalid: list.syntaxInvalid,
    rejected: list.rejected,
    severalAddresses: list.severalAddresses,
    knownRecent: list.knownRecent,
    maxCredits: list.maxCredits,
  };
}

function progressOf({ list, tallies, retrying, captured, held }: ListRecord, status: ListStatus, now: number): ListProgress {
  const counts = zeroCounts();
  const countsByReason: Partial<Record<Reason, number>> = {};
  const countsByGrade: Record<Grade, number> = { likely: 0, uncertain: 0, unlikely: 0 };
  for (const { reason: code, rows } of tallies) {
    const [reason, grade] = [reasonOfCode(code), gradeOfCode(code)];
    if (grade !== null) countsByGrade[grade] += rows;
    counts[statusOf(reason)] += rows;
    countsByReason[reason] = (countsByReason[reason] ?? 0) + rows;
  }
  const rate = status === 'running' ? rateOf(list, now) : null;
  const isAtWork = status === 'running' || status === 'queued';
  return {
    processed: list.processed,
    total: list.unique,
    counts,
    countsByReason,
    countsByGrade,
    retrying: retrying.count,
    retryingNextAt: retrying.nextAt?.toISOString() ?? null,
    retryingUntil: retrying.lastAt?.toISOString() ?? null,
    rateASecond: rate,
    etaS: isAtWork ? etaOf({ list, retrying, rate, now }) : null,
    credits: { held, captured, released: list.released },
  };
}

/** The rate of the last full window, or of the current one if that is overdue or no window is full yet. */
function rateOf(list: ListFields, now: number): number | null {
  if (list.rateFromAt === null) return null;
  const elapsedS = (now - list.rateFromAt.getTime()) / 1_000;
  if (elapsedS >= 2 * RATE_WINDOW_S || (list.rateASecond === null && elapsedS >= 1)) {
    return roundRate((list.processed - list.rateFromProcessed) / elapsedS);
  }
  return list.rateASecond === null ? null : roundRate(list.rateASecond);
}

const roundRate = (rate: number): number => Math.max(0, Math.round(rate * 10) / 10);

interface EtaInput {
  list: ListFields;
  retrying: ListRecord['retrying'];
  rate: number | null;
  now: number;
}

/**
 * The time for the open rows at the current rate, but no less than the time until every waiting row has been asked again. Null if
 * only waiting rows are left, because a row that fails again waits again.
 */
function etaOf({ list, retrying, rate, now }: EtaInput): number | null {
  const open = Math.max(0, list.unique - list.processed - retrying.count);
  const waitS = retrying.lastAt === null ? 0 : Math.max(0, Math.ceil((retrying.lastAt.getTime() - now) / 1_000));
  if (open === 0) return retrying.count === 0 ? 0 : null;
  if (rate === null || rate === 0) return null;
  return Math.max(waitS, Math.ceil(open / rate));
}
