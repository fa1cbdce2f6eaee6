// Reacher's calls (check-if-email-exists, v0 and v1), mapped to our use cases.
import 'server-only';
import { z } from 'zod';
import { answer } from '@/lib/accounts/web/api-route';
import { isSettled } from '@/lib/lists/rules/list';
import { AppError } from '@/lib/platform/errors';
import { parseInput } from '@/lib/platform/http/body';
import { numberOfId } from '@/lib/platform/ids';
import {
  ADDRESS_INPUT_MAX_CHARS,
  CALLBACK_ROWS_MAX,
  COMPAT_PAGE_ROWS_MAX,
  COMPAT_TIMEOUT_DEFAULT_MS,
  LIST_ROWS_MAX,
} from '@/lib/platform/limits';
import { formatCount } from '@/lib/platform/numbers';
import { reacherRow } from '../batches';
import { outcomeOf } from '../rules/outcome';
import { reacherAnswer, reacherProgress } from '../rules/reacher';
import { addressField, compatRoute, once, sentenceOf, type Vendor, whole, checkOne, reasonHeader, refusalResponse } from './call';
import { findJob, makeJob, streamJob, withCallback } from './jobs';
import { jobRows } from '../rows';

const REACHER: Vendor = {
  keyFields: [],
  refusal: (error) => refusalResponse(error, error.status, { error: sentenceOf(error) }),
};

/** Reacher's other fields say how to ask mail hosts, which is our decision. */
const checkSchema = z.object({ to_email: addressField });

export const checkEmail = compatRoute(REACHER, { scope: 'verify:write', bucket: 'verify' }, (call) => {
  const { to_email: asked } = parseInput(checkSchema, call.query);
  return once(call, { makes: 'verification' }, async (post) => {
    const view = await checkOne(post, asked, COMPAT_TIMEOUT_DEFAULT_MS);
    return answer(200, reacherAnswer(outcomeOf(view)), reasonHeader(view));
  });
});

/** Called for each address. Their server requires the headers, but some clients that were written for older ones don't send any. */
const eachEmailSchema = z.object({
  url: z.string('is missing').min(1, 'is missing'),
  headers: z.record(z.string(), z.string('must be text'), 'must be an object').nullish(),
  extra: z.unknown().optional(),
});

const bulkSchema = z
  .object({
    input: z.array(z.string('is missing').max(ADDRESS_INPUT_MAX_CHARS), 'is missing').min(1, 'is empty').max(LIST_ROWS_MAX),
    webhook: z.object({ on_each_email: eachEmailSchema.nullish() }, 'must be an object').nullish(),
  })
  .transform(({ input, webhook }) => ({ input, eachEmail: webhook?.on_each_email ?? null }))
  .refine(({ input, eachEmail }) => eachEmail === null || input.length <= CALLBACK_ROWS_MAX, {
    path: ['input'],
    error: `has more than ${formatCount(CALLBACK_ROWS_MAX)} addresses, the maximum with a webhook`,
  });

export const createBulk = compatRoute(REACHER, { scope: 'lists:write', bucket: 'verify', isLarge: true }, (call) => {
  const { input, eachEmail } = parseInput(bulkSchema, call.query);
  const items = input.map((asked) => ({ email: asked, own: '' }));
  const { url, headers, extra } = eachEmail ?? {};
  return once(call, { makes: 'list' }, async (post) => {
    const callback = { service: 'reacher', field: 'webhook.on_each_email', url, headers: headers ?? {}, extra } as const;
    const { id } = await withCallback(post, callback, () => makeJob(post, items, {}));
    return answer(200, { job_id: numberOfId(id) });
  });
});

export const bulkProgress = compatRoute(REACHER, { scope: 'lists:read' }, async (call) => {
  const list = await findJob(call, call.param('id'));
  return answer(200, reacherProgress(list, numberOfId(list.id)));
});

const RESULTS_DEFAULT = 50;
const resultsSchema = z.object({
  format: z.enum(['json', 'csv']).default('json'),
  limit: whole(1, COMPAT_PAGE_ROWS_MAX),
  offset: whole(0, LIST_ROWS_MAX),
});

export const bulkResults = compatRoute(REACHER, { scope: 'lists:read' }, async (call) => {
  const list = await findJob(call, call.param('id'));
  const { format, limit = RESULTS_DEFAULT, offset = 0 } = parseInput(resultsSchema, call.query);
  if (!isSettled(list.status))
    throw new AppError('invalid_request', { detail: `Job ${call.param('id')} is still running, please try again later` });
  if (format === 'csv') {
    return streamJob({ request: call.request, scope: call.holder.scope }, list, {
      contentType: 'text/csv',
      columns: [
        'is_reachable',
        'misc.is_disposable',
        'misc.is_role_account',
        'mx.accepts_mail',
        'smtp.is_deliverable',
        'smtp.is_catch_all',
      ],
      cells: (outcome) => {
        const { is_reachable: reachable, misc, mx, smtp } = reacherAnswer(outcome);
        const flags = [misc.is_disposable, misc.is_role_account, mx.accepts_mail, smtp.is_deliverable, smtp.is_catch_all];
        return [reachable, ...flags.map(String)];
      },
    });
  }
  const results = [];
  for await (const row of jobRows(call.holder.scope, list, { from: offset, take: limit })) results.push(reacherRow(list, row));
  return answer(200, { results });
});
