// The calls of Kickbox v2 over our use cases. What is left to spend and the time it took stand in headers, as there.
import 'server-only';
import { z } from 'zod';
import { answer, type ApiAnswer } from '@/lib/accounts/web/api-route';
import { getBalance } from '@/lib/credits/balance';
import { signDownload } from '@/lib/lists/export/download-link';
import type { ListView } from '@/lib/lists/rules/view';
import { env } from '@/lib/platform/env';
import { AppError } from '@/lib/platform/errors';
import { parseInput } from '@/lib/platform/http/body';
import { numberOfId } from '@/lib/platform/ids';
import { ADDRESS_INPUT_MAX_CHARS, API_TIMEOUT_MAX_MS, COMPAT_INLINE_ROWS_MAX, LIST_NAME_MAX_CHARS } from '@/lib/platform/limits';
import { isReason } from '@/lib/verdict/verdict';
import { kickboxAnswer, kickboxJobStatus } from '../rules/kickbox';
import { KICKBOX_CODES, KICKBOX_TEST_NO_BALANCE } from '../rules/kickbox.data';
import { outcomeOf, wordsOf } from '../rules/outcome';
import { type CompatCall, compatRoute, once, sentenceOf, type Vendor, whole } from './call';
import { checkOne, reasonHeader } from './check';
import { findJob, jobRows, makeFileJob, refuseCallback } from './jobs';
import { isAboutCredits, refusalResponse } from './refusals';

const FORBIDDEN = 403;

/** One status for a key that is refused and for an empty balance. */
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
  email: z.string('is missing').min(1, 'is missing').max(ADDRESS_INPUT_MAX_CHARS),
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

/** The body is the file, one address a line or a CSV file, and is stored as it streams in. */
export const verifyBatch = compatRoute(KICKBOX, { scope: 'lists:write', bucket: 'verify', isStream: true }, (call) => {
  const { headers, body } = call.request;
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== 'text/csv')
    throw new AppError('unsupported_media_type', { detail: 'Send the addresses as text/csv.' });
  refuseCallback('X-Kickbox-Callback', headers.get('x-kickbox-callback'));
  const name = headers.get('x-kickbox-filename')?.slice(0, LIST_NAME_MAX_CHARS);
  if (body === null) throw new AppError('invalid_request', { detail: 'The body is empty.' });
  return once({ ...call, bytes: askedBy(headers) }, { makes: 'list' }, async (post) => {
    const asked = { fileName: name ?? 'batch.csv', name, sizeBytes: Number(headers.get('content-length') ?? 0) };
    const list = await makeFileJob(post, asked, body);
    return answer(200, { id: numberOfId(list.id), success: true, message: null });
  });
});

/** The content is not known before it was taken, so its name and size stand for it. */
const askedBy = (headers: Headers): Uint8Array =>
  new TextEncoder().encode(JSON.stringify([headers.get('x-kickbox-filename'), headers.get('content-length')]));

export const batchStatus = compatRoute(KICKBOX, { scope: 'lists:read' }, async (call) => {
  const list = await findJob(call, call.param('id'));
  const status = kickboxJobStatus(list);
  const counts = countsOf(list);
  const { processed, total } = list.progress;
  return answer(200, {
    id: numberOfId(list.id),
    name: list.name,
    download_url: status === 'completed' && list.status !== 'expired' ? downloadUrl(call, list) : null,
    created_at: list.createdAt,
    status,
    ...(status === 'completed'
      ? { stats: { ...counts, sendex: await meanSendex(call, list), addresses: list.quote?.rows ?? total } }
      : { progress: { ...counts, total, unprocessed: total - processed } }),
    error: list.failureDetail,
    duration: secondsOf(list),
    success: true,
    message: null,
  });
});

/** Null where reading the rows once more for each poll would cost too much, or none are left. */
async function meanSendex(call: CompatCall, list: ListView): Promise<number | null> {
  if (list.status === 'expired' || (list.quote?.rows ?? 0) > COMPAT_INLINE_ROWS_MAX) return null;
  let [sum, rows] = [0, 0];
  for await (const { outcome } of jobRows(call, list)) {
    if (outcome === null) continue;
    sum += kickboxAnswer(outcome).sendex;
    rows += 1;
  }
  return rows === 0 ? 0 : Math.round((sum / rows) * CENTS) / CENTS;
}

const CENTS = 100;

function countsOf({ progress }: ListView) {
  const counts = { deliverable: 0, undeliverable: 0, risky: 0, unknown: 0 };
  for (const [reason, rows = 0] of Object.entries(progress.countsByReason)) {
    if (isReason(reason)) counts[KICKBOX_CODES[reason][0]] += rows;
  }
  return counts;
}

/** A link that works for some minutes without a key, to our own file: its columns have our names. */
export const downloadUrl = ({ holder }: CompatCall, { id: listId }: ListView): string => {
  const wish = { segment: 'all', filter: {}, format: 'csv', bom: false } as const;
  return `${env().APP_URL}/api/downloads/${signDownload({ scope: holder.scope, listId, wish })}`;
};

const secondsOf = ({ startedAt, finishedAt }: ListView): number =>
  startedAt === null || finishedAt === null ? 0 : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;
