// NeverBounce v4.2's calls about one address and about the account, mapped to our use cases. Every answer except one that is too large has
// the HTTP status 200; a refusal is in the body. GET and POST are the same call.
import 'server-only';
import { z } from 'zod';
import { answer, type ApiAnswer } from '@/lib/accounts/web/api-route';
import { getBalance } from '@/lib/credits/balance';
import { getUsage } from '@/lib/credits/usage';
import { lastDays } from '@/lib/credits/rules/usage';
import { type AppError, type ErrorCode, unwrap } from '@/lib/platform/errors';
import { parseInput } from '@/lib/platform/http/body';
import { COMPAT_TIMEOUT_DEFAULT_MS, USAGE_MAX_DAYS } from '@/lib/platform/limits';
import { neverBounceJobStatus, neverBounceVerification } from '../rules/neverbounce';
import { outcomeOf } from '../rules/outcome';
import {
  type CompatCall,
  compatRoute,
  flag,
  once,
  sentenceOf,
  type Vendor,
  whole,
  addressField,
  checkOne,
  reasonHeader,
  refusalResponse,
} from './call';
import { allJobs } from './jobs';

type NeverBounceError = 'general_failure' | 'auth_failure' | 'temp_unavail' | 'throttle_triggered' | 'bad_referrer';

const ERRORS: Readonly<Partial<Record<ErrorCode, NeverBounceError>>> = {
  missing_key: 'auth_failure',
  invalid_key: 'auth_failure',
  insufficient_scope: 'auth_failure',
  ip_not_allowed: 'auth_failure',
  origin_not_allowed: 'bad_referrer',
  rate_limited: 'throttle_triggered',
  limit_reached: 'throttle_triggered',
  internal_error: 'temp_unavail',
  unavailable: 'temp_unavail',
};

const TOO_LARGE = 413;

export const NEVERBOUNCE: Vendor = {
  keyFields: ['key'],
  refusal: (error: AppError) => {
    const body = { status: ERRORS[error.code] ?? 'general_failure', message: sentenceOf(error), execution_time: 0 };
    return refusalResponse(error, error.status === TOO_LARGE ? TOO_LARGE : 200, body);
  },
};

/** Includes the milliseconds that the call took. */
export const success = (call: CompatCall, body: object, headers?: Record<string, string>): ApiAnswer =>
  answer(200, { status: 'success', ...body, execution_time: Date.now() - call.receivedAt }, headers);

const singleSchema = z.object({
  email: addressField,
  address_info: flag,
  credits_info: flag,
  timeout: whole(1, 60),
});

export const singleCheck = compatRoute(NEVERBOUNCE, { scope: 'verify:write', bucket: 'verify' }, (call) => {
  const { email, timeout, address_info: withAddress, credits_info: withCredits } = parseInput(singleSchema, call.query);
  return once(call, { makes: 'verification' }, async (post) => {
    const view = await checkOne(post, email, timeout === undefined ? COMPAT_TIMEOUT_DEFAULT_MS : timeout * 1_000);
    const credits = withCredits ? { credits_info: await creditsInfo(call, view.creditsCharged) } : {};
    return success(
      call,
      { ...neverBounceVerification(outcomeOf(view), withAddress), retry_token: '', ...credits },
      reasonHeader(view),
    );
  });
});

const creditsInfo = async ({ holder }: CompatCall, used: number) => ({
  paid_credits_used: used,
  free_credits_used: 0,
  paid_credits_remaining: (await getBalance(holder.scope)).available,
  free_credits_remaining: 0,
});

/** Credits used are those of the longest range that is counted. */
export const accountInfo = compatRoute(NEVERBOUNCE, { scope: 'credits:read' }, async (call) => {
  const range = lastDays(USAGE_MAX_DAYS, new Date());
  const [jobs, usage] = await Promise.all([allJobs(call), getUsage(call.holder.scope, { ...range, by: 'status' })]);
  const count = (...statuses: string[]) => jobs.filter(({ status }) => statuses.includes(neverBounceJobStatus(status))).length;
  return success(call, {
    billing_type: 'default',
    credits_info: await creditsInfo(call, unwrap(usage).totals.credits),
    job_counts: {
      completed: count('complete'),
      under_review: 0,
      queued: count('queued', 'waiting', 'uploading'),
      processing: count('running', 'parsing'),
    },
  });
});
