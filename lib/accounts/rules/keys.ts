// The format of API keys, their scopes and budgets. A key is `evk_<mode>_`, 32 random base62 characters, and 6 base62 characters of the
// CRC-32 of everything before them. So a mistyped or truncated key is recognized without a query, and scanners for leaked secrets can be
// certain. The checksum is not a secret and proves only correct spelling. The random part is made in lib/accounts/keys.ts.
import { KEY_BUDGET_MAX } from '@/lib/platform/limits';
import { formatCount } from '@/lib/platform/numbers';

export const API_KEY_MODES = ['live', 'test', 'pub'] as const;
export type ApiKeyMode = (typeof API_KEY_MODES)[number];

/** A closed list of what an API key may do: each a noun and an action. */
export const ALL_API_SCOPES = [
  'verify:write',
  'verifications:read',
  'lists:read',
  'lists:write',
  'credits:read',
  'webhooks:write',
  'keys:admin',
] as const;
export type ApiScope = (typeof ALL_API_SCOPES)[number];

/** Scopes that allow more than their own name: a key that starts a check may also read its answer. */
const IMPLIED_BY: Partial<Record<ApiScope, readonly ApiScope[]>> = { 'verifications:read': ['verify:write'] };

/** Whether a key's scopes allow a call. */
export const allowsScope = (held: readonly ApiScope[], needed: ApiScope): boolean =>
  held.includes(needed) || (IMPLIED_BY[needed] ?? []).some((scope) => held.includes(scope));

/** The only scopes that a public key can have, since it is in a page that anybody can read. */
export const PUBLIC_KEY_SCOPES = ['verify:write'] as const satisfies readonly ApiScope[];

export const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
export const API_KEY_RANDOM_CHARS = 32;
/** 62^6 is more than 2^32. */
const CHECKSUM_CHARS = 6;
const LAST_CHARS = 4;

const KEY_FORMAT = new RegExp(`^(evk_(live|test|pub)_[0-9A-Za-z]{${API_KEY_RANDOM_CHARS}})([0-9A-Za-z]{${CHECKSUM_CHARS}})$`);

export interface ParsedApiKey {
  mode: ApiKeyMode;
  /** The last characters, by which the owner recognizes the key. */
  last4: string;
}

/** Everything except the key itself, which is shown once and never again. */
export interface ApiKeyView {
  id: string;
  name: string;
  mode: ApiKeyMode;
  last4: string;
  scopes: ApiScope[];
  /** ISO 8601, like all dates here. */
  createdAt: string;
  /** Null means never. */
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
  /** The most credits that the key may spend in a calendar month (UTC). Null means no budget. */
  monthlyBudget: number | null;
  spentThisMonth: number;
  /** CIDRs that the key may be used from. None means everywhere. */
  allowedIps: string[];
  /** Origins of pages that the key may be used from, like `https://example.com`. None means everywhere. */
  allowedOrigins: string[];
  /** Until when the secret from before the last rotation works; null if there is none. */
  oldSecretEndsAt: string | null;
}

/** One request of a key, as its page shows it: no query and no body. */
export interface ApiRequestView {
  id: string;
  method: string;
  path: string;
  status: number;
  durationMs: number;
  at: string;
}

export function composeApiKey(mode: ApiKeyMode, random: string): string {
  const head = `evk_${mode}_${random}`;
  return `${head}${checksumOf(head)}`;
}

/** Null for anything that was never one of our keys. */
export function parseApiKey(text: string): ParsedApiKey | null {
  const [, head = '', word, checksum] = KEY_FORMAT.exec(text) ?? [];
  const mode = API_KEY_MODES.find((known) => known === word);
  if (mode === undefined || checksum !== checksumOf(head)) return null;
  return { mode, last4: text.slice(-LAST_CHARS) };
}

/** The CRC-32 of ISO 3309 and zip files, for ASCII text. It detects every change within 32 consecutive bits. */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let index = 0; index < text.length; index++) {
    crc ^= text.charCodeAt(index);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) === 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

export const isApiScope = (word: string): word is ApiScope => ALL_API_SCOPES.some((scope) => scope === word);

/** Whole credits, at least one. Null means no budget. */
export const isKeyBudget = (budget: number | null): boolean =>
  budget === null || (Number.isSafeInteger(budget) && budget >= 1 && budget <= KEY_BUDGET_MAX);

export const KEY_BUDGET_PROBLEM = `Use a whole number from 1 to ${formatCount(KEY_BUDGET_MAX)}, or leave it empty.`;

function checksumOf(text: string): string {
  let digits = '';
  for (let rest = crc32(text); digits.length < CHECKSUM_CHARS; rest = Math.floor(rest / BASE62.length)) {
    digits = BASE62.charAt(rest % BASE62.length) + digits;
  }
  return digits;
}
