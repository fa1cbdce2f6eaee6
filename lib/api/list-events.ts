// A list as a live stream: its state now, each change, and the end when nothing more happens by itself. Every event is a whole state
// and its id is the list's version, so a client that comes back with the id of what it saw gets what changed since, and nothing twice.
import 'server-only';
import type { Scope } from '@/lib/data/scope';
import { isSettled } from '@/lib/domain/list';
import type { ListView } from '@/lib/domain/list-view';
import { log } from '@/lib/log';
import { watchList } from '@/lib/services/lists/watch-list';
import { clientKeyOf } from './client-address';
import { EventStream } from './sse';
import { takeStreamSlot } from './stream-slots';

export interface WatchedList {
  scope: Scope;
  /** As it is now. */
  list: ListView;
  event: string;
  toData: (view: ListView) => unknown;
}

export async function listEvents(request: Request, { scope, list, event, toData }: WatchedList): Promise<Response> {
  const seen = readLastEventId(request.headers);
  // Whoever saw the end already: 204 tells an EventSource not to come back.
  if (isSettled(list.state) && seen === list.version) return new Response(null, { status: 204 });
  const giveBack = takeStreamSlot(clientKeyOf(request.headers));
  const stream = new EventStream(request.signal);
  stream.onEnd(giveBack);
  let last = seen;
  const watching = await watchList(scope, list.id, {
    onChange: (view) => {
      if (view.version !== last) stream.send(event, toData(view), String(view.version));
      last = view.version;
      if (isSettled(view.state)) stream.finish();
    },
    // The client comes back and reads the state anew.
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

/** Null where the client names none that we gave. */
function readLastEventId(headers: Headers): number | null {
  const id = headers.get('last-event-id');
  return id !== null && /^\d{1,10}$/.test(id) ? Number(id) : null;
}
