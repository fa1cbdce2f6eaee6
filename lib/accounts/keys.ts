// API keys: created, authenticated, listed, changed, rotated and revoked. A key has 190 unbiased random bits, is shown once and is stored
// only as its SHA-256. With that much randomness it needs no salt and no slow hash. A text that was never a key is refused without asking
// the database, and a revoked or expired key opens nothing. Refuses invalid names, scopes, dates and budgets, and more keys than a
// workspace may have.
import { createHash, randomInt } from 'node:crypto';
import { inTransaction } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import {
  API_KEY_LAST_USED_EVERY_MS,
  API_KEY_NAME_MAX_CHARS,
  API_KEYS_A_WORKSPACE,
  API_READS,
  API_KEY_ROTATION_HOURS,
} from '@/lib/platform/limits';
import { bucketState, type RateLimitState, timesOf, type TokenBucket } from '@/lib/platform/rate-limits';
import type { Scope } from '@/lib/platform/scope';
import { NETWORK_PROBLEM, ORIGIN_PROBLEM, toNetworks, toOrigins } from './locks';
import type { RateBucket } from './operation';
import {
  API_KEY_MODES,
  API_KEY_RANDOM_CHARS,
  type ApiKeyMode,
  type ApiKeyView,
  type ApiScope,
  BASE62,
  composeApiKey,
  isApiScope,
  isKeyBudget,
  KEY_BUDGET_PROBLEM,
  parseApiKey,
  PUBLIC_KEY_SCOPES,
} from './rules/keys';
import { PLANS, planOf } from './rules/plans';
import {
  type ApiKeyRow,
  findApiKeyByHash,
  type FoundApiKey,
  insertApiKey,
  listApiKeyRows,
  listKeyNames,
  listKeySpend,
  revokeApiKeyRow,
  touchApiKey,
  changeApiKeyRow,
  findApiKeyRow,
  rotateApiKeyRow,
} from './store/keys';

export interface CreateApiKey {
  name: string;
  mode: ApiKeyMode;
  scopes: readonly ApiScope[];
  /** Null or left out means never. */
  expiresAt?: Date | null | undefined;
  /** The most credits that the key may spend in a calendar month. Null or left out means as many as there are. */
  monthlyBudget?: number | null | undefined;
  /** Addresses or CIDRs, and origins, that the key may be used from. None or left out means everywhere. A public key needs an origin. */
  allowedIps?: readonly string[] | undefined;
  allowedOrigins?: readonly string[] | undefined;
}

const KEYS_SHOWN = API_KEYS_A_WORKSPACE * 2;
const UNSTORABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Returns the key itself, which is never shown again. */
export async function createApiKey(scope: Scope, wanted: CreateApiKey): Promise<Result<{ key: string; view: ApiKeyView }>> {
  const fields = findProblems(wanted);
  if (Object.keys(fields).length > 0) return fail('invalid_request', { fields });
  const key = newSecret(wanted.mode);
  const row = await inTransaction((tx) =>
    insertApiKey(
      scope,
      {
        name: wanted.name.trim(),
        mode: wanted.mode,
        keyHash: hashApiKey(key),
        last4: key.slice(-4),
        scopes: [...new Set(wanted.scopes)],
        expiresAt: wanted.expiresAt ?? null,
        monthlyCreditCap: wanted.monthlyBudget ?? null,
        allowedIps: toNetworks(wanted.allowedIps ?? []) ?? [],
        allowedOrigins: toOrigins(wanted.allowedOrigins ?? []) ?? [],
        max: API_KEYS_A_WORKSPACE,
      },
      tx,
    ),
  );
  if (row === null)
    return fail('limit_reached', {
      detail: `A workspace can have ${API_KEYS_A_WORKSPACE} API keys. Revoke one you don’t need.`,
    });
  return ok({ key, view: toApiKeyView(row, 0) });
}

const newSecret = (mode: ApiKeyMode): string => composeApiKey(mode, randomBase62(API_KEY_RANDOM_CHARS));

/** `randomInt` rejects draws whose remainder would favor the first characters. */
const randomBase62 = (length: number): string => Array.from({ length }, () => BASE62.charAt(randomInt(BASE62.length))).join('');

/** Returns the problems of a key's settings, by field. */
function findProblems(wanted: CreateApiKey): Record<string, string> {
  const { name, mode, scopes, expiresAt, monthlyBudget = null, allowedIps = [], allowedOrigins = [] } = wanted;
  const isNameGood = name.trim() !== '' && name.trim().length <= API_KEY_NAME_MAX_CHARS && !UNSTORABLE.test(name);
  const isOrigins = toOrigins(allowedOrigins) !== null && (mode !== 'pub' || allowedOrigins.length > 0);
  return {
    ...(!isNameGood && { name: `Use 1 to ${API_KEY_NAME_MAX_CHARS} characters, without line breaks.` }),
    ...(scopes.length === 0 && { scopes: 'Choose at least one permission.' }),
    ...(mode === 'pub' && scopes.some((scope) => !isPublicScope(scope)) && { scopes: PUBLIC_SCOPES_PROBLEM }),
    ...(expiresAt && !(expiresAt.getTime() > Date.now()) && { expiresAt: 'Choose a time in the future.' }),
    ...(!isKeyBudget(monthlyBudget) && { monthlyBudget: KEY_BUDGET_PROBLEM }),
    ...(toNetworks(allowedIps) === null && { allowedIps: NETWORK_PROBLEM }),
    ...(!isOrigins && { allowedOrigins: ORIGIN_PROBLEM }),
  };
}

const PUBLIC_SCOPES_PROBLEM = 'A public key can only verify: anybody who opens the page can read it.';
const isPublicScope = (scope: ApiScope): boolean => PUBLIC_KEY_SCOPES.some((known) => known === scope);

export interface KeyHolder {
  keyId: string;
  scope: Scope;
  mode: ApiKeyMode;
  scopes: readonly ApiScope[];
  plan: string;
  /** Where the key may be used from. None means everywhere. */
  allowedIps: readonly string[];
  allowedOrigins: readonly string[];
  monthlyBudget: number | null;
}

export type KeyCheck =
  /** `taken`: the state of the bucket from which a token was taken; left out if no token was asked for. */
  | { kind: 'accepted'; holder: KeyHolder; taken?: RateLimitState | undefined }
  /** Misspelled or made up. */
  | { kind: 'unknown' }
  /** Was a key once. `detail` says what happened to it. */
  | { kind: 'closed'; detail: string };

/**
 * Records the key's last use at most once a minute. The same query takes a token from one of the key's buckets, unless the key is locked
 * to networks or origins: somebody who uses it elsewhere takes nothing from its holder.
 */
export async function authenticateApiKey(text: string, bucket?: RateBucket): Promise<KeyCheck> {
  const parsed = parseApiKey(text);
  const buckets = bucket === undefined ? [] : bucketTimes(bucket);
  const found = parsed && (await findApiKeyByHash(hashApiKey(text), { prefix: bucketName('', bucket), buckets }));
  if (!parsed || !found) return { kind: 'unknown' };
  const now = Date.now();
  if (found.revokedAt !== null) return { kind: 'closed', detail: 'This API key has been revoked.' };
  if (found.expiresAt !== null && found.expiresAt.getTime() <= now)
    return { kind: 'closed', detail: 'This API key has expired.' };
  if (found.closesAt !== null)
    return { kind: 'closed', detail: 'This API key is off: its workspace is scheduled for deletion. Its owner can undo that.' };
  const scope = { workspaceId: found.workspaceId };
  if (isTouchDue(found, now)) await touchApiKey(scope, found.id, API_KEY_LAST_USED_EVERY_MS);
  const isMetered = bucket !== undefined && found.isMetered;
  return {
    kind: 'accepted',
    ...(isMetered && { taken: bucketState(bucketSize(bucket, found.plan), found.fullInMs) }),
    holder: {
      keyId: found.id,
      scope,
      mode: parsed.mode,
      scopes: found.scopes.filter(isApiScope),
      plan: found.plan,
      allowedIps: found.allowedIps,
      allowedOrigins: found.allowedOrigins,
      monthlyBudget: found.monthlyCreditCap,
    },
  };
}

/** Read-only calls have a separate bucket, so that polling never takes from verifying. */
export const bucketSize = (bucket: RateBucket, plan: string): TokenBucket =>
  bucket === 'read' ? API_READS : planOf(plan).verifyingCalls;

/** One bucket per key: programs of one workspace don't take from each other. */
export const bucketName = (keyId: string, bucket: RateBucket = 'read'): string => `api:${bucket}:${keyId}`;

const bucketTimes = (bucket: RateBucket) => Object.keys(PLANS).map((plan) => ({ plan, ...timesOf(bucketSize(bucket, plan)) }));

const isTouchDue = ({ lastUsedAt }: FoundApiKey, now: number): boolean =>
  lastUsedAt === null || now - lastUsedAt.getTime() >= API_KEY_LAST_USED_EVERY_MS;

/** With each key's charges of this month, working keys first. If there are many revoked keys, only the latest are listed. */
export async function listApiKeys(scope: Scope): Promise<ApiKeyView[]> {
  const [rows, spend] = await Promise.all([listApiKeyRows(scope, KEYS_SHOWN), listKeySpend(scope)]);
  return rows.map((row) => toApiKeyView(row, spend.get(row.id) ?? 0));
}

/** By id, including revoked keys. */
export const getKeyNames = (scope: Scope): Promise<ReadonlyMap<string, string>> => listKeyNames(scope);

/** Permanent, from the next request on. Revoking again changes nothing. A key of another workspace is `not_found`. */
export async function revokeApiKey(scope: Scope, id: string): Promise<Result<void>> {
  return (await revokeApiKeyRow(scope, id)) ? ok(undefined) : fail('not_found');
}

/** `spent`: credits charged this month. Scopes that are no longer known are left out, never granted. */
function toApiKeyView(row: ApiKeyRow, spent: number): ApiKeyView {
  return {
    id: row.id,
    name: row.name,
    mode: API_KEY_MODES.find((mode) => mode === row.mode) ?? 'pub',
    last4: row.last4,
    scopes: row.scopes.filter(isApiScope),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    monthlyBudget: row.monthlyCreditCap,
    spentThisMonth: spent,
    allowedIps: row.allowedIps,
    allowedOrigins: row.allowedOrigins,
    oldSecretEndsAt: row.oldEndsAt !== null && row.oldEndsAt.getTime() > Date.now() ? row.oldEndsAt.toISOString() : null,
  };
}

const hashApiKey = (key: string): string => createHash('sha256').update(key).digest('hex');

// Changes to an existing key: its name, permissions, end, budget and locks, and its secret. A change applies from the next request on.
// After a rotation two secrets work: the new one, and for some hours the previous one. A key of another workspace, or a revoked one, is
// always `not_found`.

/** Fields left out stay unchanged. */
export type ChangeApiKey = Partial<Omit<CreateApiKey, 'mode'>>;

export async function getApiKey(scope: Scope, id: string): Promise<Result<ApiKeyView>> {
  const [row, spend] = await Promise.all([findApiKeyRow(scope, id), listKeySpend(scope)]);
  return row === null ? fail('not_found') : ok(toApiKeyView(row, spend.get(id) ?? 0));
}

export async function changeApiKey(scope: Scope, id: string, change: ChangeApiKey): Promise<Result<ApiKeyView>> {
  const found = await getApiKey(scope, id);
  if (!found.ok) return found;
  const { name, mode, scopes, allowedOrigins: origins } = found.value;
  const { monthlyBudget, allowedIps, allowedOrigins } = change;
  const fields = findProblems({
    mode,
    name: change.name ?? name,
    scopes: change.scopes ?? scopes,
    expiresAt: change.expiresAt,
    monthlyBudget,
    allowedIps,
    allowedOrigins: allowedOrigins ?? origins,
  });
  if (Object.keys(fields).length > 0) return fail('invalid_request', { fields });
  const changed = await changeApiKeyRow(scope, id, {
    ...(change.name !== undefined && { name: change.name.trim() }),
    ...(change.scopes !== undefined && { scopes: [...new Set(change.scopes)] }),
    ...(change.expiresAt !== undefined && { expiresAt: change.expiresAt }),
    ...(monthlyBudget !== undefined && { monthlyCreditCap: monthlyBudget }),
    ...(allowedIps !== undefined && { allowedIps: toNetworks(allowedIps) ?? [] }),
    ...(allowedOrigins !== undefined && { allowedOrigins: toOrigins(allowedOrigins) ?? [] }),
  });
  return changed ? getApiKey(scope, id) : fail('not_found');
}

export interface Rotation {
  id: string;
  /** How long the current secret keeps working beside the new one. */
  oldHours?: number | undefined;
}

/** Returns the new secret, which is never shown again. */
export async function rotateApiKey(scope: Scope, { id, oldHours }: Rotation): Promise<Result<{ key: string; view: ApiKeyView }>> {
  const { min, max, default: usual } = API_KEY_ROTATION_HOURS;
  const hours = oldHours ?? usual;
  if (!Number.isSafeInteger(hours) || hours < min || hours > max)
    return fail('invalid_request', { fields: { oldHours: `Use ${min} to ${max} hours.` } });
  const found = await getApiKey(scope, id);
  if (!found.ok) return found;
  const key = newSecret(found.value.mode);
  if (!(await rotateApiKeyRow(scope, { id, keyHash: hashApiKey(key), last4: key.slice(-4), oldHours: hours })))
    return fail('not_found');
  const view = await getApiKey(scope, id);
  return view.ok ? ok({ key, view: view.value }) : view;
}
