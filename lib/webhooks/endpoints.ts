// A workspace's webhook endpoints: create, change, delete, read, and rotate secrets. A secret is returned at creation and
// rotation, the only times that anybody sees it. Refuses settings that make no sense, and more endpoints than a workspace may
// have. An endpoint of another workspace reads as missing.
import { randomBytes } from 'node:crypto';
import type { WebhookAccess } from '@/lib/accounts/password-change';
import { inTransaction } from '@/lib/platform/db/transaction';
import { env } from '@/lib/platform/env';
import { fail, ok, type Result, AppError } from '@/lib/platform/errors';
import {
  WEBHOOK_DESCRIPTION_MAX_CHARS,
  WEBHOOK_OLD_SECRET_TTL_MS,
  WEBHOOK_URL_MAX_CHARS,
  WEBHOOKS_A_WORKSPACE,
  CALLBACK_EXTRA_MAX_BYTES,
  CALLBACK_HEADERS_MAX,
  CALLBACK_HEADERS_MAX_BYTES,
  CALLBACKS_SHOWN,
} from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { SECRET_PREFIX, toEndpointView } from './deliveries';
import {
  EMITTED_EVENT_TYPES,
  type EndpointState,
  isEmittedEventType,
  isReservedEventType,
  type WebhookEndpointView,
  type CallbackService,
  type EmittedEventType,
} from './rules';
import {
  deleteEndpointRow,
  findEndpointRow,
  insertEndpoint,
  listEndpointRows,
  replaceSecret,
  updateEndpointRow,
  deleteCallback,
  insertCallback,
  listCallbackRows,
} from './store/endpoints';

export interface CreateEndpoint {
  url: string;
  description?: string | undefined;
  events: readonly string[];
}

export interface EndpointSettings {
  url?: string | undefined;
  description?: string | undefined;
  events?: readonly string[] | undefined;
}

export interface UpdateEndpoint extends EndpointSettings {
  state?: EndpointState | undefined;
}

const SECRET_BYTES = 32;

/** Control characters can't be stored and don't belong in a header or a log. */
const UNSTORABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Ports below 1024 belong to mail, databases and other protocols, which could mistake a POST for their own traffic. */
const WEB_PORTS = new Set(['', '80', '443']);
const FIRST_FREE_PORT = 1_024;

export async function createEndpoint(
  scope: Scope,
  { url, description = '', events }: CreateEndpoint,
): Promise<Result<{ secret: string; view: WebhookEndpointView }>> {
  const wanted = { url: url.trim(), description: description.trim(), events };
  const fields = findEndpointProblems(wanted);
  if (Object.keys(fields).length > 0) return fail('invalid_request', { fields });
  const secret = newSecret();
  const eventTypes = [...new Set(events.filter(isEmittedEventType))];
  const row = await inTransaction((tx) =>
    insertEndpoint(
      scope,
      { url: wanted.url, description: wanted.description, eventTypes, secret, max: WEBHOOKS_A_WORKSPACE },
      tx,
    ),
  );
  if (row === null)
    return fail('limit_reached', {
      detail: `A workspace can have ${WEBHOOKS_A_WORKSPACE} webhook endpoints. Delete one you don’t need.`,
    });
  return ok({ secret, view: toEndpointView(row) });
}

/** Fields that are left out stay as they are. Switching on clears the record of failures. */
export async function updateEndpoint(scope: Scope, id: string, change: UpdateEndpoint): Promise<Result<WebhookEndpointView>> {
  const [url, description] = [change.url?.trim(), change.description?.trim()];
  const fields = findEndpointProblems({ url, description, events: change.events });
  if (Object.keys(fields).length > 0) return fail('invalid_request', { fields });
  const eventTypes = change.events && [...new Set(change.events.filter(isEmittedEventType))];
  const row = await inTransaction(async (tx) => {
    const isThere = await updateEndpointRow(scope, id, { url, description, eventTypes, state: change.state }, tx);
    return isThere ? findEndpointRow(scope, id, tx) : null;
  });
  return row ? ok(toEndpointView(row)) : fail('not_found');
}

/** Deletes the endpoint's log with it; pending deliveries are dropped. */
export async function deleteEndpoint(scope: Scope, id: string): Promise<Result<void>> {
  return (await deleteEndpointRow(scope, id)) ? ok(undefined) : fail('not_found');
}

export async function getEndpoint(scope: Scope, id: string): Promise<Result<WebhookEndpointView>> {
  const row = await findEndpointRow(scope, id);
  return row ? ok(toEndpointView(row)) : fail('not_found');
}

/** Newest first; there are never more than a workspace may have. */
export async function listEndpoints(scope: Scope): Promise<WebhookEndpointView[]> {
  return (await listEndpointRows(scope, WEBHOOKS_A_WORKSPACE)).map(toEndpointView);
}

/** Webhooks, listed among the things that have access to an account. */
export const webhookAccess: WebhookAccess = {
  listAccess: async (scope) =>
    (await listEndpoints(scope)).map(({ id, url, description, createdAt, lastDelivery }) => ({
      ...{ kind: 'webhook', id, name: url, createdAt, lastUsedAt: lastDelivery?.at ?? null },
      detail: description === '' ? null : description,
    })),
  revokeAccess: async (scope, id) => (await deleteEndpoint(scope, id)).ok,
};

/**
 * The old secret signs together with the new one for a day, so that a receiver can switch over without losing a delivery. A
 * second rotation within the day ends the oldest secret right away.
 */
export async function rotateSecret(scope: Scope, id: string): Promise<Result<{ secret: string; view: WebhookEndpointView }>> {
  const secret = newSecret();
  const isThere = await replaceSecret(scope, { id, secret, oldEndsInMs: WEBHOOK_OLD_SECRET_TTL_MS });
  const row = isThere ? await findEndpointRow(scope, id) : null;
  return row ? ok({ secret, view: toEndpointView(row) }) : fail('not_found');
}

/** A signing secret of Standard Webhooks: `whsec_` and the base64 of 32 random bytes. */
const newSecret = (): string => `${SECRET_PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;

/** One sentence per field. Where a URL leads is checked when it is dialed; only its text is checked here. */
function findEndpointProblems({ url, description, events }: EndpointSettings): Record<string, string> {
  const problems = {
    url: url === undefined ? null : urlProblem(url),
    description: description === undefined ? null : descriptionProblem(description),
    events: events === undefined ? null : eventsProblem(events),
  };
  return Object.fromEntries(Object.entries(problems).flatMap(([field, text]) => (text === null ? [] : [[field, text]])));
}

function urlProblem(text: string): string | null {
  if (text.length > WEBHOOK_URL_MAX_CHARS) return `Use at most ${WEBHOOK_URL_MAX_CHARS} characters.`;
  if (UNSTORABLE.test(text) || !URL.canParse(text)) return 'This is not a complete URL, like https://example.com/webhooks.';
  const url = new URL(text);
  if (url.protocol === 'http:' && !canAllowPlainHttp()) return 'Use https: what we send is about your customers.';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'Use an https URL.';
  if (url.username !== '' || url.password !== '') return 'Leave out the user name and password; check the signature instead.';
  if (url.hash !== '') return 'Leave out the part after #: it is never sent.';
  if (!WEB_PORTS.has(url.port) && Number(url.port) < FIRST_FREE_PORT) return 'Use port 443, 80, or one from 1024 on.';
  return null;
}

/** Whether any address may be dialed without TLS; which ones is decided when dialing. */
const canAllowPlainHttp = (): boolean => env().APP_MODE === 'local' || env().WEBHOOK_ALLOWED_PRIVATE_NETS.length > 0;

function descriptionProblem(text: string): string | null {
  if (text.length > WEBHOOK_DESCRIPTION_MAX_CHARS) return `Use at most ${WEBHOOK_DESCRIPTION_MAX_CHARS} characters.`;
  return UNSTORABLE.test(text) ? 'Use one line, without control characters.' : null;
}

function eventsProblem(events: readonly string[]): string | null {
  if (events.length === 0) return 'Choose at least one event.';
  const reserved = events.find(isReservedEventType);
  if (reserved !== undefined) return `${reserved} is reserved for a later release; nothing sends it yet.`;
  const unknown = events.find((type) => !isEmittedEventType(type));
  return unknown === undefined ? null : `There is no such event. Choose from ${EMITTED_EVENT_TYPES.join(', ')}.`;
}

// Callbacks: a URL that a call in another service's format names for the one list that it creates. A callback is an endpoint that
// receives only the events of that list, so it has what every delivery has: the guard against private addresses, the retries, the
// log. Callbacks don't count toward the limit of endpoints, because each belongs to a list, and lists are limited.

export interface CreateCallback {
  /** The id of the list that is about to be created. */
  listId: string;
  service: CallbackService;
  url: string;
  headers: Readonly<Record<string, string>>;
  /** JSON that each post repeats. */
  extra: string | null;
  events: readonly EmittedEventType[];
}

/** RFC 9110 5.6.2; the value is visible text on one line. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
const HEADER_VALUE = /^[\t\x20-\x7e]*$/;
/** Headers that say where the request goes and where it ends. */
const OURS = /^(?:host|content-length|content-type|transfer-encoding|connection|upgrade|expect|te|trailer|keep-alive|proxy-.*)$/i;

/** Call it before its list is created, because a short list may end at once. Throws what is wrong with the URL, the headers or `extra`. */
export async function createCallback(scope: Scope, { url, events, ...callback }: CreateCallback): Promise<void> {
  const { url: problem = headersProblem(callback.headers) ?? extraProblem(callback.extra) } = findEndpointProblems({
    url: url.trim(),
  });
  if (problem !== null) throw new AppError('invalid_request', { detail: problem });
  await inTransaction((tx) =>
    insertCallback(scope, { ...callback, url: url.trim(), eventTypes: [...events], secret: newSecret() }, tx),
  );
}

/** The newest callbacks, with the last delivery of each. */
export const listCallbacks = async (scope: Scope): Promise<WebhookEndpointView[]> =>
  (await listCallbackRows(scope, CALLBACKS_SHOWN)).map(toEndpointView);

/** For a list that was not created after all. */
export const dropCallback = deleteCallback;

const extraProblem = (extra: string | null): string | null =>
  extra !== null && Buffer.byteLength(extra) > CALLBACK_EXTRA_MAX_BYTES
    ? `extra exceeds ${CALLBACK_EXTRA_MAX_BYTES} bytes of JSON.`
    : null;

function headersProblem(headers: CreateCallback['headers']): string | null {
  const entries = Object.entries(headers);
  if (entries.length > CALLBACK_HEADERS_MAX) return `Send at most ${CALLBACK_HEADERS_MAX} headers.`;
  if (Buffer.byteLength(JSON.stringify(headers)) > CALLBACK_HEADERS_MAX_BYTES)
    return `The headers together exceed ${CALLBACK_HEADERS_MAX_BYTES} bytes of JSON.`;
  const wrong = entries.find(([name, value]) => !HEADER_NAME.test(name) || !HEADER_VALUE.test(value) || OURS.test(name));
  return wrong === undefined ? null : `The header ${JSON.stringify(wrong[0])} can’t be sent.`;
}
