// Handles a request with an Idempotency-Key once. Of equal requests at the same time, one does the work and the others are told that it is
// running. A request that got a 2xx answer gets the same answer again. A refused request leaves no record and is judged again. A request
// that died on the way continues with the id it had begun with, so nothing is created or charged twice. A key that was used for another
// request is refused.
import { queryRow, toJsonText } from './db/rows';
import { Prisma } from './db/_prisma/client';
import { z } from 'zod';
import { db } from './db/client';
import { AppError } from './errors';
import { IDEMPOTENCY_STALE_MS, IDEMPOTENCY_TTL_MS } from './limits';
import type { Scope } from './scope';

export interface Attempt {
  /** The id to create, or to continue with. */
  resourceId: string;
  /** An earlier attempt may have created it already. */
  isResumed: boolean;
}

export interface WorkDone {
  answer: StoredAnswer;
  /** The client left before the end: the answer is not kept, and a retry waits for the real one. */
  isUnfinished: boolean;
}

export interface AnsweredOnce {
  answer: StoredAnswer;
  isReplayed: boolean;
}

const TIMES = { staleMs: IDEMPOTENCY_STALE_MS, ttlMs: IDEMPOTENCY_TTL_MS };
/** A record can disappear between the claim and the lookup, when its request is refused. */
const MAX_LOOKS = 3;

/** Throws what the work throws, and `idempotency_in_progress` or `idempotency_mismatch`. */
export async function answerOnce(
  scope: Scope,
  claim: Claim,
  work: (attempt: Attempt) => Promise<WorkDone>,
): Promise<AnsweredOnce> {
  for (let look = 0; look < MAX_LOOKS; look++) {
    const held = await claimKey(scope, claim, TIMES);
    if (held !== null) {
      const { resourceId } = held;
      return workOn(scope, held, () => work({ resourceId, isResumed: resourceId !== claim.resourceId }));
    }
    const record = await findRecord(scope, claim.key);
    if (record === null) continue;
    if (record.requestHash !== claim.requestHash) throw new AppError('idempotency_mismatch');
    if (record.answer === null) break;
    return { answer: record.answer, isReplayed: true };
  }
  throw new AppError('idempotency_in_progress', { retryAfterS: 1 });
}

async function workOn(scope: Scope, claim: HeldClaim, work: () => Promise<WorkDone>): Promise<AnsweredOnce> {
  try {
    const { answer, isUnfinished } = await whileAlive(scope, claim, work);
    if (isUnfinished) await abandonClaim(scope, claim);
    else await storeAnswer(scope, claim, answer);
    return { answer, isReplayed: false };
  } catch (error) {
    // After a failure on our side it is unknown how far the request got, so its id stays with the key. If the record can't be written
    // either, it goes stale by itself.
    const isRefusal = error instanceof AppError && error.status < 500;
    await (isRefusal ? dropClaim : abandonClaim)(scope, claim).catch(() => undefined);
    throw error;
  }
}

/** Keeps the claim fresh during the work: an upload may take longer than the time after which an attempt counts as dead. */
async function whileAlive<T>(scope: Scope, claim: HeldClaim, work: () => Promise<T>): Promise<T> {
  let refreshed = Promise.resolve();
  const timer = setInterval(() => {
    refreshed = refreshClaim(scope, claim).catch(() => undefined);
  }, IDEMPOTENCY_STALE_MS / 3);
  timer.unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await refreshed;
  }
}

// Records of requests that must not run twice, one per workspace and Idempotency-Key. Of any number of equal requests at once, exactly one
// claims the key, and only the attempt that holds a claim changes its record.

export interface Claim {
  key: string;
  /** SHA-256 of the request, in hex. */
  requestHash: string;
  /** Id of what the request will create. */
  resourceId: string;
}

/** Our claim on a key, until an equal request finds it stale and takes over. */
export interface HeldClaim extends Claim {
  /** When the attempt started, or was last refreshed. */
  startedAt: Date;
}

export interface ClaimTimes {
  /** An attempt without an answer for this long is dead; an equal request takes over. */
  staleMs: number;
  ttlMs: number;
}

/** The body is kept byte for byte as it was sent. */
export interface StoredAnswer {
  status: number;
  body: string;
  headers: Record<string, string>;
}

export interface IdempotencyRow {
  requestHash: string;
  /** Null while the first request is running. */
  answer: StoredAnswer | null;
}

/**
 * Returns the claim with the id to work with: the given one, or that of an equal request that died on the way. Null if the key is taken by
 * another request, by one that is still running, or by one that has its answer.
 */
export async function claimKey({ workspaceId }: Scope, claim: Claim, times: ClaimTimes): Promise<HeldClaim | null> {
  const held = await queryRow(
    z.object({ resourceId: z.string(), startedAt: z.date() }),
    Prisma.sql`
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
    RETURNING r."resourceId", r."startedAt"`,
  );
  return held && { ...claim, ...held };
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

/** Records that the attempt is alive, unless another one took over. */
async function refreshClaim({ workspaceId }: Scope, claim: HeldClaim): Promise<void> {
  const kept = await queryRow(
    z.object({ startedAt: z.date() }),
    Prisma.sql`
    UPDATE "IdempotencyRecord" SET "startedAt" = timezone('UTC', now())
    WHERE "workspaceId" = ${workspaceId} AND "key" = ${claim.key} AND "resourceId" = ${claim.resourceId} AND "status" IS NULL
      AND "startedAt" = ${claim.startedAt.toISOString()}::timestamp
    RETURNING "startedAt"`,
  );
  if (kept !== null) claim.startedAt = kept.startedAt;
}

/** Frees the key, because nothing was begun. Does nothing if another attempt took over, since that one may have begun. */
export async function dropClaim({ workspaceId }: Scope, claim: HeldClaim): Promise<void> {
  await db().$executeRaw`
    DELETE FROM "IdempotencyRecord"
    WHERE "workspaceId" = ${workspaceId} AND "key" = ${claim.key} AND "resourceId" = ${claim.resourceId} AND "status" IS NULL
      AND "startedAt" = ${claim.startedAt.toISOString()}::timestamp`;
}

/** Something may have been begun: an equal request continues with the same id, without waiting. */
export async function abandonClaim({ workspaceId }: Scope, claim: HeldClaim): Promise<void> {
  await db().$executeRaw`
    UPDATE "IdempotencyRecord" SET "startedAt" = 'epoch'
    WHERE "workspaceId" = ${workspaceId} AND "key" = ${claim.key} AND "resourceId" = ${claim.resourceId} AND "status" IS NULL
      AND "startedAt" = ${claim.startedAt.toISOString()}::timestamp`;
}
