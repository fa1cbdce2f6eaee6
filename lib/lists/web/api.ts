// What the routes of /v1/lists and /v1/verify/batch share: finding the list of the path, choosing its column, the settings of a
// new list, and the answers. A test key sees the lists of test keys, a live key the live lists. Another workspace's list, a list
// of the other mode and an invalid id all read as missing. A call that is resumed after a crash does not take its own earlier
// work for a conflict.
import 'server-only';
import type { Operation } from '@/lib/accounts/operation';
import type { ApiPost } from '@/lib/accounts/web/api-post';
import { answer, type ApiAnswer, type ApiCall, type ApiRoute, apiRoute } from '@/lib/accounts/web/api-route';
import { getBalance } from '@/lib/credits/balance';
import { env } from '@/lib/platform/env';
import { AppError, fail, type Result, unwrap } from '@/lib/platform/errors';
import { followAsStream, type Followed } from '@/lib/platform/http/follow';
import type { Scope } from '@/lib/platform/scope';
import type { ListAnswer, ListRowAnswer } from '../api';
import type { ListSettings } from '../create';
import { getList, watchList } from '../read';
import { chooseColumn, type ChosenColumn, NO_SUCH_COLUMN } from '../reading';
import { type ColumnFields, isListId, type UploadFields } from '../requests';
import { findColumn, isSettled } from '../rules/list';
import type { ListView, ListColumn, ListProgress, ListQuote, ListResultRow } from '../rules/view';

/** The list of the path, in the caller's workspace and mode. */
export async function requireList({ holder, param }: ApiCall): Promise<ListView> {
  const id = param('id');
  if (!isListId(id)) throw new AppError('not_found');
  const view = unwrap(await getList(holder.scope, id));
  if (view.test !== (holder.mode === 'test')) throw new AppError('not_found');
  return view;
}

/** Changes the list's run, which may hold credits. Answers with the list and the credits that are left to spend. */
export async function spend<B>(post: ApiPost<B>, act: (list: ListView) => Promise<Result<ListView>>): Promise<ApiAnswer> {
  const acted = await act(await requireList(post));
  const isDoneBefore = !acted.ok && post.isResumed && acted.error.code === 'list_status_conflict';
  const view = isDoneBefore ? await requireList(post) : unwrap(acted);
  const { available } = await getBalance(post.holder.scope);
  return answer(200, toListAnswer(view), { 'X-Credits-Remaining': String(available) });
}

/** A call without fields that moves the list of the path to another status. Answers with the list as it is then. */
export const listMove = (
  operation: Operation,
  move: (scope: Scope, which: { listId: string }) => Promise<Result<ListView>>,
): ApiRoute =>
  apiRoute(operation, async (call) => {
    const { id: listId } = await requireList(call);
    return answer(200, toListAnswer(unwrap(await move(call.holder.scope, { listId }))));
  });

/** 202: the list's file is still to be read, or its addresses are still to be verified. */
export async function accepted({ holder }: ApiCall, made: Result<ListView>): Promise<ApiAnswer> {
  if (!made.ok) throw made.error;
  const { available } = await getBalance(holder.scope);
  return answer(202, toListAnswer(made.value), { 'X-Credits-Remaining': String(available) });
}

export function settingsOf({ holder }: ApiCall, fields: UploadFields): Omit<ListSettings, 'listId'> {
  const { email_column: emailColumn, has_header: hasHeader } = fields;
  const { name, policy, start = false, mode = 'full', credit_cap: creditCap, retention_days: retentionDays, metadata } = fields;
  return {
    name,
    policy,
    retentionDays,
    metadata,
    emailColumn,
    hasHeader,
    start: start ? { mode, creditCap } : null,
    test: holder.mode === 'test',
    apiKeyId: holder.keyId,
  };
}

export const choosesColumn = (body: ColumnFields): boolean => body.email_column !== undefined || body.has_header !== undefined;

/**
 * Chooses the column once the file has been read: the file is read again, without another upload. What the client leaves out
 * stays as it is.
 */
export async function chooseListColumn(
  scope: Scope,
  list: ListView,
  { start, ...body }: ColumnFields & Pick<ChosenColumn, 'start'>,
): Promise<Result<ListView>> {
  const emailColumn = body.email_column === undefined ? list.emailColumn : findColumn(list.columns, body.email_column);
  // A list that is not read yet has no columns; `chooseColumn` refuses it for its status.
  if (emailColumn === null && list.status === 'ready')
    return fail('invalid_request', { fields: { email_column: NO_SUCH_COLUMN } });
  const hasHeader = body.has_header ?? list.hasHeader ?? false;
  return chooseColumn(scope, list.id, { emailColumn: emailColumn ?? 0, hasHeader, ...(start && { start }) });
}

// A list and its rows as API v1 answers them. A list leaves out what only our own pages need. A row has the verdict under the
// API's names, and its own cells by the names of their columns.

export const toListAnswer = (view: ListView): ListAnswer => ({
  id: view.id,
  name: view.name,
  source: view.source,
  test: view.test,
  status: view.status,
  pause_reason: view.pauseReason,
  failure: view.failure === null ? null : { code: view.failure, detail: view.failureDetail ?? '' },
  policy: view.policy,
  file: {
    name: view.file.name,
    format: view.file.format,
    size_bytes: view.file.sizeBytes,
    received_bytes: view.file.receivedBytes,
    parsed_bytes: view.file.parsedBytes,
    encoding: view.file.encoding,
    has_header: view.hasHeader,
    columns: view.columns.map(({ name }) => name),
    email_column: view.emailColumn,
  },
  quote: view.quote && toQuote(view.quote),
  mode: view.startMode,
  credit_cap: view.creditCap,
  progress: toProgress(view.progress),
  metadata: view.metadata,
  retention_days: view.retentionDays,
  created_at: view.createdAt,
  started_at: view.startedAt,
  finished_at: view.finishedAt,
  expires_at: view.expiresAt,
  poll_url: `${env().APP_URL}/v1/lists/${view.id}`,
});

const toQuote = (quote: ListQuote): ListAnswer['quote'] => ({
  rows: quote.rows,
  unique: quote.unique,
  duplicates: quote.duplicates,
  syntax_invalid: quote.syntaxInvalid,
  rejected: quote.rejected,
  several_addresses: quote.severalAddresses,
  known_recent: quote.knownRecent,
  max_credits: quote.maxCredits,
});

const toProgress = (progress: ListProgress): ListAnswer['progress'] => ({
  processed: progress.processed,
  total: progress.total,
  rate: progress.rateASecond,
  eta_s: progress.etaS,
  counts: progress.counts,
  counts_by_reason: progress.countsByReason,
  counts_by_grade: progress.countsByGrade,
  retrying: progress.retrying,
  retrying_next_at: progress.retryingNextAt,
  retrying_until: progress.retryingUntil,
  credits: progress.credits,
});

type ListOfRow = Pick<ListView, 'columns' | 'emailColumn'>;

export const toListRowAnswer = (row: ListResultRow, { columns, emailColumn }: ListOfRow): ListRowAnswer => ({
  row: row.row,
  input: row.cells && (row.cells[emailColumn ?? 0] ?? row.email),
  email: row.email,
  status: row.status,
  reason: row.reason,
  retry_at: row.waiting?.retryAt ?? null,
  score: row.score,
  grade: row.grade,
  grade_basis: [...row.gradeBasis],
  recommendation: row.recommendation,
  flags: row.flags,
  did_you_mean: row.didYouMean,
  mx: { host: row.mxHost, provider: row.provider, gateway: row.flags.security_gateway === true },
  checked_at: row.checkedAt,
  cached: row.cached,
  credits_charged: row.creditsCharged,
  columns: row.cells && Object.fromEntries(row.cells.map((cell, at) => [nameOf(columns, at), cell])),
});

/** A repeated name gets its position as a suffix, and so does a column that the header does not name. */
function nameOf(columns: readonly ListColumn[], at: number): string {
  const name = columns[at]?.name ?? '';
  const isFirst = columns.findIndex((column) => column.name === name) === at;
  return name !== '' && isFirst ? name : `${name === '' ? 'column' : name} ${at + 1}`;
}

// A list as a live stream: its current state, each change, and the end when nothing more happens automatically. Every event is
// the whole state, and its id is the list's version. A client that reconnects with the last id it saw gets what changed since
// then, and nothing twice.

export interface WatchedList extends Pick<Followed<ListView>, 'untilSignedOut'> {
  scope: Scope;
  /** The current state. */
  list: ListView;
  event: string;
  toData: (view: ListView) => unknown;
}

export async function listEvents(request: Request, watched: WatchedList): Promise<Response> {
  const { scope, list, event, toData, untilSignedOut } = watched;
  let last = readLastEventId(request.headers);
  // The client has already seen the end: 204 tells an EventSource not to reconnect.
  if (isSettled(list.status) && last === list.version) return new Response(null, { status: 204 });
  return followAsStream<ListView>(request, {
    of: { list: list.id },
    watch: (watcher) => watchList(scope, list.id, watcher),
    tell: (view, stream) => {
      if (view.version !== last) stream.send(event, toData(view), String(view.version));
      last = view.version;
      if (isSettled(view.status)) stream.finish();
    },
    untilSignedOut,
  });
}

/** Null if the client sends no id, or one that is not ours. */
function readLastEventId(headers: Headers): number | null {
  const id = headers.get('last-event-id');
  return id !== null && /^\d{1,10}$/.test(id) ? Number(id) : null;
}
