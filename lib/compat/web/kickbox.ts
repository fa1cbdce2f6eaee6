// Kickbox v2's calls, mapped to our use cases. As there, the remaining balance and the time taken are in headers.
import 'server-only';
import { z } from 'zod';
import { answer, type ApiAnswer, type RouteHandler } from '@/lib/accounts/web/api-route';
import { getBalance } from '@/lib/credits/balance';
import { readDownload } from '@/lib/lists/export/open-export';
import { getList } from '@/lib/lists/read';
import { AppError, unwrap } from '@/lib/platform/errors';
import { parseInput } from '@/lib/platform/http/body';
import { answerRequest } from '@/lib/platform/http/problem';
import { numberOfId } from '@/lib/platform/ids';
import { API_TIMEOUT_MAX_MS, LIST_NAME_MAX_CHARS } from '@/lib/platform/limits';
import { kickboxBatch } from '../batches';
import { KICKBOX_COLUMNS, kickboxAnswer, kickboxCells, KICKBOX_TEST_NO_BALANCE } from '../rules/kickbox';
import { outcomeOf, wordsOf } from '../rules/outcome';
import {
  type CompatCall,
  compatRoute,
  once,
  sentenceOf,
  type Vendor,
  whole,
  addressField,
  checkOne,
  reasonHeader,
  isAboutCredits,
  refusalResponse,
} from './call';
import { withCallback, streamJob, findJob, makeFileJob } from './jobs';

const FORBIDDEN = 403;

/** A refused key and an empty balance share one status. */
const statusOf = (error: AppError): number => {
  if (error.status === 401 || isAboutCredits(error)) return FORBIDDEN;
  return [403, 404, 415, 429].includes(error.status) || error.status >= 500 ? error.status : 400;
};

const KICKBOX: Vendor = {
  keyFields: ['apikey'],
  refusal: (error) =>
    refusalResponse(error, statusOf(error), {
      success: false,
      message: isAboutCredits(error) ? 'Insufficient balance' : sentenceOf(error),
    }),
};

const KICKBOX_TIMEOUT_DEFAULT_MS = 6_000;
const verifySchema = z.object({
  email: addressField,
  timeout: whole(1, API_TIMEOUT_MAX_MS),
});

export const verify = compatRoute(KICKBOX, { scope: 'verify:write', bucket: 'verify' }, (call) => {
  const { email, timeout = KICKBOX_TIMEOUT_DEFAULT_MS } = parseInput(verifySchema, call.query);
  const isTest = call.holder.mode === 'test';
  if (isTest && wordsOf(email).includes(KICKBOX_TEST_NO_BALANCE)) throw new AppError('insufficient_credits');
  return once(call, { makes: 'verification' }, async (post) => {
    const view = await checkOne(post, email, timeout);
    return withBalance(call, kickboxAnswer(outcomeOf(view)), reasonHeader(view));
  });
});

async function withBalance(call: CompatCall, body: unknown, headers: Record<string, string> = {}): Promise<ApiAnswer> {
  const { available } = await getBalance(call.holder.scope);
  const took = String(Date.now() - call.receivedAt);
  return answer(200, body, { 'X-Kickbox-Balance': String(available), 'X-Kickbox-Response-Time': took, ...headers });
}

export const balance = compatRoute(KICKBOX, { scope: 'credits:read' }, async ({ holder }) =>
  answer(200, { balance: (await getBalance(holder.scope)).available, success: true, message: null }),
);

/** The body is the file, with one address per line or as CSV, and is stored as it streams in. */
export const verifyBatch = compatRoute(KICKBOX, { scope: 'lists:write', bucket: 'verify', isStream: true }, (call) => {
  const { headers, body } = call.request;
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== 'text/csv')
    throw new AppError('unsupported_media_type', { detail: 'Send the addresses as text/csv.' });
  const name = headers.get('x-kickbox-filename')?.slice(0, LIST_NAME_MAX_CHARS);
  if (body === null) throw new AppError('invalid_request', { detail: 'The body is empty.' });
  return once({ ...call, bytes: askedBy(headers) }, { makes: 'list' }, async (post) => {
    const asked = { fileName: name ?? 'batch.csv', name, sizeBytes: Number(headers.get('content-length') ?? 0) };
    const url = headers.get('x-kickbox-callback') ?? undefined;
    const callback = { service: 'kickbox', field: 'X-Kickbox-Callback', url } as const;
    const list = await withCallback(post, callback, () => makeFileJob(post, asked, body));
    return answer(200, { id: numberOfId(list.id), success: true, message: null });
  });
});

/** The content is unknown until it has been received, so its name and size represent it. */
const askedBy = (headers: Headers): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify(
      ['filename', 'callback'].map((name) => headers.get(`x-kickbox-${name}`)).concat(headers.get('content-length')),
    ),
  );

export const batchStatus = compatRoute(KICKBOX, { scope: 'lists:read' }, async (call) => {
  const list = await findJob(call, call.param('id'));
  return answer(200, { ...(await kickboxBatch(call.holder.scope, list)), success: true, message: null });
});

/** Works for some minutes through a link, without a key. */
export const download: RouteHandler = (request, context) =>
  answerRequest(async () => {
    const { scope, listId } = unwrap(readDownload(String((await context.params).token)));
    const list = unwrap(await getList(scope, listId));
    return streamJob({ request, scope }, list, { contentType: 'text/csv', columns: KICKBOX_COLUMNS, cells: kickboxCells });
  }, KICKBOX.refusal);
