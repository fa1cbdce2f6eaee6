// The last requests of each API key, for its page. They are gathered in memory and written together once a second, so that logging costs a
// call no round trip. A killed process loses what it had not written, but only of this log. Neither queries nor bodies are kept, because
// both contain addresses. The queue is bounded: beyond the limit, the oldest requests are dropped.
import { describeError } from '@/lib/platform/errors';
import {
  API_REQUEST_PATH_MAX_CHARS,
  API_REQUESTS_FLUSH_MS,
  API_REQUESTS_KEPT,
  API_REQUESTS_WAITING_MAX,
} from '@/lib/platform/limits';
import { log } from '@/lib/platform/log';
import type { Scope } from '@/lib/platform/scope';
import type { ApiRequestView } from './rules/keys';
import { addApiRequests, listApiRequestRows, type NewApiRequest } from './store/keys';

declare global {
  // Next may load a module once per route, but all of them share one queue.
  var emailVerifierApiRequests: { waiting: NewApiRequest[]; timer: NodeJS.Timeout | null; written: Promise<void> } | undefined;
}

const queue = () => (globalThis.emailVerifierApiRequests ??= { waiting: [], timer: null, written: Promise.resolve() });

export function noteApiRequest(request: NewApiRequest): void {
  const shared = queue();
  shared.waiting.push({ ...request, path: request.path.slice(0, API_REQUEST_PATH_MAX_CHARS) });
  if (shared.waiting.length > API_REQUESTS_WAITING_MAX) shared.waiting.shift();
  shared.timer ??= setTimeout(() => void flushApiRequests(), API_REQUESTS_FLUSH_MS).unref();
}

/** Writes the waiting requests, once an earlier write has ended: each keeps as many as there may be. */
export function flushApiRequests(): Promise<void> {
  const shared = queue();
  if (shared.timer !== null) clearTimeout(shared.timer);
  shared.timer = null;
  shared.written = shared.written.then(writeWaiting);
  return shared.written;
}

/** Those that can't be written are dropped, since this is only a log. */
async function writeWaiting(): Promise<void> {
  const requests = queue().waiting.splice(0);
  if (requests.length === 0) return;
  try {
    await addApiRequests(requests, API_REQUESTS_KEPT);
  } catch (error) {
    log('api').warn({ requests: requests.length, error: describeError(error) }, 'requests could not be noted');
  }
}

/** Newest first. Another workspace's key has none. */
export async function listApiRequests(scope: Scope, apiKeyId: string): Promise<ApiRequestView[]> {
  const rows = await listApiRequestRows(scope, apiKeyId, API_REQUESTS_KEPT);
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}
