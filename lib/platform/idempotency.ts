// Does a request that carries an Idempotency-Key once. Promises: of equal requests at once one works and the others are told
// so; one that has its 2xx answer is answered the same again; a refused one leaves no trace and is judged again; one that
// died on the way goes on with the very id it had begun with, so that nothing is made or charged twice. Refuses a key that
// was used for another request.
import { queryRow, toJsonText } from './db/rows';
import { Prisma } from './db/_prisma/client';
import { z } from 'zod';
import { db } from './db/client';
import { AppError } from './errors';
import { IDEMPOTENCY_STALE_MS, IDEMPOTENCY_TTL_MS } from './limits';
import type { Scope } from './scope';

export interface Attempt {
  /** Id to make, or to go on with. */
  resourceId: string;
  /** An earlier attempt may have made it already. */
  isResumed: boolean;
}

export interface WorkDone {
  answer: StoredAnswer;
  /** The client left before the end: the answer is not kept, a retry waits for the true one. */
  isUnfinished: boolean;
}

export interface AnsweredOnce {
  answer: StoredAnswer;
  isReplayed: boolean;
}

const TIMES = { staleMs: IDEMPOTENCY_STALE_MS, ttlMs: IDEMPOTENCY_TTL_MS };
/** A record can go between the claim and the look, when its request is refused. */
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
    // After a failure of ours it is unknown how far the request got, so its id stays with the key. When the record can't be written
    // either, it goes stale by itself.
    const isRefusal = error instanceof AppError && error.status < 500;
    await (isRefusal ? dropClaim : abandonClaim)(scope, claim).catch(() => undefined);
    throw error;
  }
}

/** Keeps the claim fresh meanwhile: an upload may take longer than a dead attempt is waited for. */
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

// Records of requests that must not be done twice, one by workspace and Idempotency-Key. Promises that of any number of equal
// requests at once exactly one claims the key, and that only the attempt that holds a claim changes its record.

export interface Claim {
  key: string;
  /** SHA-256 of what was asked, hex. */
  requestHash: string;
  /** Id of what the request will make. */
  resourceId: string;
}

/** A claim that is ours, until an equal request finds it stale and takes over. */
export interface HeldClaim extends Claim {
  /** Or when it was last said to be alive. */
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

/** Says that the attempt is alive, unless another one took over. */
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

/** Nothing was begun: the key is free again. Not when another attempt took over, which may have begun. */
export async function dropClaim({ workspaceId }: Scope, claim: HeldClaim): Promise<void> {
  await db().$executeRaw`
    DELETE FROM "IdempotencyRecord"
    WHERE "workspaceId" = ${workspaceId} AND "key" = ${claim.key} AND "resourceId" = ${claim.resourceId} AND "status" IS NULL
      AND "startedAt" = ${claim.startedAt.toISOString()}::timestamp`;
}

/** Something may have been begun: an equal request goes on with the same id, without waiting. */
export async function abandonClaim({ workspaceId }: Scope, claim: HeldClaim): Promise<void> {
  await db().$executeRaw`
    UPDATE "IdempotencyRecord" SET "startedAt" = 'epoch'
    WHERE "workspaceId" = ${workspaceId} AND "key" = ${claim.key} AND "resourceId" = ${claim.resourceId} AND "status" IS NULL
      AND "startedAt" = ${claim.startedAt.toISOString()}::timestamp`;
}
