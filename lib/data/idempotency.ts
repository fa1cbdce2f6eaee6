// Records of requests that must not be done twice, one by workspace and Idempotency-Key. Promises that of any number of equal
// requests at once exactly one claims the key, and that only the attempt that holds a claim changes its record.
import { z } from 'zod';
import { db } from './_client';
import type { Scope } from './scope';
import { toJsonText } from './verification-json';

export interface Claim {
  key: string;
  /** SHA-256 of what was asked, hex. */
  requestHash: string;
  /** Id of what the request will make. */
  resourceId: string;
}

/** A claim that is ours, until an equal request finds it stale and takes over. */
export interface HeldClaim extends Claim {
  startedAt: Date;
}

export interface ClaimTimes {
  /** An attempt without an answer for so long is dead; an equal request takes over. */
  staleMs: number;
  ttlMs: number;
}

/** The answer's text is kept as it was sent, byte by byte. */
export interface StoredAnswer {
  status: number;
  body: string;
  headers: Record<string, string>;
}

export interface IdempotencyRow {
  requestHash: string;
  /** Null while the first request runs. */
  answer: StoredAnswer | null;
}

/**
 * The claim with the id to work with: the given one, or that of an equal request which died on the way. Null where the key is
 * taken: by another request, by one that still runs, or by one that has its answer.
 */
export async function claimKey({ workspaceId }: Scope, claim: Claim, times: ClaimTimes): Promise<HeldClaim | null> {
  const rows = await db().$queryRaw<{ resourceId: string; startedAt: Date }[]>`
    INSERT INTO "IdempotencyRecord" AS r ("workspaceId", "key", "requestHash", "resourceId", "createdAt", "startedAt", "expiresAt")
    VALUES (${workspaceId}, ${claim.key}, ${claim.requestHash}, ${claim.resourceId}, timezone('UTC', now()), timezone('UTC', now()),
      timezone('UTC', now()) + make_interval(secs => ${times.ttlMs / 1_000}))
    ON CONFLICT ("workspaceId", "key") DO UPDATE SET
      "resourceId" = CASE WHEN r."expiresAt" <= timezone('UTC', now()) THEN EXCLUDED."resourceId" ELSE r."resourceId" END,
      "requestHash" = EXCLUDED."requestHash", "status" = NULL, "body" = NULL, "headers" = NULL,
      "startedAt" = EXCLUDED."startedAt", "expiresAt" = EXCLUDED."expiresAt"
    WHERE r."expiresAt" <= timezone('UTC', now())
      OR (r."status" IS NULL AND r."requestHash" = EXCLUDED."requestHash"
        AND r."startedAt" <= timezone('UTC', now()) - make_interval(secs => ${times.staleMs / 1_000}))
    RETURNING r."resourceId", r."startedAt"`;
  return rows[0] ? { ...claim, ...rows[0] } : null;
}

export async function findRecord({ workspaceId }: Scope, key: string): Promise<IdempotencyRow | null> {
  const row = await db().idempotencyRecord.findUnique({
    where: { workspaceId_key: { workspaceId, key } },
    select: { requestHash: true, status: true, body: true, headers: true },
  });
  if (!row) return null;
  if (row.status === null) return { requestHash: row.requestHash, answer: null };
  return {
    requestHash: row.requestHash,
    answer: { status: row.status, body: z.string().parse(row.body), headers: HEADERS.parse(row.headers) },
  };
}

const HEADERS = z.record(z.string(), z.string());

export async function storeAnswer({ workspaceId }: Scope, claim: Claim, answer: StoredAnswer): Promise<void> {
  await db().$executeRaw`
    UPDATE "IdempotencyRecord" SET "status" = ${answer.status}, "body" = ${toJsonText(answer.body)}::jsonb,
      "headers" = ${toJsonText(answer.headers)}::jsonb
    WHERE "workspaceId" = ${workspaceId} AND "key" = ${claim.key} AND "resourceId" = ${claim.resourceId} AND "status" IS NULL`;
}

/** Nothing was begun: the key is free again. Not when another attempt took over, which may have begun. */
export async function dropClaim({ workspaceId }: Scope, claim: HeldClaim): Promise<void> {
  await db().$executeRaw`
    DELETE FROM "IdempotencyRecord"
    WHERE "workspaceId" = ${workspaceId} AND "key" = ${claim.key} AND "resourceId" = ${claim.resourceId} AND "status" IS NULL
      AND "startedAt" = ${claim.startedAt.toISOString()}::timestamp`;
}

/** Something may have been begun: an equal request goes on with the same id, at once. */
export async function abandonClaim({ workspaceId }: Scope, claim: HeldClaim): Promise<void> {
  await db().$executeRaw`
    UPDATE "IdempotencyRecord" SET "startedAt" = 'epoch'
    WHERE "workspaceId" = ${workspaceId} AND "key" = ${claim.key} AND "resourceId" = ${claim.resourceId} AND "status" IS NULL
      AND "startedAt" = ${claim.startedAt.toISOString()}::timestamp`;
}
