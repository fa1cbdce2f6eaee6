// A list as a live stream: its status now, each change, and the end when nothing more happens by itself. Promises that every
// event is a whole status whose id is the list's version, so that a client which reconnects with the last id it saw gets what
// changed since, and nothing twice.
import 'server-only';
import { watchList } from '../read';
import { isSettled } from '../rules/list';
import type { ListView } from '../rules/view';
import { clientKeyOf } from '@/lib/platform/http/client-address';
import { EventStream, takeStreamSlot } from '@/lib/platform/http/sse';
import { log } from '@/lib/platform/log';
import type { Scope } from '@/lib/platform/scope';

export interface WatchedList {
  scope: Scope;
  /** As it is now. */
  list: ListView;
  event: string;
  toData: (view: ListView) => unknown;
  /** Calls back when the watcher's session ends; returns the way to stop that. */
  untilSignedOut?: (end: () => void) => () => void;
}

export async function listEvents(request: Request, watched: WatchedList): Promise<Response> {
  const { scope, list, event, toData, untilSignedOut } = watched;
  const seen = readLastEventId(request.headers);
  // The client has seen the end already: 204 tells an EventSource not to reconnect.
  if (isSettled(list.status) && seen === list.version) return new Response(null, { status: 204 });
  const giveBack = takeStreamSlot(clientKeyOf(request.headers));
  const stream = new EventStream(request.signal);
  stream.onEnd(giveBack);
  if (untilSignedOut) stream.onEnd(untilSignedOut(() => stream.finish()));
  let last = seen;
  const watching = await watchList(scope, list.id, {
    onChange: (view) => {
      if (view.version !== last) stream.send(event, toData(view), String(view.version));
      last = view.version;
      if (isSettled(view.status)) stream.finish();
    },
    // The client reconnects and reads the current status.
    onError: () => {
      log('events').warn({ list: list.id }, 'a live stream lost its list');
      stream.finish();
    },
  }).catch((error: unknown) => {
    stream.finish();
    throw error;
  });
  if (!watching.ok) {
    stream.finish();
    throw watching.error;
  }
  stream.onEnd(watching.value);
  return stream.response;
}

/** Null where the client sends none, or none of ours. */
function readLastEventId(headers: Headers): number | null {
  const id = headers.get('last-event-id');
  return id !== null && /^\d{1,10}$/.test(id) ? Number(id) : null;
}
