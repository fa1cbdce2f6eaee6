// API keys in the database. Only a key's SHA-256 is stored. A workspace never has more live keys than its limit, however many are created
// at once. A lookup by hash is one round trip, including the workspace's plan.
import { z } from 'zod';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import { queryRow, queryRows } from '@/lib/platform/db/rows';
import { newId } from '@/lib/platform/ids';
import { TAKEN_TOKEN } from '@/lib/platform/rate-limits';
import type { Scope } from '@/lib/platform/scope';

/** Including revoked keys. */
const KEYS_MAX = 10_000;

const KEY_FIELDS = {
  id: true,
  name: true,
  mode: true,
  last4: true,
  scopes: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
  revokedAt: true,
  monthlyCreditCap: true,
  allowedIps: true,
  allowedOrigins: true,
  oldEndsAt: true,
} as const;

export interface ApiKeyRow {
  id: string;
  name: string;
  mode: string;
  last4: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  /** The most credits that the key may spend in a calendar month. Null means as many as there are. */
  monthlyCreditCap: number | null;
  allowedIps: string[];
  allowedOrigins: string[];
  /** Until when the secret from before the last rotation works. */
  oldEndsAt: Date | null;
}

export interface NewApiKey {
  name: string;
  mode: string;
  /** SHA-256 of the whole key, hex. */
  keyHash: string;
  last4: string;
  scopes: string[];
  expiresAt: Date | null;
  monthlyCreditCap: number | null;
  allowedIps: string[];
  allowedOrigins: string[];
}

/** The properties of a key that can be changed. */
export type ApiKeyChange = Partial<
  Pick<NewApiKey, 'name' | 'scopes' | 'expiresAt' | 'monthlyCreditCap' | 'allowedIps' | 'allowedOrigins'>
>;

/** Null if the workspace has `max` keys that are neither revoked nor expired. */
export async function insertApiKey({ workspaceId }: Scope, key: NewApiKey & { max: number }, tx: Tx): Promise<ApiKeyRow | null> {
  const { max, ...data } = key;
  // Keys of one workspace are created one at a time, so the count holds until the new key exists.
  await tx.$queryRaw`SELECT "id" FROM "Workspace" WHERE "id" = ${workspaceId} FOR UPDATE`;
  const used = await tx.apiKey.count({
    where: { workspaceId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
  });
  if (used >= max) return null;
  return tx.apiKey.create({ data: { ...data, id: newId('apiKey'), workspaceId, createdAt: new Date() }, select: KEY_FIELDS });
}

/** Keys that are not revoked first, then the newest first. */
export function listApiKeyRows({ workspaceId }: Scope, take: number): Promise<ApiKeyRow[]> {
  return db().apiKey.findMany({
    where: { workspaceId },
    orderBy: [{ revokedAt: { sort: 'desc', nulls: 'first' } }, { id: 'desc' }],
    take,
    select: KEY_FIELDS,
  });
}

export const findApiKeyRow = ({ workspaceId }: Scope, id: string): Promise<ApiKeyRow | null> =>
  db().apiKey.findFirst({ where: { id, workspaceId }, select: KEY_FIELDS });

/** False if the workspace has no such key, or the key is revoked. */
export async function changeApiKeyRow({ workspaceId }: Scope, id: string, change: ApiKeyChange): Promise<boolean> {
  const { count } = await db().apiKey.updateMany({ where: { id, workspaceId, revokedAt: null }, data: change });
  return count > 0;
}

/** The current secret becomes the old one, which ends after some hours. An even older one ends now. False as above. */
export async function rotateApiKeyRow(
  { workspaceId }: Scope,
  { id, keyHash, last4, oldHours }: { id: string; keyHash: string; last4: string; oldHours: number },
): Promise<boolean> {
  const changed = await db().$executeRaw`
    UPDATE "ApiKey" SET "oldKeyHash" = "keyHash", "oldEndsAt" = timezone('UTC', now()) + make_interval(hours => ${oldHours}::int),
      "keyHash" = ${keyHash}, "last4" = ${last4}
    WHERE "id" = ${id} AND "workspaceId" = ${workspaceId} AND "revokedAt" IS NULL`;
  return changed > 0;
}

/** Names by id, including revoked keys. */
export async function listKeyNames({ workspaceId }: Scope): Promise<ReadonlyMap<string, string>> {
  const rows = await db().apiKey.findMany({
    where: { workspaceId },
    orderBy: { id: 'desc' },
    take: KEYS_MAX,
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What each key was charged this month, by its id. Keys without charges are left out. The ledger updates the sum with each charge. */
export async function listKeySpend({ workspaceId }: Scope): Promise<ReadonlyMap<string, number>> {
  const rows = await queryRows(
    z.object({ apiKeyId: z.string(), credits: z.int() }),
    Prisma.sql`
    SELECT "apiKeyId", "credits" FROM "ApiKeyMonth"
    WHERE "workspaceId" = ${workspaceId} AND "month" = to_char(timezone('UTC', now()), 'YYYY-MM')
    ORDER BY "credits" DESC LIMIT ${KEYS_MAX}`,
  );
  return new Map(rows.map((row) => [row.apiKeyId, row.credits]));
}

/** False if the workspace has no such key. A revoked key keeps its first date. */
export async function revokeApiKeyRow({ workspaceId }: Scope, id: string): Promise<boolean> {
  const changed = await db().$executeRaw`
    UPDATE "ApiKey" SET "revokedAt" = COALESCE("revokedAt", timezone('UTC', now())) WHERE "id" = ${id} AND "workspaceId" = ${workspaceId}`;
  return changed > 0;
}

const FoundApiKey = z.object({
  id: z.string(),
  workspaceId: z.string(),
  mode: z.string(),
  scopes: z.array(z.string()),
  expiresAt: z.date().nullable(),
  lastUsedAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
  allowedIps: z.array(z.string()),
  allowedOrigins: z.array(z.string()),
  monthlyCreditCap: z.int().nullable(),
  /** The workspace's plan. */
  plan: z.string(),
  closesAt: z.date().nullable(),
  /** True if a token was asked for. False for a key that opens nothing, or that is locked to networks or origins. */
  isMetered: z.boolean(),
  /** Milliseconds until the bucket is full again; null if there was no token. */
  fullInMs: z.int().nullable(),
});
export type FoundApiKey = z.infer<typeof FoundApiKey>;

export interface BucketsToAsk {
  /** Comes before the key's id in the name of its bucket. */
  prefix: string;
  buckets: readonly { plan: string; tokenMs: number; roomMs: number }[];
}

/**
 * The one lookup without a scope, since the key determines the workspace. It finds the key by its current secret, or by the previous one
 * while that works. It also takes a token from the key's bucket, whose size is set by its plan.
 */
export async function findApiKeyByHash(keyHash: string, { prefix, buckets }: BucketsToAsk): Promise<FoundApiKey | null> {
  return queryRow(
    FoundApiKey,
    Prisma.sql`/* kept */
    WITH k AS (
      SELECT k."id", k."workspaceId", k."mode", k."scopes", k."expiresAt", k."lastUsedAt", k."revokedAt", k."allowedIps",
        k."allowedOrigins", k."monthlyCreditCap", w."plan", w."closesAt"
      FROM "ApiKey" k JOIN "Workspace" w ON w."id" = k."workspaceId"
      WHERE k."keyHash" = ${keyHash} OR (k."oldKeyHash" = ${keyHash} AND k."oldEndsAt" > timezone('UTC', now()))
    ), asked AS (
      SELECT ${prefix} || k."id" AS "key", b."tokenMs", b."roomMs"
      FROM k JOIN jsonb_to_recordset(${JSON.stringify(buckets)}::jsonb) AS b ("plan" text, "tokenMs" bigint, "roomMs" bigint)
        ON b."plan" = k."plan"
      WHERE k."revokedAt" IS NULL AND k."closesAt" IS NULL AND (k."expiresAt" IS NULL OR k."expiresAt" > timezone('UTC', now()))
        AND cardinality(k."allowedIps") = 0 AND cardinality(k."allowedOrigins") = 0
    ), ${TAKEN_TOKEN}
    SELECT k.*, EXISTS (SELECT 1 FROM asked) AS "isMetered", (SELECT "fullInMs" FROM taken) AS "fullInMs" FROM k`,
  );
}

/** If several requests come at once, only one of them writes. */
export async function touchApiKey({ workspaceId }: Scope, id: string, everyMs: number): Promise<void> {
  await db().$executeRaw`
    UPDATE "ApiKey" SET "lastUsedAt" = timezone('UTC', now()) WHERE "id" = ${id} AND "workspaceId" = ${workspaceId}
      AND ("lastUsedAt" IS NULL OR "lastUsedAt" <= timezone('UTC', now()) - make_interval(secs => ${everyMs / 1_000}))`;
}

// The last requests of API keys in the database.

export interface NewApiRequest {
  id: string;
  workspaceId: string;
  apiKeyId: string;
  method: string;
  path: string;
  status: number;
  durationMs: number;
  at: Date;
}

/** Adds the requests, and drops those older than the newest `keep` of the same keys. Requests of keys that no longer exist are left out. */
export async function addApiRequests(requests: readonly NewApiRequest[], keep: number): Promise<void> {
  const columns = [
    requests.map(({ id }) => id),
    requests.map(({ workspaceId }) => workspaceId),
    requests.map(({ apiKeyId }) => apiKeyId),
    requests.map(({ method }) => method),
    requests.map(({ path }) => path),
  ] as const;
  const [ids, workspaces, keys, methods, paths] = columns;
  await db().$executeRaw`
    INSERT INTO "ApiRequest" ("id", "workspaceId", "apiKeyId", "method", "path", "status", "durationMs", "at")
    SELECT t.* FROM unnest(${ids}::text[], ${workspaces}::text[], ${keys}::text[], ${methods}::text[], ${paths}::text[],
      ${requests.map(({ status }) => status)}::int[], ${requests.map(({ durationMs }) => durationMs)}::int[],
      ${requests.map(({ at }) => at.toISOString())}::timestamp[])
      AS t ("id", "workspaceId", "apiKeyId", "method", "path", "status", "durationMs", "at")
    JOIN "ApiKey" k ON k."id" = t."apiKeyId"
    ON CONFLICT DO NOTHING`;
  await db().$executeRaw`
    DELETE FROM "ApiRequest" r USING unnest(${[...new Set(keys)]}::text[]) AS k ("id")
    WHERE r."apiKeyId" = k."id" AND r."id" < (
      SELECT kept."id" FROM "ApiRequest" kept WHERE kept."apiKeyId" = k."id" ORDER BY kept."id" DESC OFFSET ${keep - 1} LIMIT 1)`;
}

const ApiRequestRow = z.object({
  id: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.int(),
  durationMs: z.int(),
  at: z.date(),
});

/** Newest first. */
export const listApiRequestRows = ({ workspaceId }: Scope, apiKeyId: string, take: number) =>
  queryRows(
    ApiRequestRow,
    Prisma.sql`
    SELECT "id", "method", "path", "status", "durationMs", "at" FROM "ApiRequest"
    WHERE "apiKeyId" = ${apiKeyId} AND "workspaceId" = ${workspaceId} ORDER BY "id" DESC LIMIT ${take}`,
  );
