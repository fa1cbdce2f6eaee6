// Where a visitor goes after signing in. Only paths of this site: an address from outside is dropped, however it is dressed
// up, so that a link to our sign-in page can't lead on to somebody else's.

export const HOME_PATH = '/dashboard';

const MAX_CHARS = 2_000;
const BASE = 'http://base.invalid';
/** What browsers strip (tab, CR, LF) or read as a slash (backslash) would change the path after the check. */
const DECEIVING = /[\u0000-\u0020\\\u007f]/;
/** Pages that would send a signed-in visitor in a circle, and what is no page at all. */
const NO_DESTINATION = /^\/(?:signin|signup|check-your-mail|accept-terms|api|dev)(?:[/?#]|$)/;

export function safeCallbackPath(wanted: unknown, fallback: string = HOME_PATH): string {
  if (typeof wanted !== 'string' || wanted.length > MAX_CHARS) return fallback;
  if (!wanted.startsWith('/') || wanted.startsWith('//') || DECEIVING.test(wanted)) return fallback;
  if (!URL.canParse(wanted, BASE)) return fallback;
  const url = new URL(wanted, BASE);
  if (url.origin !== BASE) return fallback;
  const path = `${url.pathname}${url.search}${url.hash}`;
  return path.startsWith('//') || NO_DESTINATION.test(path) ? fallback : path;
}
