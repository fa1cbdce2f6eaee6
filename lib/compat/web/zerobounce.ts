// ZeroBounce v2's calls, mapped to our use cases. There, bulk calls have a separate host; here they are beside the others.
import 'server-only';
import { z } from 'zod';
import { answer, type ApiAnswer, type RouteHandler, toResponse } from '@/lib/accounts/web/api-route';
import { getBalance } from '@/lib/credits/balance';
import { getUsage } from '@/lib/credits/usage';
import { cancelList } from '@/lib/lists/end';
import { deleteList } from '@/lib/lists/keep';
import { awaitList } from '@/lib/lists/read';
import { isSettled } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import { AppError, unwrap } from '@/lib/platform/errors';
import { parseInput } from '@/lib/platform/http/body';
import {
  ADDRESS_INPUT_MAX_CHARS,
  COMPAT_AT_ONCE_MAX,
  COMPAT_BATCH_WAIT_MS,
  COMPAT_TIMEOUT_DEFAULT_MS,
  LIST_COLUMNS_MAX,
} from '@/lib/platform/limits';
import { isReason } from '@/lib/verdict/verdict';
import { outcomeOf, shareDone, unanswered } from '../rules/outcome';
import {
  ZEROBOUNCE_COLUMNS,
  zeroBounceAnswer,
  zeroBounceCells,
  zeroBounceDay,
  zeroBounceFileStatus,
  zeroBounceMoment,
  ZEROBOUNCE_CODES,
  ZEROBOUNCE_STATUSES,
  ZEROBOUNCE_SUB_STATUSES,
} from '../rules/zerobounce';
import {
  addressField,
  type CompatCall,
  compatRoute,
  flag,
  once,
  sentenceOf,
  type Vendor,
  whole,
  checkOne,
  reasonHeader,
  isAboutCredits,
  isAboutKey,
  refusalResponse,
} from './call';
import { streamJob, callbackUrl, withCallback, findJob, makeFileJob, makeJob } from './jobs';
import { jobRows } from '../rows';

const NO_KEY_OR_CREDITS = 'Invalid API key or your account ran out of credits';
const sentence = (error: AppError): string =>
  isAboutKey(error) || isAboutCredits(error) ? NO_KEY_OR_CREDITS : sentenceOf(error);
/** ZeroBounce has no other status for a client's mistake. */
const statusOf = ({ status }: AppError): number => (status < 500 && status !== 404 && status !== 429 ? 400 : status);

const ZEROBOUNCE: Vendor = {
  keyFields: ['api_key'],
  refusal: (error) => refusalResponse(error, statusOf(error), { error: sentence(error) }),
};

const refuseCredits: Vendor['refusal'] = (error, requestId) =>
  isAboutKey(error) ? refusalResponse(error, 200, { Credits: '-1' }) : ZEROBOUNCE.refusal(error, requestId);

/** In this call, ZeroBounce writes Key with a capital letter. */
const refuseBatch: Vendor['refusal'] = (error) => {
  const status = statusOf(error);
  const body = { email_batch: [], errors: [{ error: sentence(error).replace('API key', 'API Key'), email_address: 'all' }] };
  return refusalResponse(error, status === 400 ? 200 : status, body);
};

const refuseFile: Vendor['refusal'] = (error) => {
  const message = error.code === 'not_found' ? 'File cannot be found.' : sentence(error);
  return refusalResponse(error, statusOf(error), { success: false, message, error_message: message });
};

const oneSchema = z.object({ email: addressField, timeout: whole(3, 60) });

export const validate = compatRoute(ZEROBOUNCE, { scope: 'verify:write', bucket: 'verify' }, (call) => {
  const asked = parseInput(oneSchema, call.query);
  const timeoutMs = asked.timeout === undefined ? COMPAT_TIMEOUT_DEFAULT_MS : asked.timeout * 1_000;
  return once(call, { makes: 'verification' }, async (post) => {
    const view = await checkOne(post, asked.email, timeoutMs);
    return answer(200, zeroBounceAnswer(outcomeOf(view), momentOf(view.checkedAt)), reasonHeader(view));
  });
});

const momentOf = (iso: string | null): Date => (iso === null ? new Date() : new Date(iso));

const batchSchema = z.object({
  email_batch: z
    .array(z.object({ email_address: z.string().max(ADDRESS_INPUT_MAX_CHARS).nullish() }), 'is missing')
    .min(1, 'is empty')
    .max(COMPAT_AT_ONCE_MAX),
  timeout: whole(10, 120),
});
const NO_ADDRESS = { error: 'email_address is missing', email_address: '' };

/** A list that the call waits for. Addresses without a verdict when the time is over are not asked any more, and cost nothing. */
export const validateBatch = compatRoute(
  ZEROBOUNCE,
  { scope: 'verify:write', bucket: 'verify', refusal: refuseBatch },
  (call) => {
    const { email_batch: asked, timeout } = parseInput(batchSchema, call.query);
    const items = asked.flatMap(({ email_address: sent }) => (sent?.trim() ? [{ email: sent, own: '' }] : []));
    const errors = Array.from({ length: asked.length - items.length }, () => NO_ADDRESS);
    if (items.length === 0) return Promise.resolve(answer(200, { email_batch: [], errors }));
    return once(call, { makes: 'list' }, async (post) => {
      const { id } = await makeJob(post, items, { name: `validatebatch of ${items.length}` });
      const timeoutMs = timeout === undefined ? COMPAT_BATCH_WAIT_MS : Math.min(timeout * 1_000, COMPAT_BATCH_WAIT_MS);
      const list = await awaitList(call.holder.scope, id, { timeoutMs, signal: call.request.signal });
      if (!isSettled(list.status)) await cancelList(call.holder.scope, { listId: id });
      return answer(200, { email_batch: await answersOf(call, list), errors });
    });
  },
);

async function answersOf(call: CompatCall, list: ListView) {
  const answers = [];
  for await (const { outcome, cells } of jobRows(call.holder.scope, list)) {
    answers.push(zeroBounceAnswer(outcome ?? unanswered(cells[0] ?? '', list.test), new Date()));
  }
  return answers;
}

/** As text: their client for Go reads nothing else, and the others read it as well as a number. */
export const getCredits = compatRoute(ZEROBOUNCE, { scope: 'credits:read', refusal: refuseCredits }, async ({ holder }) =>
  answer(200, { Credits: String((await getBalance(holder.scope)).available) }),
);

/** Asking a mail server cannot tell when somebody last opened a mail, so the answer is always that it was not found. */
export const activity = compatRoute(ZEROBOUNCE, { scope: 'credits:read' }, ({ query }) => {
  parseInput(z.object({ email: addressField }), query);
  return Promise.resolve(answer(200, { found: false, active_in_days: null }));
});

/** Scoring, finding addresses and whatever else they sell. Their clients look for the error in different fields. */
export const notOffered: RouteHandler = () => {
  const error = 'This is not offered here: only validation, files, credits and usage are.';
  const body = { success: false, error, message: error, error_message: error };
  return Promise.resolve(toResponse(answer(404, body)));
};

const usageSchema = z.object({
  start_date: z.iso.date('must be like 2026-11-29'),
  end_date: z.iso.date('must be like 2026-11-29'),
});

export const getApiUsage = compatRoute(ZEROBOUNCE, { scope: 'credits:read' }, async ({ holder, query }) => {
  const { start_date: from, end_date: to } = parseInput(usageSchema, query);
  const { rows, totals } = unwrap(await getUsage(holder.scope, { from, to, by: 'reason' }));
  const names = [...ZEROBOUNCE_STATUSES.map(statusName), ...ZEROBOUNCE_SUB_STATUSES.map(subStatusName)];
  const counts: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]));
  for (const { group, answers } of rows) {
    if (!isReason(group)) continue;
    const [status, subStatus] = ZEROBOUNCE_CODES[group];
    for (const name of [statusName(status), subStatusName(subStatus)])
      if (name in counts) counts[name] = (counts[name] ?? 0) + answers;
  }
  return answer(200, { total: totals.answers, ...counts, start_date: zeroBounceDay(from), end_date: zeroBounceDay(to) });
});

const statusName = (status: string): string => `status_${status.replace('-', '_')}`;
const subStatusName = (subStatus: string): string => `sub_status_${subStatus}`;

const fileSchema = z.object({
  email_address_column: z.coerce.number().int().min(1).max(LIST_COLUMNS_MAX),
  has_header_row: flag,
  return_url: callbackUrl,
});

export const sendFile = compatRoute(
  ZEROBOUNCE,
  { scope: 'lists:write', bucket: 'verify', refusal: refuseFile },
  (call): Promise<ApiAnswer> => {
    const { file } = call;
    if (file === null) throw new AppError('invalid_request', { fields: { file: 'is missing' } });
    const { email_address_column: emailColumn, has_header_row: hasHeader, return_url: url } = parseInput(fileSchema, call.query);
    return once(call, { makes: 'list' }, async (post) => {
      const asked = { fileName: file.name, sizeBytes: file.size, emailColumn, hasHeader };
      const callback = { service: 'zerobounce', field: 'return_url', url } as const;
      const list = await withCallback(post, callback, () => makeFileJob(post, asked, bytesOf(file)));
      // Their client for Go accepts nothing else.
      return answer(201, { success: true, message: 'File Accepted', ...nameOf(list) });
    });
  },
);

async function* bytesOf(file: File): AsyncGenerator<Uint8Array, void> {
  yield new Uint8Array(await file.arrayBuffer());
}

const nameOf = ({ id, name, file }: ListView) => ({ file_name: file.name ?? name, file_id: id });

const FILES = { scope: 'lists:read', refusal: refuseFile } as const;

export const fileStatus = compatRoute(ZEROBOUNCE, FILES, async (call) => {
  const list = await findJob(call, call.query.file_id);
  return answer(200, {
    success: true,
    ...nameOf(list),
    upload_date: zeroBounceMoment(list.createdAt),
    file_status: zeroBounceFileStatus(list),
    complete_percentage: `${Math.floor(shareDone(list) * 100)}%`,
    error_reason: list.failureDetail ?? '',
    file_phase_2_status: 'N/A',
    return_url: '',
  });
});

export const getFile = compatRoute(ZEROBOUNCE, FILES, async (call) => {
  const list = await findJob(call, call.query.file_id);
  if (!isSettled(list.status)) throw new AppError('list_status_conflict', { detail: 'File is still being processed.' });
  return streamJob({ request: call.request, scope: call.holder.scope }, list, {
    contentType: 'application/octet-stream',
    columns: ZEROBOUNCE_COLUMNS,
    cells: zeroBounceCells,
  });
});

export const deleteFile = compatRoute(ZEROBOUNCE, { scope: 'lists:write', refusal: refuseFile }, async (call) => {
  const list = await findJob(call, call.query.file_id);
  unwrap(await deleteList(call.holder.scope, { listId: list.id }));
  return answer(200, { success: true, message: 'File Deleted', ...nameOf(list) });
});
