// Calls a route's exported handler as the web server would: a real Request in, the Response read to its end.
import { createApiKey, type CreateApiKey } from '@/lib/accounts/keys';
import { ALL_API_SCOPES } from '@/lib/accounts/rules/keys';
import type { Scope } from '@/lib/platform/scope';

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

export interface Call {
  method?: string;
  path?: string;
  params?: Record<string, string>;
  key?: string;
  /** Sent as JSON; a string is sent as it is. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface Called {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed JSON, or null. */
  json: unknown;
}

export const ORIGIN = 'http://localhost:3000';

export function makeRequest({ method, path = '/api/v1/test', key, body, headers = {}, signal }: Call): Request {
  const isText = typeof body === 'string' || body === undefined;
  return new Request(`${ORIGIN}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      host: new URL(ORIGIN).host,
      'x-client-address': '192.0.2.1',
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
  });
}

export async function call(handler: Handler, how: Call = {}): Promise<Called> {
  const response = await handler(makeRequest(how), { params: Promise.resolve(how.params ?? {}) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export async function makeKey(scope: Scope, more: Partial<CreateApiKey> = {}): Promise<string> {
  const made = await createApiKey(scope, { name: 'Test', mode: 'live', scopes: ALL_API_SCOPES, ...more });
  if (!made.ok) throw made.error;
  return made.value.key;
}
