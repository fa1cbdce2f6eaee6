// API calls that create something and spend credits for it. They take a JSON body, and run only once if the client names the request by an
// Idempotency-Key. The request is part of the claim: a key reused with a different request is refused. The id of what is created is chosen
// before the work starts.
import 'server-only';
import { createHash } from 'node:crypto';
import { AppError } from '@/lib/platform/errors';
import { answerOnce, type Attempt } from '@/lib/platform/idempotency';
import { type ID_PREFIXES, newId } from '@/lib/platform/ids';
import { IDEMPOTENCY_KEY_MAX_CHARS } from '@/lib/platform/limits';
import type { Operation } from '../operation';
import { type ApiAnswer, type ApiCall, type ApiRoute, apiRoute } from './api-route';

export interface ApiPost<B> extends ApiCall<unknown, B>, Attempt {}

export interface OnceOptions {
  makes: keyof typeof ID_PREFIXES;
  /** The bytes of the request. A retry has the same bytes. */
  asked: Uint8Array;
  /** True for an answer that a retry must wait for again instead of receiving it. */
  isUnfinished?: (answer: ApiAnswer) => boolean;
}

const PRINTABLE = new RegExp(`^[\\x20-\\x7e]{1,${IDEMPOTENCY_KEY_MAX_CHARS}}$`);

export function apiPost<B>(
  operation: Operation<unknown, B> & { makes: OnceOptions['makes'] },
  handler: (post: ApiPost<B>) => Promise<ApiAnswer>,
): ApiRoute {
  const { makes } = operation;
  return apiRoute(operation, (call) => doOnce(call, { makes, asked: call.bytes }, (attempt) => handler({ ...call, ...attempt })));
}

/** Runs a call once per Idempotency-Key, or unconditionally if there is none. */
export async function doOnce(
  call: ApiCall,
  { makes, asked, isUnfinished = () => false }: OnceOptions,
  work: (attempt: Attempt) => Promise<ApiAnswer>,
): Promise<ApiAnswer> {
  const attempt = { resourceId: newId(makes), isResumed: false };
  const key = findIdempotencyKey(call.request.headers);
  if (key === null) return work(attempt);
  const claim = { key, requestHash: hashOf(call, asked), resourceId: attempt.resourceId };
  const once = await answerOnce(call.holder.scope, claim, async (given) => {
    const answer = await work(given);
    return { answer, isUnfinished: call.request.signal.aborted || isUnfinished(answer) };
  });
  return once.isReplayed ? { ...once.answer, headers: { ...once.answer.headers, 'Idempotent-Replayed': 'true' } } : once.answer;
}

function findIdempotencyKey(headers: Headers): string | null {
  const key = headers.get('idempotency-key');
  if (key === null || PRINTABLE.test(key)) return key;
  throw new AppError('invalid_request', {
    fields: { 'Idempotency-Key': `must have 1 to ${IDEMPOTENCY_KEY_MAX_CHARS} printable ASCII characters` },
  });
}

/** A test key's answer never stands in for a live key's, so the mode is part of the request. */
function hashOf({ request, holder }: ApiCall, asked: Uint8Array): string {
  const path = new URL(request.url).pathname.replace(/^\/api(?=\/)/, '');
  return createHash('sha256').update(`${holder.mode} ${request.method} ${path}\n`).update(asked).digest('hex');
}
