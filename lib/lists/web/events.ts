// A list as a live stream: its status now, each change, and the end when nothing more happens by itself. Promises that every
// event is a whole status whose id is the list's version, so that a client which reconnects with the last id it saw gets what
// changed since, and nothing twice.
import 'server-only';
import { followAsStream, type Followed } from '@/lib/platform/http/follow';
import type { Scope } from '@/lib/platform/scope';
import { watchList } from '../read';
import { isSettled } from '../rules/list';
import type { ListView } from '../rules/view';

export interface WatchedList extends Pick<Followed<ListView>, 'untilSignedOut'> {
  scope: Scope;
  /** As it is now. */
  list: ListView;
  event: string;
  toData: (view: ListView) => unknown;
}

export async function listEvents(request: Request, watched: WatchedList): Promise<Response> {
  const { scope, list, event, toData, untilSignedOut } = watched;
  let last = readLastEventId(request.headers);
  // The client has seen the end already: 204 tells an EventSource not to reconnect.
  if (isSettled(list.status) && last === list.version) return new Response(null, { status: 204 });
  return followAsStream<ListView>(request, {
    of: { list: list.id },
    watch: (watcher) => watchList(scope, list.id, watcher),
    tell: (view, stream) => {
      if (view.version !== last) stream.send(event, toData(view), String(view.version));
      last = view.version;
      if (isSettled(view.status)) stream.finish();
    },
    untilSignedOut,
  });
}

/** Null where the client sends none, or none of ours. */
function readLastEventId(headers: Headers): number | null {
  const id = headers.get('last-event-id');
  return id !== null && /^\d{1,10}$/.test(id) ? Number(id) : null;
}
