// The wrapper around every call of API v1, made from the call's declaration: request id, key, the plan's rate, scope, query and body, then
// the handler. A handler returns a value, and throws an AppError to refuse. Only a streaming handler makes its response itself.
import 'server-only';
import { AppError } from '@/lib/platform/errors';
import { type JsonBody, parseInput, parseQuery, readJsonBody, readOptionalJson } from '@/lib/platform/http/body';
import { answerRequest, refuse } from '@/lib/platform/http/problem';
import { CORS_PREFLIGHT_MAX_AGE_S } from '@/lib/platform/limits';
import { type RateLimitState, takeToken, type TokenBucket } from '@/lib/platform/rate-limits';
import { bucketName, bucketSize, type KeyHolder } from '../keys';
import { bucketOf, hasBody, type Operation, type RateBucket } from '../operation';
import { noteApiRequest } from '../requests';
import type { ApiScope } from '../rules/keys';
import { findKey, requireKey, requireScope } from './require-key';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type Method = (typeof METHODS)[number];

export interface RouteContext {
  params: Promise<Record<string, string | string[] | undefined>>;
}

export type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>;

export interface ApiCall<Q = unknown, B = unknown> {
  request: Request;
  requestId: string;
  holder: KeyHolder;
  /** A part of the path; '' if the route has no part of that name. */
  param: (name: string) => string;
  query: Q;
  body: B;
  /** The body as received. */
  bytes: Uint8Array;
  /** Epoch milliseconds. */
  receivedAt: number;
}

/** A declared call with its handler. */
export interface ApiRoute {
  operation: Operation;
  handle: RouteHandler;
  /** The answer is produced while it is sent. HEAD is not offered, because it would produce the answer for nothing. */
  isStream?: boolean;
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

export const apiRoute = <Q, B>(operation: Operation<Q, B>, handler: (call: ApiCall<Q, B>) => Promise<ApiAnswer>): ApiRoute => ({
  operation,
  handle: handlerOf(operation, async (call) => toResponse(await handler(call))),
});

/** A call that answers with bytes produced while they are sent, instead of JSON. */
export const apiStream = <Q, B>(operation: Operation<Q, B>, handler: (call: ApiCall<Q, B>) => Promise<Response>): ApiRoute => ({
  operation,
  handle: handlerOf(operation, handler),
  isStream: true,
});

/** A call that needs no key. */
export const openApiRoute = (operation: Operation, handler: () => ApiAnswer): ApiRoute => ({
  operation,
  handle: () => answerRequest(() => Promise.resolve(toResponse(handler()))),
});

function handlerOf<Q, B>(operation: Operation<Q, B>, handler: (call: ApiCall<Q, B>) => Promise<Response>): RouteHandler {
  const { scope, isPublic = false } = operation;
  if (scope === null) throw new Error(`${operation.id} needs no key`);
  const readKey = ({ headers }: Request) => Promise.resolve({ key: findKey(headers), sent: undefined });
  return keyedRoute({ scope, isPublic, bucket: bucketOf(operation), readKey }, async (call) =>
    handler({ ...call, ...(await readInput(operation, call.request)) }),
  );
}

/** A call whose key is known but whose input has not been read yet. */
export type KeyedCall = Omit<ApiCall, 'query' | 'body' | 'bytes'>;

export interface Keyed<S> {
  scope: ApiScope;
  isPublic?: boolean;
  bucket: RateBucket;
  /** The key, with what had to be read from the request to find it. */
  readKey: (request: Request) => Promise<{ key: string | null; sent: S }>;
  /** Formats refusals, if not as problem+json. */
  refusal?: ((error: AppError, requestId: string) => Response) | undefined;
}

/** The steps of every call with a key, whatever the format of its request and answer. */
export function keyedRoute<S>(
  { scope, isPublic = false, bucket, readKey, refusal }: Keyed<S>,
  work: (call: KeyedCall, sent: S) => Promise<Response>,
): RouteHandler {
  return async (request, context) => {
    const receivedAt = Date.now();
    const known: { holder?: KeyHolder; requestId?: string } = {};
    const response = await answerRequest(async ({ requestId, headers }) => {
      const { key, sent } = await readKey(request);
      const { holder, taken } = await requireKey(request.headers, key, bucket);
      Object.assign(known, { holder, requestId });
      if (holder.mode === 'pub') allowPage(request.headers, headers);
      await limitRate({ holder, taken }, bucket, headers);
      requireScope(holder, { scope, isPublic });
      const params = await context.params;
      const param = (name: string): string => String(params[name] ?? '');
      return work({ request, requestId, holder, param, receivedAt }, sent);
    }, refusal);
    noteCall(request, { ...known, receivedAt, status: response.status });
    return response;
  };
}

/** A request without a valid key belongs to nobody. */
function noteCall(
  { method, url }: Request,
  { holder, requestId, receivedAt, status }: { holder?: KeyHolder; requestId?: string; receivedAt: number; status: number },
): void {
  if (holder === undefined || requestId === undefined) return;
  noteApiRequest({
    id: requestId,
    workspaceId: holder.scope.workspaceId,
    apiKeyId: holder.keyId,
    method,
    path: new URL(url).pathname.replace(/^\/api(?=\/)/, ''),
    status,
    durationMs: Date.now() - receivedAt,
    at: new Date(receivedAt),
  });
}

/** Reads the query and the body that the operation declares. Nothing else is read. */
async function readInput<Q, B>(
  operation: Operation<Q, B>,
  request: Request,
): Promise<Pick<ApiCall<Q, B>, 'query' | 'body' | 'bytes'>> {
  const query = parseQuery(operation.query, request.url);
  const { bytes, value } = await readBody(operation, request);
  return { query, body: parseInput(operation.body, value), bytes };
}

function readBody(operation: Operation, request: Request): Promise<JsonBody> {
  if (!hasBody(operation)) return Promise.resolve({ bytes: new Uint8Array(), value: undefined });
  return operation.isBodyOptional === true ? readOptionalJson(request) : readJsonBody(request, operation.maxBytes);
}

/** All methods of an API path, as its calls declare them. */
export function apiCalls(...routes: readonly ApiRoute[]): Record<Method, RouteHandler> {
  const handlers = Object.fromEntries(routes.map(({ operation, handle }) => [operation.method, handle]));
  const methods = apiMethods(routes.some(({ isStream }) => isStream === true) ? { ...handlers, HEAD: null } : handlers);
  const isPublic = routes.some(({ operation }) => operation.isPublic === true);
  return isPublic ? { ...methods, OPTIONS: answerPreflight(methods.OPTIONS) } : methods;
}

/**
 * All methods of a path. Missing methods get 405 as problem+json with Allow, which Next would leave empty. HEAD comes with GET unless
 * given separately: HTTP omits the body by itself.
 */
export function apiMethods(
  routes: Partial<Record<Exclude<Method, 'OPTIONS'>, RouteHandler | null>>,
): Record<Method, RouteHandler> {
  const given = { HEAD: routes.GET, ...routes };
  const allow = METHODS.filter((method) => method === 'OPTIONS' || given[method]).join(', ');
  const notAllowed: RouteHandler = async () => {
    const response = await refuse(new AppError('method_not_allowed'));
    response.headers.set('Allow', allow);
    return response;
  };
  return {
    GET: given.GET ?? notAllowed,
    HEAD: given.HEAD ?? notAllowed,
    POST: given.POST ?? notAllowed,
    PUT: given.PUT ?? notAllowed,
    PATCH: given.PATCH ?? notAllowed,
    DELETE: given.DELETE ?? notAllowed,
    OPTIONS: () => Promise.resolve(new Response(null, { status: 204, headers: { Allow: allow } })),
  };
}

/** A path that does not exist, whatever the method. */
export function missingPath(): Record<Method, RouteHandler> {
  const missing: RouteHandler = () => refuse(new AppError('not_found', { detail: 'There is no such path in this API.' }));
  return { GET: missing, HEAD: missing, POST: missing, PUT: missing, PATCH: missing, DELETE: missing, OPTIONS: missing };
}

/**
 * Takes a token, unless one was taken when the key was looked up. The headers report the state of the limit, in the structured fields of
 * the IETF draft "RateLimit header fields for HTTP".
 */
export async function limitRate(
  { holder, taken }: { holder: Pick<KeyHolder, 'keyId' | 'plan'>; taken?: RateLimitState | undefined },
  name: RateBucket,
  headers: Headers,
): Promise<void> {
  const bucket = bucketSize(name, holder.plan);
  const state = taken ?? (await takeToken(bucketName(holder.keyId, name), bucket));
  for (const [header, value] of Object.entries(rateLimitHeaders(name, bucket, state))) headers.set(header, value);
  if (state.allowed) return;
  const what = name === 'read' ? 'Read calls are limited to' : 'On this plan, verify calls are limited to';
  throw new AppError('rate_limited', {
    detail: `${what} ${bucket.aSecond} a second for each key, with bursts of up to ${bucket.burst}.`,
    retryAfterS: secondsLeft(state),
  });
}

/** `q` calls fit into the bucket, which fills in `w` seconds. `r` calls are left, and the next one comes back in `t` seconds. */
export const rateLimitHeaders = (
  name: string,
  { aSecond, burst }: TokenBucket,
  state: RateLimitState,
): Record<string, string> => ({
  'RateLimit-Policy': `"${name}";q=${burst};w=${Math.ceil(burst / aSecond)}`,
  RateLimit: `"${name}";r=${state.remaining};t=${secondsLeft(state)}`,
});

export const toResponse = ({ status, body, headers }: ApiAnswer): Response =>
  new Response(body, { status, headers: { 'Content-Type': 'application/json', ...headers } });

const secondsLeft = ({ resetMs }: RateLimitState): number => Math.max(1, Math.ceil(resetMs / 1_000));

// Other sites' pages that call the API (CORS, Fetch Standard 3.3). A preflight names no key, so whether an origin is allowed is known only
// with the request itself. The preflight lets any page ask; only a key that is locked to the page's origin makes the answer readable.

const READABLE = 'X-Request-Id, RateLimit-Policy, RateLimit, Retry-After, Idempotent-Replayed';

/** To be called once the key has allowed the origin. */
function allowPage(asked: Headers, answered: Headers): void {
  const origin = asked.get('origin');
  answered.set('Vary', 'Origin');
  if (origin === null) return;
  answered.set('Access-Control-Allow-Origin', origin);
  answered.set('Access-Control-Expose-Headers', READABLE);
}

const answerPreflight =
  <C>(otherwise: (request: Request, context: C) => Promise<Response>) =>
  async (request: Request, context: C): Promise<Response> => {
    const response = await otherwise(request, context);
    const origin = request.headers.get('origin');
    if (origin === null || !request.headers.has('access-control-request-method')) return response;
    response.headers.set('Vary', 'Origin');
    response.headers.set('Access-Control-Allow-Origin', origin);
    response.headers.set('Access-Control-Allow-Methods', 'POST');
    response.headers.set('Access-Control-Allow-Headers', 'Authorization, X-API-Key, Content-Type, Idempotency-Key');
    response.headers.set('Access-Control-Max-Age', String(CORS_PREFLIGHT_MAX_AGE_S));
    return response;
  };
