// Lists in the format of other services' jobs, batches and files: made from addresses or from a file, and found by a number or by our id,
// in the key's mode.
import 'server-only';
import { z } from 'zod';
import type { Attempt } from '@/lib/platform/idempotency';
import { AppError, unwrap, ok } from '@/lib/platform/errors';
import { BATCH_MAX_EMAILS } from '@/lib/platform/limits';
import { createBatch } from '@/lib/lists/create';
import { getList, listLists, rowsDeleted } from '@/lib/lists/read';
import { isListId } from '@/lib/lists/requests';
import type { ListView } from '@/lib/lists/rules/view';
import { type BeginUpload, receiveFile } from '@/lib/lists/upload';
import { createCallback, dropCallback } from '@/lib/webhooks/endpoints';
import type { CallbackService } from '@/lib/webhooks/rules';
import { csvLine, type CsvValue, distinctNames } from '@/lib/platform/csv';
import type { Scope } from '@/lib/platform/scope';
import { streamFile } from '@/lib/lists/web/stream-export';
import { CALLBACK_EVENTS } from '../batches';
import { type Outcome, unanswered } from '../rules/outcome';
import { type JobRow, jobRows } from '../rows';
import { type CompatCall, blankAsMissing } from './call';

export interface JobItem {
  email: string;
  /** The client's own data for this address, as JSON. */
  own: string;
}

export interface JobToMake {
  name?: string | undefined;
  /** Left out means at once. */
  start?: boolean;
}

/** A few addresses are counted and held for at once; many are read like a file. */
export async function makeJob(
  { holder, resourceId }: CompatCall & Attempt,
  items: readonly JobItem[],
  { name, start = true }: JobToMake,
): Promise<ListView> {
  const settings = { name, test: holder.mode === 'test', apiKeyId: holder.keyId, listId: resourceId };
  if (items.length <= BATCH_MAX_EMAILS) {
    const batch = items.map(({ email, own }) => ({ email, ref: own }));
    return unwrap(await createBatch(holder.scope, { ...settings, items: batch, start }));
  }
  const file = {
    ...settings,
    fileName: 'addresses.csv',
    sizeBytes: 0,
    emailColumn: 1,
    hasHeader: true,
    start: start ? { mode: 'full' as const } : null,
  };
  return unwrap(await receiveFile(holder.scope, file, linesOf(items)));
}

/** Any bytes that a list can be made from. The list starts as soon as they are read. */
export async function makeFileJob(
  { holder, resourceId }: CompatCall & Attempt,
  file: Pick<BeginUpload, 'fileName' | 'sizeBytes' | 'emailColumn' | 'hasHeader' | 'name'>,
  bytes: AsyncIterable<Uint8Array>,
): Promise<ListView> {
  const settings = { test: holder.mode === 'test', apiKeyId: holder.keyId, listId: resourceId, start: { mode: 'full' as const } };
  return unwrap(await receiveFile(holder.scope, { ...settings, ...file }, bytes));
}

async function* linesOf(items: readonly JobItem[]): AsyncGenerator<Uint8Array, void> {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  yield Buffer.from('email,ref\n');
  for (const { email, own } of items) yield Buffer.from(`${quoted(email)},${quoted(own)}\n`);
}

/** By number or by our own id. A list of another workspace, or of the other mode, reads as missing. */
export async function findJob({ holder }: CompatCall, id: unknown): Promise<ListView> {
  const text = typeof id === 'string' || typeof id === 'number' ? String(id) : '';
  const list = isListId(text) ? unwrap(await getList(holder.scope, text)) : await findByNumber(holder, Number(text));
  if (list === null || list.test !== (holder.mode === 'test'))
    throw new AppError('not_found', { detail: 'There is no such job.' });
  return list;
}

async function findByNumber({ scope, mode }: CompatCall['holder'], number: number): Promise<ListView | null> {
  if (!Number.isSafeInteger(number) || number < 0) return null;
  const { items } = await listLists(scope, { test: mode === 'test', number, limit: 2 });
  const [list = null, other] = items;
  if (other === undefined) return list;
  throw new AppError('conflict', { detail: 'Two jobs happen to have this number. Use the id shown on the job’s page.' });
}

const PAGE = 100;

/** All lists in the key's mode, newest first. */
export async function allJobs({ holder }: CompatCall): Promise<ListView[]> {
  const jobs: ListView[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listLists(holder.scope, { test: holder.mode === 'test', cursor, limit: PAGE });
    jobs.push(...page.items);
    if (page.nextCursor === null) return jobs;
    cursor = page.nextCursor;
  }
}

// The address that a call names for reports on the list it makes. It is stored before the list exists, and deleted if the list was not
// made.

/** Values that clients send for "no callback" count as none. */
export const callbackUrl = z.preprocess(
  (value) => (value === false || value === 'false' ? undefined : blankAsMissing(value)),
  z.string('must be a URL').optional(),
);

export interface AskedCallback {
  service: CallbackService;
  /** The field's name in the call. */
  field: string;
  url: string | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
  /** Repeated in each post. Null counts as none. */
  extra?: unknown;
}

export async function withCallback<T>(
  { holder, resourceId: listId }: CompatCall & Attempt,
  { service, field, url, headers = {}, extra = null }: AskedCallback,
  makeList: () => Promise<T>,
): Promise<T> {
  if (url === undefined) return makeList();
  try {
    const json = extra === null ? null : JSON.stringify(extra);
    await createCallback(holder.scope, { listId, service, url, headers, extra: json, events: CALLBACK_EVENTS[service] });
  } catch (error) {
    throw error instanceof AppError && error.code === 'invalid_request'
      ? new AppError('invalid_request', { detail: `${field}: ${error.message}` })
      : error;
  }
  try {
    return await makeList();
  } catch (error) {
    await dropCallback(holder.scope, listId);
    throw error;
  }
}

// A job's rows as a CSV file: the client's own columns, with the service's columns beside them.

export interface JobFile {
  contentType: string;
  columns: readonly string[];
  cells: (outcome: Outcome) => readonly CsvValue[];
  /** What a client sent with an address, by name. Left out or null if the row's cells are the client's own. */
  own?: (row: JobRow) => Readonly<Record<string, unknown>> | null;
  /** Left out means every row. */
  keeps?: (outcome: Outcome, row: JobRow) => boolean;
  /** The line ending; RFC 4180's unless set otherwise. */
  lineEnd?: string;
}

export interface Reader {
  request: Request;
  scope: Scope;
}

export const streamJob = ({ request, scope }: Reader, list: ListView, file: JobFile): Promise<Response> =>
  streamFile(request, {
    scope,
    listId: list.id,
    open: () => Promise.resolve(list.status === 'expired' ? rowsDeleted(list) : ok(opened(scope, list, file))),
  });

const opened = (scope: Scope, list: ListView, file: JobFile) => ({
  fileName: `${list.name}.csv`,
  contentType: file.contentType,
  bytes: bytesOf(scope, list, file),
});

const LINES_AT_ONCE = 500;

async function* bytesOf(scope: Scope, list: ListView, file: JobFile): AsyncGenerator<Uint8Array, void> {
  const { lineEnd } = file;
  const lineOf = (values: readonly CsvValue[]): string =>
    lineEnd === undefined ? csvLine(values) : csvLine(values).replace(/\r\n$/, lineEnd);
  const headOf = ({ names }: OwnColumns): string => lineOf([...names, ...distinctNames(file.columns, names)]);
  let own: OwnColumns | null = null;
  let lines: string[] = [];
  for await (const row of jobRows(scope, list)) {
    if (own === null) lines.push(headOf((own = ownColumns(list, file, row))));
    const outcome = row.outcome ?? unanswered(row.email, list.test);
    if (file.keeps !== undefined && !file.keeps(outcome, row)) continue;
    lines.push(lineOf([...own.cells(row), ...file.cells(outcome)]));
    if (lines.length < LINES_AT_ONCE) continue;
    yield Buffer.from(lines.join(''));
    lines = [];
  }
  if (own === null) lines.push(headOf(columnsOfFile(list)));
  yield Buffer.from(lines.join(''));
}

interface OwnColumns {
  names: readonly string[];
  cells: (row: JobRow) => readonly CsvValue[];
}

/** If addresses came with additional data, the column names are those of the first row. */
function ownColumns(list: ListView, { own }: JobFile, first: JobRow): OwnColumns {
  const sent = own?.(first) ?? null;
  if (own === undefined || sent === null) return columnsOfFile(list);
  const names = Object.keys(sent);
  return { names, cells: (row) => names.map((name) => textOf(own(row)?.[name])) };
}

const columnsOfFile = ({ columns }: ListView): OwnColumns => ({
  names: columns.map(({ name }, at) => (name === '' ? `column ${at + 1}` : name)),
  cells: ({ cells }) => columns.map((_, at) => cells[at] ?? ''),
});

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
