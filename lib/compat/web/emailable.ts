// Emailable v1's calls, mapped to our use cases. 249 means that the answer is not ready, and asking again costs nothing.
import 'server-only';
import { z } from 'zod';
import { answer, type ApiAnswer } from '@/lib/accounts/web/api-route';
import { findOwnerEmail } from '@/lib/accounts/workspaces';
import { getBalance } from '@/lib/credits/balance';
import { AppError } from '@/lib/platform/errors';
import { parseInput } from '@/lib/platform/http/body';
import { ADDRESS_INPUT_MAX_CHARS, LIST_ROWS_MAX } from '@/lib/platform/limits';
import { emailableBatch } from '../batches';
import { emailableAnswer } from '../rules/kickbox';
import { isStuck, outcomeOf } from '../rules/outcome';
import {
  addressField,
  compatRoute,
  flag,
  once,
  sentenceOf,
  type Vendor,
  whole,
  checkOne,
  reasonHeader,
  refusalResponse,
} from './call';
import { callbackUrl, withCallback, findJob, makeJob } from './jobs';

const NOT_READY = 249;
const STATUSES = [401, 402, 403, 404, 429, 500, 503];

const EMAILABLE: Vendor = {
  keyFields: ['api_key', 'access_token'],
  refusal: (error) =>
    refusalResponse(error, STATUSES.includes(error.status) ? error.status : 400, { message: sentenceOf(error) }),
};

const TIMEOUT_S = { min: 2, max: 10, default: 5 } as const;
const verifySchema = z.object({
  email: addressField,
  timeout: whole(TIMEOUT_S.min, TIMEOUT_S.max),
});

export const verify = compatRoute(EMAILABLE, { scope: 'verify:write', bucket: 'verify' }, (call) => {
  const { email, timeout = TIMEOUT_S.default } = parseInput(verifySchema, call.query);
  const isUnfinished = ({ status }: ApiAnswer): boolean => status === NOT_READY;
  return once(call, { makes: 'verification', isUnfinished }, async (post) => {
    const view = await checkOne(post, email, timeout * 1_000);
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
/** Separated by commas, or as an array. */
const emailsSchema = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').filter((email) => email.trim() !== '') : value),
  z.array(address, 'is missing').min(1, 'is missing').max(LIST_ROWS_MAX),
);
const batchSchema = z.object({ emails: emailsSchema, url: callbackUrl });

export const createBatch = compatRoute(EMAILABLE, { scope: 'lists:write', bucket: 'verify', isLarge: true }, (call) => {
  const { emails, url } = parseInput(batchSchema, call.query);
  const items = emails.map((email) => ({ email, own: '' }));
  return once(call, { makes: 'list' }, async (post) => {
    const callback = { service: 'emailable', field: 'url', url } as const;
    const { id } = await withCallback(post, callback, () => makeJob(post, items, {}));
    return answer(200, { message: 'Batch successfully created.', id });
  });
});

const statusSchema = z.object({ id: z.string('is missing').min(1, 'is missing'), partial: flag });

export const batchStatus = compatRoute(EMAILABLE, { scope: 'lists:read' }, async (call) => {
  const { id, partial } = parseInput(statusSchema, call.query);
  const list = await findJob(call, id);
  if (list.status === 'failed' || isStuck(list))
    throw new AppError('invalid_request', { detail: list.failureDetail ?? 'The batch failed.' });
  return answer(200, await emailableBatch(call.holder.scope, list, { partial }));
});
