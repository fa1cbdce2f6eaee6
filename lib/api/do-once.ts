// Does a call once where the client names it by an Idempotency-Key, and simply does it otherwise. What was asked is part of the name: a
// key that comes again with something else is refused.
import 'server-only';
import { createHash } from 'node:crypto';
import { IDEMPOTENCY_KEY_MAX_CHARS } from '@/lib/domain/limits';
import { AppError } from '@/lib/errors';
import { newId, type ID_PREFIXES } from '@/lib/ids';
import { answerOnce, type Attempt } from '@/lib/services/idempotency';
import type { ApiAnswer, ApiCall } from './api-route';

export interface OnceOptions {
  makes: keyof typeof ID_PREFIXES;
  /** What was asked, in bytes that are the same when it is asked again. */
  asked: Uint8Array;
}

const PRINTABLE = new RegExp(`^[\\x20-\\x7e]{1,${IDEMPOTENCY_KEY_MAX_CHARS}}$`);

export async function doOnce(
  call: ApiCall,
  { makes, asked }: OnceOptions,
  work: (attempt: Attempt) => Promise<ApiAnswer>,
): Promise<ApiAnswer> {
  const attempt = { resourceId: newId(makes), isResumed: false };
  const key = findIdempotencyKey(call.request.headers);
  if (key === null) return work(attempt);
  const claim = { key, requestHash: hashOf(call, asked), resourceId: attempt.resourceId };
  const once = await answerOnce(call.holder.scope, claim, async (given) => ({
    answer: await work(given),
    isUnfinished: call.request.signal.aborted,
  }));
  return once.isReplayed ? { ...once.answer, headers: { ...once.answer.headers, 'Idempotent-Replayed': 'true' } } : once.answer;
}

function findIdempotencyKey(headers: Headers): string | null {
  const key = headers.get('idempotency-key');
  if (key === null || PRINTABLE.test(key)) return key;
  throw new AppError('invalid_request', {
    fields: { 'Idempotency-Key': `must have 1 to ${IDEMPOTENCY_KEY_MAX_CHARS} printable ASCII characters` },
  });
}

/** A test key's answer is never a live key's, so the mode is part of what was asked. */
function hashOf({ request, holder }: ApiCall, asked: Uint8Array): string {
  const path = new URL(request.url).pathname.replace(/^\/api(?=\/)/, '');
  return createHash('sha256').update(`${holder.mode} ${request.method} ${path}\n`).update(asked).digest('hex');
}
