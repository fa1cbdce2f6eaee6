// The wrapper of calls that make something and spend for it: JSON body in, and once only where the client names the request
// by an Idempotency-Key. The id of what is made is chosen before the work starts.
import 'server-only';
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { ApiScope } from '@/lib/domain/api-scopes';
import { IDEMPOTENCY_KEY_MAX_CHARS } from '@/lib/domain/limits';
import { AppError } from '@/lib/errors';
import { newId, type ID_PREFIXES } from '@/lib/ids';
import { answerOnce, type Attempt } from '@/lib/services/idempotency';
import { apiRoute, type ApiAnswer, type ApiCall, type RouteHandler } from './api-route';
import { parseInput } from './parse-input';
import { readJsonBody } from './read-json-body';
import { readOptionalJson } from './read-optional-json';

export interface ApiPost<B> extends ApiCall, Attempt {
  body: B;
}

export interface ApiPostOptions<B> {
  scope: ApiScope;
  makes: keyof typeof ID_PREFIXES;
  body: z.ZodType<B>;
  /** A call without a body is one with an empty object. */
  isBodyOptional?: boolean;
}

const PRINTABLE = new RegExp(`^[\\x20-\\x7e]{1,${IDEMPOTENCY_KEY_MAX_CHARS}}$`);

export function apiPost<B>(
  { scope, makes, body: schema, isBodyOptional = false }: ApiPostOptions<B>,
  handler: (post: ApiPost<B>) => Promise<ApiAnswer>,
): RouteHandler {
  return apiRoute({ scope }, async (call) => {
    const { bytes, value } = await (isBodyOptional ? readOptionalJson : readJsonBody)(call.request);
    const body = parseInput(schema, value);
    const attempt = { resourceId: newId(makes), isResumed: false };
    const key = findIdempotencyKey(call.request.headers);
    if (key === null) return handler({ ...call, ...attempt, body });
    const claim = { key, requestHash: hashOf(call, bytes), resourceId: attempt.resourceId };
    const once = await answerOnce(call.holder.scope, claim, async (given) => ({
      answer: await handler({ ...call, ...given, body }),
      isUnfinished: call.request.signal.aborted,
    }));
    return once.isReplayed ? { ...once.answer, headers: { ...once.answer.headers, 'Idempotent-Replayed': 'true' } } : once.answer;
  });
}

function findIdempotencyKey(headers: Headers): string | null {
  const key = headers.get('idempotency-key');
  if (key === null || PRINTABLE.test(key)) return key;
  throw new AppError('invalid_request', {
    fields: { 'Idempotency-Key': `must have 1 to ${IDEMPOTENCY_KEY_MAX_CHARS} printable ASCII characters` },
  });
}

/** A test key's answer is never a live key's, so the mode is part of what was asked. */
function hashOf({ request, holder }: ApiCall, bytes: Uint8Array): string {
  const path = new URL(request.url).pathname.replace(/^\/api(?=\/)/, '');
  return createHash('sha256').update(`${holder.mode} ${request.method} ${path}\n`).update(bytes).digest('hex');
}
