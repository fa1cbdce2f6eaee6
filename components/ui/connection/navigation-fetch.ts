// When a request for the next page, or for this one again, can't be sent, Next leaves for the browser's own error page. During a restart of
// the server that would lose what the page shows. So such requests wait here until the server is back and are then sent again. This applies
// only to Next's reads (GET with the header `RSC`): a request that changes something is never sent twice.
import { reportConnection, untilServerIsThere } from './connection';

const REPORTER = 'navigation';
/** A request that keeps failing while the server is there has a problem of its own, and is left to Next. */
const MAX_TRIES = 4;
let waiting = 0;

/** Returns a `fetch` that waits for the end of a restart where Next would give up. */
export function waitOutRestarts(fetch: typeof window.fetch): typeof window.fetch {
  return async (input, init) => {
    const signal = init?.signal ?? new AbortController().signal;
    for (let tries = 1; ; tries++) {
      try {
        const response = await fetch(input, init);
        // Read the whole response before Next sees it, so that a connection that breaks in the middle fails here too.
        if (isNavigation(input, init) && isThisPage(input)) await response.clone().arrayBuffer();
        return response;
      } catch (error) {
        if (tries >= MAX_TRIES || !isNavigation(input, init)) throw error;
        if (!(await isBack(signal))) throw error;
      }
    }
  };
}

const targetOf = (input: RequestInfo | URL): URL => new URL(input instanceof Request ? input.url : input, location.href);

/** A refresh of this page. Nobody is waiting for its first part, whereas a new page is shown as it streams in. */
const isThisPage = (input: RequestInfo | URL): boolean => targetOf(input).pathname === location.pathname;

/** Prefetches may fail: nobody is waiting for them. */
function isNavigation(input: RequestInfo | URL, init?: RequestInit): boolean {
  const { method = 'GET', headers } = init ?? {};
  const sent = new Headers(headers);
  return targetOf(input).origin === location.origin && method === 'GET' && sent.has('rsc') && !sent.has('next-router-prefetch');
}

/** False if nobody is waiting any more. */
async function isBack(signal: AbortSignal): Promise<boolean> {
  waiting += 1;
  reportConnection(REPORTER, false);
  const isThere = await untilServerIsThere(signal, () => undefined);
  waiting -= 1;
  if (waiting === 0) reportConnection(REPORTER, true);
  return isThere;
}
