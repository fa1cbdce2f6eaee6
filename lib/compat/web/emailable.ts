// The calls of Emailable v1 over our use cases. 249: the answer is not ready, and asking again costs nothing.
import 'server-only';
import { z } from 'zod';
import { answer, type ApiAnswer } from '@/lib/accounts/web/api-route';
import { findOwnerEmail } from '@/lib/accounts/workspaces';
import { getBalance } from '@/lib/credits/balance';
import { isSettled } from '@/lib/lists/rules/list';
import type { ListView } from '@/lib/lists/rules/view';
import { AppError } from '@/lib/platform/errors';
import { parseInput } from '@/lib/platform/http/body';
import { ADDRESS_INPUT_MAX_CHARS, COMPAT_INLINE_ROWS_MAX, LIST_ROWS_MAX } from '@/lib/platform/limits';
import { isReason } from '@/lib/verdict/verdict';
import { emailableAnswer } from '../rules/kickbox';
import { KICKBOX_CODES } from '../rules/kickbox.data';
import { isStuck, outcomeOf, unanswered } from '../rules/outcome';
import { type CompatCall, compatRoute, flag, once, sentenceOf, type Vendor, whole } from './call';
import { checkOne, reasonHeader } from './check';
import { findJob, jobRows, makeJob, refuseCallback } from './jobs';
import { downloadUrl } from './kickbox';
import { refusalResponse } from './refusals';

const NOT_READY = 249;
const STATUSES = [401, 402, 403, 404, 429, 500, 503];

const EMAILABLE: Vendor = {
  keyFields: ['api_key', 'access_token'],
  refusal: (error) =>
    refusalResponse(error, STATUSES.includes(error.status) ? error.status : 400, { message: sentenceOf(error) }),
};

const MS = 1_000;
const TIMEOUT_S = { min: 2, max: 10, default: 5 } as const;
const verifySchema = z.object({
  email: z.string('is missing').min(1, 'is missing').max(ADDRESS_INPUT_MAX_CHARS),
  timeout: whole(TIMEOUT_S.min, TIMEOUT_S.max),
});

export const verify = compatRoute(EMAILABLE, { scope: 'verify:write', bucket: 'verify' }, (call) => {
  const { email, timeout = TIMEOUT_S.default } = parseInput(verifySchema, call.query);
  const isUnfinished = ({ status }: ApiAnswer): boolean => status === NOT_READY;
  return once(call, { makes: 'verification', isUnfinished }, async (post) => {
    const view = await checkOne(post, email, timeout * MS);
    if (view.status === 'pending' && view.retryAt === null)
      return answer(NOT_READY, { message: 'Your request is taking longer than normal. Please send your request again.' });
    return answer(200, emailableAnswer(outcomeOf(view)), reasonHeader(view));
  });
});

export const account = compatRoute(EMAILABLE, { scope: 'credits:read' }, async ({ holder }) => {
  const [owner, { available }] = await Promise.all([findOwnerEmail(holder.scope), getBalance(holder.scope)]);
  return answer(200, { owner_email: owner, available_credits: available });
});

const address = z.string().trim().max(ADDRESS_INPUT_MAX_CHARS);
/** With commas between them, or as an array. */
const emailsSchema = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').filter((email) => email.trim() !== '') : value),
  z.array(address, 'is missing').min(1, 'is missing').max(LIST_ROWS_MAX),
);
const batchSchema = z.object({ emails: emailsSchema, url: z.unknown().optional() });

export const createBatch = compatRoute(EMAILABLE, { scope: 'lists:write', bucket: 'verify', isLarge: true }, (call) => {
  const { emails, url } = parseInput(batchSchema, call.query);
  refuseCallback('url', url);
  return once(call, { makes: 'list' }, async (post) => {
    const { id } = await makeJob(
      post,
      emails.map((email) => ({ email, own: '' })),
      {},
    );
    return answer(200, { message: 'Batch successfully created.', id });
  });
});

const statusSchema = z.object({ id: z.string('is missing').min(1, 'is missing'), partial: flag });

export const batchStatus = compatRoute(EMAILABLE, { scope: 'lists:read' }, async (call) => {
  const { id, partial } = parseInput(statusSchema, call.query);
  const list = await findJob(call, id);
  if (list.status === 'failed' || isStuck(list))
    throw new AppError('invalid_request', { detail: list.failureDetail ?? 'The batch failed.' });
  const isOver = isSettled(list.status);
  const total = list.quote?.rows ?? list.progress.total;
  const { processed } = list.progress;
  const rows = isOver || partial ? await rowsOf(call, list) : {};
  if (!isOver) return answer(200, { message: 'Your batch is being processed.', processed, total, ...rows });
  return answer(200, { message: 'Batch verification completed', id: list.id, ...rows, ...countsOf(list) });
});

/** Inline if they are few, else as a file. */
async function rowsOf(call: CompatCall, list: ListView): Promise<object> {
  if ((list.quote?.rows ?? 0) > COMPAT_INLINE_ROWS_MAX) return { download_file: downloadUrl(call, list) };
  const emails = [];
  for await (const { outcome, isDuplicate, cells } of jobRows(call, list)) {
    if (outcome === null && !isSettled(list.status)) continue;
    const said = emailableAnswer(outcome ?? unanswered(cells[0] ?? '', list.test));
    emails.push(isDuplicate ? { ...said, state: 'duplicate' } : said);
  }
  return { emails };
}

/** Of a batch that is over: every row was processed, duplicates too. */
function countsOf({ progress, quote }: ListView) {
  const total = { deliverable: 0, undeliverable: 0, risky: 0, unknown: 0 };
  const reasons: Record<string, number> = Object.fromEntries(Object.values(KICKBOX_CODES).map(([, reason]) => [reason, 0]));
  for (const [word, rows = 0] of Object.entries(progress.countsByReason)) {
    if (!isReason(word)) continue;
    const [state, reason] = KICKBOX_CODES[word];
    total[state] += rows;
    reasons[reason] = (reasons[reason] ?? 0) + rows;
  }
  const counts = {
    ...total,
    duplicate: quote?.duplicates ?? 0,
    processed: quote?.rows ?? progress.total,
    total: quote?.rows ?? progress.total,
  };
  return { reason_counts: reasons, total_counts: counts };
}
