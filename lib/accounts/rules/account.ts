// Pure rules and views of an account: its sessions, what can act for it, what is lost with it, and where a visitor goes after signing in.
// Only paths of this site are accepted as a destination, however an external address is disguised, so that a link to our sign-in page
// can't lead to somebody else's site. All dates are ISO 8601.
export const ACCESS_KINDS = ['key', 'webhook', 'sign_in'] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

/** Something besides the password that can act for the account, still works and can be revoked. */
export interface AccessItem {
  kind: AccessKind;
  id: string;
  /** The key's name, the webhook's address, "Google". */
  name: string;
  /** `evk_live_…1a2b` */
  detail: string | null;
  /** Null if not known. */
  createdAt: string | null;
  lastUsedAt: string | null;
}

/** A session as its owner sees it. */
export interface SessionView {
  id: string;
  /** "Chrome on macOS" */
  device: string;
  createdAt: string;
  lastSeenAt: string;
  /** The session that asks. */
  isCurrent: boolean;
}

export interface AccessReview {
  /** Null if never since the account was created. Then `items` lists everything that works, otherwise what is older than the change. */
  passwordChangedAt: string | null;
  /** Signed out by that change, most recently used first. */
  endedSessions: SessionView[];
  items: AccessItem[];
}

/** One workspace that is deleted with the account. */
export interface LossView {
  workspaceId: string;
  name: string;
  /** Including held credits. */
  credits: number;
  /** A paid plan's name; null on Free. */
  plan: string | null;
  /** Null if nothing is paid in advance. */
  paidUntil: string | null;
  lists: number;
  /** Working API keys. */
  keys: number;
}

export interface ClosingView {
  /** Null if it is not scheduled. */
  deletionAt: string | null;
  losses: LossView[];
}

export const HOME_PATH = '/dashboard';

const MAX_PATH_CHARS = 2_000;
const BASE_URL = 'http://base.invalid';
/** Characters that browsers strip (tab, CR, LF) or read as a slash (backslash) would change the path after the check. */
const DECEIVING = /[\u0000-\u0020\\\u007f]/;
/** Pages that would send a signed-in visitor in a circle, and paths that are not pages. */
const NO_DESTINATION = /^\/(?:signin|signup|check-your-mail|accept-terms|api|dev)(?:[/?#]|$)/;

export function safeCallbackPath(wanted: unknown, fallback: string = HOME_PATH): string {
  if (typeof wanted !== 'string' || wanted.length > MAX_PATH_CHARS) return fallback;
  if (!wanted.startsWith('/') || wanted.startsWith('//') || DECEIVING.test(wanted)) return fallback;
  if (!URL.canParse(wanted, BASE_URL)) return fallback;
  const url = new URL(wanted, BASE_URL);
  if (url.origin !== BASE_URL) return fallback;
  const path = `${url.pathname}${url.search}${url.hash}`;
  return path.startsWith('//') || NO_DESTINATION.test(path) ? fallback : path;
}

/** The first match wins: Edge and Opera also say "Chrome", and Chrome also says "Safari". */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?(?:iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
];

/** iPhones and iPads also say "Mac OS X", and Android also says "Linux". */
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

export const UNKNOWN_DEVICE = 'Unknown device';

/**
 * What a person recognizes a session by: browser and system, in the words above, whatever else the User-Agent header says. It is a guess,
 * so it is only displayed, and nothing is decided by it.
 */
export function deviceLabel(userAgent: string | null): string {
  const browser = firstMatch(BROWSERS, userAgent ?? '');
  const system = firstMatch(SYSTEMS, userAgent ?? '');
  if (browser !== null && system !== null) return `${browser} on ${system}`;
  return browser ?? system ?? UNKNOWN_DEVICE;
}

const firstMatch = (rules: readonly (readonly [RegExp, string])[], text: string): string | null =>
  rules.find(([pattern]) => pattern.test(text))?.[1] ?? null;
