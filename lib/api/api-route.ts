// The wrapper of every call of API v1: request id, key, the plan's rate, scope, then the handler. A handler returns a value
// and throws an AppError to refuse; only one that streams makes its response itself.
import 'server-only';
import type { ApiScope } from '@/lib/domain/api-scopes';
import type { KeyHolder } from '@/lib/services/authenticate-api-key';
import { answerRequest } from './answer-request';
import { limitRate } from './limit-rate';
import { requireKey, requireScope } from './require-key';

export interface RouteContext {
  params: Promise<Record<string, string | string[] | undefined>>;
}

export type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>;

export interface ApiCall {
  request: Request;
  requestId: string;
  holder: KeyHolder;
  /** A part of the path, '' where the route has none of that name. */
  param: (name: string) => string;
  /** Epoch milliseconds. */
  receivedAt: number;
}

export interface ApiAnswer {
  status: number;
  /** JSON text. */
  body: string;
  headers: Record<string, string>;
}

export const answer = (status: number, body: unknown, headers: Record<string, string> = {}): ApiAnswer => ({
  status,
  body: JSON.stringify(body),
  headers,
});

export const apiRoute = (needs: { scope: ApiScope }, handler: (call: ApiCall) => Promise<ApiAnswer>): RouteHandler =>
  apiStream(needs, async (call) => toResponse(await handler(call)));

/** A call whose answer is no JSON but bytes that are made while they are sent. */
export function apiStream({ scope }: { scope: ApiScope }, handler: (call: ApiCall) => Promise<Response>): RouteHandler {
  return (request, context) =>
    answerRequest(async ({ requestId, headers }) => {
      const receivedAt = Date.now();
      const holder = await requireKey(request.headers);
      await limitRate(holder, headers);
      requireScope(holder, scope);
      const params = await context.params;
      const param = (name: string): string => String(params[name] ?? '');
      return handler({ request, requestId, holder, param, receivedAt });
    });
}

/** A call of API v1 that anybody may make, without a key. */
export const openApiRoute =
  (handler: () => ApiAnswer): RouteHandler =>
  () =>
    answerRequest(() => Promise.resolve(toResponse(handler())));

const toResponse = ({ status, body, headers }: ApiAnswer): Response =>
  new Response(body, { status, headers: { 'Content-Type': 'application/json', ...headers } });
