// Who calls the API: a request's key, where it may be used from, and what it may do. A valid key is always let in, whatever else came from
// the same network address. Only nonexistent keys are counted and refused. No key grants more than it has itself: otherwise one with only
// `keys:admin` could create or rotate a key that may do everything.
import 'server-only';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { AppError, unwrap } from '@/lib/platform/errors';
import { clientAddress, clientKeyOf } from '@/lib/platform/http/client-address';
import { API_KEY_FAILURES } from '@/lib/platform/limits';
import { isKeyId } from '../api';
import { authenticateApiKey, getApiKey, type KeyCheck, type KeyHolder } from '../keys';
import { isInNetworks } from '../locks';
import type { RateBucket } from '../operation';
import { allowsScope, type ApiKeyMode, type ApiKeyView, type ApiScope } from '../rules/keys';

export type Keyholding = Extract<KeyCheck, { kind: 'accepted' }>;

/** Also returns the state of the key's bucket, if a token was already taken from it. */
export async function requireKey(headers: Headers, key: string | null, bucket: RateBucket): Promise<Keyholding> {
  if (key === null) throw new AppError('missing_key', { detail: 'Send your API key in the header Authorization: Bearer <key>.' });
  const check = await authenticateApiKey(key, bucket);
  if (check.kind === 'accepted') {
    requireLocks(check.holder, headers);
    return check;
  }
  if (check.kind === 'closed') throw new AppError('invalid_key', { detail: check.detail });
  throw await countFailedKey(clientKeyOf(headers));
}

/** Checks the client's network, and the page's origin, which browsers send with each request to another site. */
function requireLocks({ allowedIps, allowedOrigins }: KeyHolder, headers: Headers): void {
  if (allowedIps.length > 0 && !isInNetworks(clientAddress(headers), allowedIps)) throw new AppError('ip_not_allowed');
  if (allowedOrigins.length > 0 && !allowedOrigins.includes(headers.get('origin') ?? ''))
    throw new AppError('origin_not_allowed');
}

export function requireScope(holder: KeyHolder, { scope, isPublic = false }: { scope: ApiScope; isPublic?: boolean }): void {
  if (holder.mode === 'pub' && !isPublic)
    throw new AppError('insufficient_scope', { detail: 'A public key can’t be used here.' });
  if (allowsScope(holder.scopes, scope)) return;
  throw new AppError('insufficient_scope', { detail: `This call needs a key with the scope ${scope}.` });
}

/**
 * Counts a nonexistent key by client address, and returns how it is refused: a client that tries too many waits for the rest of a minute.
 * Keys are checked first, so nobody can lock out others who share an address. A wrong key costs a checksum, and one indexed lookup if its
 * checksum is right. A revoked or expired key does not count, because its holder is not guessing.
 */
async function countFailedKey(clientKey: string): Promise<AppError> {
  const { consumedPoints, msBeforeNext } = await counter().penalty(clientKey, 1);
  if (consumedPoints <= API_KEY_FAILURES.points) return new AppError('invalid_key');
  return new AppError('rate_limited', {
    detail: 'Your network address sent too many API keys that do not exist.',
    retryAfterS: Math.max(1, Math.ceil(msBeforeNext / 1_000)),
  });
}

/** Accepts `Authorization: Bearer …`, or `X-API-Key` for clients that can't set the former. */
export function findKey(headers: Headers): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.get('authorization')?.trim() ?? '')?.[1];
  const key = bearer ?? headers.get('x-api-key')?.trim();
  return key === undefined || key === '' ? null : key;
}

declare global {
  // Next may load a module once per route, but all of them share one count.
  var emailVerifierFailedKeys: RateLimiterMemory | undefined;
}

/**
 * Kept in this process, so that counting needs no round trip. Several web processes allow that many times more, which is negligible
 * against 190 random bits.
 */
const counter = (): RateLimiterMemory =>
  (globalThis.emailVerifierFailedKeys ??= new RateLimiterMemory({
    points: API_KEY_FAILURES.points,
    duration: API_KEY_FAILURES.durationS,
  }));

interface Reach {
  mode: ApiKeyMode;
  scopes: readonly ApiScope[];
  /** Null means as many credits as there are. */
  monthlyBudget: number | null;
}

interface KeyCall {
  holder: KeyHolder;
  /** Of the path; empty if there is none. */
  param: (name: string) => string;
}

/** The key in the path. A key of another workspace and a malformed id both read as missing. */
export async function requireKeyOfPath({ holder, param }: KeyCall): Promise<ApiKeyView> {
  const id = param('id');
  if (!isKeyId(id)) throw new AppError('not_found');
  return unwrap(await getApiKey(holder.scope, id));
}

export function requireWithin(holder: KeyHolder, reach: Reach): void {
  const excess = findExcess(holder, reach);
  if (excess !== null) throw new AppError('forbidden', { detail: excess });
}

function findExcess(holder: KeyHolder, { mode, scopes, monthlyBudget }: Reach): string | null {
  if (holder.mode === 'test' && mode !== 'test') return 'A test key can only manage test keys.';
  const more = scopes.filter((scope) => !allowsScope(holder.scopes, scope));
  if (more.length > 0) return `The key of this request does not have ${more.join(', ')}, so it can’t manage a key that does.`;
  const { monthlyBudget: own } = holder;
  if (own !== null && mode !== 'test' && (monthlyBudget === null || monthlyBudget > own))
    return `The key of this request has a budget of ${own} credits, so it can’t manage a key with a larger one.`;
  return null;
}
