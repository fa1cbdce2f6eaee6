// The wrapper of calls that make something and spend for it: JSON body in, and once only where the client names the request
// by an Idempotency-Key. The id of what is made is chosen before the work starts.
import 'server-only';
import type { z } from 'zod';
import type { ApiScope } from '@/lib/domain/api-scopes';
import type { ID_PREFIXES } from '@/lib/ids';
import type { Attempt } from '@/lib/services/idempotency';
import { apiRoute, type ApiAnswer, type ApiCall, type RouteHandler } from './api-route';
import { doOnce } from './do-once';
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
  /** Of the body, where the call takes more than others. */
  maxBytes?: number;
}

export function apiPost<B>(
  { scope, makes, body: schema, isBodyOptional = false, maxBytes }: ApiPostOptions<B>,
  handler: (post: ApiPost<B>) => Promise<ApiAnswer>,
): RouteHandler {
  return apiRoute({ scope }, async (call) => {
    const { bytes, value } = await (isBodyOptional ? readOptionalJson(call.request) : readJsonBody(call.request, maxBytes));
    const body = parseInput(schema, value);
    return doOnce(call, { makes, asked: bytes }, (attempt) => handler({ ...call, ...attempt, body }));
  });
}
