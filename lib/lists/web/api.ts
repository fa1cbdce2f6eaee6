// What the routes of /v1/lists and /v1/verify/batch share: finding the list of the path, choosing its column, the settings of a
// new one, and their answers. A test key sees the lists of test keys, a live key the real ones; another workspace's list, one of
// the other mode and an invalid id all read as missing. Promises that a call which is resumed after a crash does not take its
// own work for a conflict.
import 'server-only';
import type { Operation } from '@/lib/accounts/operation';
import { type ApiPost } from '@/lib/accounts/web/api-post';
import { answer, type ApiAnswer, type ApiCall, type ApiRoute, apiRoute } from '@/lib/accounts/web/api-route';
import { getBalance } from '@/lib/credits/balance';
import { AppError, fail, type Result, unwrap } from '@/lib/platform/errors';
import type { Scope } from '@/lib/platform/scope';
import { type ListSettings } from '../create';
import { getList } from '../read';
import { chooseColumn, type ChosenColumn, NO_SUCH_COLUMN } from '../reading';
import { type ColumnFields, isListId, type UploadFields } from '../requests';
import { findColumn } from '../rules/list';
import type { ListView } from '../rules/view';
import { toListAnswer } from './answers';

/** The list of the path, in the caller's workspace and mode. */
export async function requireList({ holder, param }: ApiCall): Promise<ListView> {
  const id = param('id');
  if (!isListId(id)) throw new AppError('not_found');
  const view = unwrap(await getList(holder.scope, id));
  if (view.test !== (holder.mode === 'test')) throw new AppError('not_found');
  return view;
}

/** Changes the list's run, which may hold credits, and answers with the list and what is left to spend. */
export async function spend<B>(post: ApiPost<B>, act: (list: ListView) => Promise<Result<ListView>>): Promise<ApiAnswer> {
  const acted = await act(await requireList(post));
  const isDoneBefore = !acted.ok && post.isResumed && acted.error.code === 'list_status_conflict';
  const view = isDoneBefore ? await requireList(post) : unwrap(acted);
  const { available } = await getBalance(post.holder.scope);
  return answer(200, toListAnswer(view), { 'X-Credits-Remaining': String(available) });
}

/** A call that moves the list of the path on, takes no fields, and answers with the list as it is then. */
export const listMove = (
  operation: Operation,
  move: (scope: Scope, which: { listId: string }) => Promise<Result<ListView>>,
): ApiRoute =>
  apiRoute(operation, async (call) => {
    const { id: listId } = await requireList(call);
    return answer(200, toListAnswer(unwrap(await move(call.holder.scope, { listId }))));
  });

/** 202: its file is still to be read, or its addresses to be verified. */
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

/** After the file was read: it is read again, and nothing is uploaded again. What the client leaves out stays as it is. */
export async function chooseListColumn(
  scope: Scope,
  list: ListView,
  { start, ...body }: ColumnFields & Pick<ChosenColumn, 'start'>,
): Promise<Result<ListView>> {
  const emailColumn = body.email_column === undefined ? list.emailColumn : findColumn(list.columns, body.email_column);
  // A list that is not read yet has no columns; its status refuses it.
  if (emailColumn === null && list.status === 'ready')
    return fail('invalid_request', { fields: { email_column: NO_SUCH_COLUMN } });
  const hasHeader = body.has_header ?? list.hasHeader ?? false;
  return chooseColumn(scope, list.id, { emailColumn: emailColumn ?? 0, hasHeader, ...(start && { start }) });
}
