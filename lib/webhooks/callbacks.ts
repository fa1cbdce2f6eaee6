// Callbacks: an address that a call in another service's form names for the one list that it makes. They are endpoints that take the events
// of that list alone, so they have what every delivery has: the guard against private addresses, the retries, the log. They count in no limit,
// because each belongs to a list, of which there is a limit.
import { AppError } from '@/lib/platform/errors';
import { inTransaction } from '@/lib/platform/db/transaction';
import { CALLBACK_HEADERS_MAX, CALLBACK_HEADERS_MAX_BYTES, CALLBACKS_SHOWN } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { findEndpointProblems, newSecret } from './endpoints';
import type { CallbackService, EmittedEventType, WebhookEndpointView } from './rules';
import { deleteCallback, insertCallback, listCallbackRows } from './store/endpoints';
import { toEndpointView } from './views';

export interface CreateCallback {
  /** Of the list that is about to be made. */
  listId: string;
  service: CallbackService;
  url: string;
  headers: Readonly<Record<string, string>>;
  events: readonly EmittedEventType[];
}

/** RFC 9110 5.6.2; the value is visible text on one line. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
const HEADER_VALUE = /^[\t\x20-\x7e]*$/;
/** What says where the request goes, and where it ends. */
const OURS = /^(?:host|content-length|content-type|transfer-encoding|connection|upgrade|expect|te|trailer|keep-alive|proxy-.*)$/i;

/** Before its list: a short list may end at once. Throws what is wrong with the address or the headers. */
export async function createCallback(scope: Scope, { url, events, ...callback }: CreateCallback): Promise<void> {
  const { url: problem = headersProblem(callback.headers) } = findEndpointProblems({ url: url.trim() });
  if (problem !== null) throw new AppError('invalid_request', { detail: problem });
  await inTransaction((tx) =>
    insertCallback(scope, { ...callback, url: url.trim(), eventTypes: [...events], secret: newSecret() }, tx),
  );
}

/** The newest ones, with what became of each. */
export const listCallbacks = async (scope: Scope): Promise<WebhookEndpointView[]> =>
  (await listCallbackRows(scope, CALLBACKS_SHOWN)).map(toEndpointView);

/** For a list that was not made after all. */
export const dropCallback = deleteCallback;

function headersProblem(headers: CreateCallback['headers']): string | null {
  const entries = Object.entries(headers);
  if (entries.length > CALLBACK_HEADERS_MAX) return `Send at most ${CALLBACK_HEADERS_MAX} headers along.`;
  if (Buffer.byteLength(JSON.stringify(headers)) > CALLBACK_HEADERS_MAX_BYTES)
    return `The headers are more than ${CALLBACK_HEADERS_MAX_BYTES} bytes of JSON together.`;
  const wrong = entries.find(([name, value]) => !HEADER_NAME.test(name) || !HEADER_VALUE.test(value) || OURS.test(name));
  return wrong === undefined ? null : `The header ${JSON.stringify(wrong[0])} can’t be sent along.`;
}
