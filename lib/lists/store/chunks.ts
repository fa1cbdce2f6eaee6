// The chunks of running lists: planned, claimed, cut, given back, done. Only one claim at a time works on a chunk, and for that
// time the chunk's row records what it may charge of the list's hold. Every change here is made with the list's row locked,
// except the choice of a chunk, which has its own lock so that two claims never count the same room twice.
import { z } from 'zod';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import type { Tx } from '@/lib/platform/db/client';
import { BULK_SLOTS, BULK_SLOTS_LEFT_TO_OTHERS, HOST_CHUNKS_AT_ONCE, SLOW_LANE_SHARE } from '@/lib/platform/limits';
import { queryOne, queryRow, queryRows } from '@/lib/platform/db/rows';
import { DEAD_AFTER_S } from '@/lib/platform/workers';
import { CHUNK_LANES, type ChunkLane } from '../rules/list';
import { FREE_ANSWERS_ALLOWED, JOIN_FREE_ANSWERS } from './run';

/** Host key of addresses with wrong syntax: nobody is asked and nothing is charged. */
export const SYNTAX_HOST_KEY = '!syntax';
/** Host key of chunks that hold few addresses of many hosts. */
export const MIXED_HOST_KEY = '';

/** An arbitrary number that no other advisory lock uses. */
const CLAIM_LOCK = 4_001;

export interface NewChunk {
  rows: readonly number[];
  hostKey: string;
  lane: ChunkLane;
  /** Null: right away. */
  notBefore: Date | null;
}

/** Numbers the chunks from `afterNo` + 1. The caller updates ListRun.chunks. */
export async function insertChunks(
  { listId, run, afterNo }: { listId: string; run: number; afterNo: number },
  chunks: readonly NewChunk[],
  tx: Tx,
): Promise<void> {
  if (chunks.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "ListChunk" ("listId", "run", "no", "rows", "hostKey", "lane", "notBefore")
    SELECT ${listId}, ${run}, ${afterNo}::int + t."at"::int,
      ARRAY(SELECT r::int FROM unnest(string_to_array(t."rows", ',')) AS u (r)), t."hostKey", t."lane",
      COALESCE(t."notBefore"::timestamp, timezone('UTC', clock_timestamp()))
    FROM unnest(${chunks.map(({ rows }) => rows.join(','))}::text[], ${chunks.map(({ hostKey }) => hostKey)}::text[],
      ${chunks.map(({ lane }) => lane)}::text[], ${chunks.map(({ notBefore }) => notBefore?.toISOString() ?? null)}::text[])
      WITH ORDINALITY AS t ("rows", "hostKey", "lane", "notBefore", "at")`;
}

const PickedRow = z.object({ listId: z.string(), workspaceId: z.string(), run: z.int(), no: z.int() });
export type PickedChunk = z.infer<typeof PickedRow>;

/**
 * Picks the fairest open chunk: from the workspace with the fewest chunks under way, then the list with the fewest, then the
 * smaller list. Within a list, due retries come first. Limits: some slots are left for other work, slow hosts get their share,
 * and no host is asked by many chunks at once. A list waits while its chunks under way have reserved all of its credits. It also
 * waits while its workspace's chunks under way might use up the day's free answers, so that the allowance is exceeded by at most
 * one chunk. Holds the claim lock until the transaction ends.
 */
export async function pickChunk(slots: number | undefined, tx: Tx): Promise<PickedChunk | null> {
  const perWorker = slots ?? BULK_SLOTS;
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(${CLAIM_LOCK})::text AS "locked"`;
  return queryRow(
    PickedRow,
    Prisma.sql`
    WITH workers AS (
      SELECT GREATEST(1, COUNT(*))::int AS "count" FROM "WorkerHeartbeat"
      WHERE "beatAt" > timezone('UTC', now()) - make_interval(secs => ${DEAD_AFTER_S})
    ), busy AS MATERIALIZED (
      SELECT c."listId", c."hostKey", c."lane", c."reserved", l."workspaceId",
        CASE WHEN l."test" OR c."hostKey" = ${SYNTAX_HOST_KEY} THEN 0 ELSE cardinality(c."rows") END AS "asked" FROM "ListChunk" c JOIN "List" l ON l."id" = c."listId"
      WHERE c."state" = 'running'
    ), room AS MATERIALIZED (
      SELECT GREATEST(1, ${perWorker} * w."count" - ${BULK_SLOTS_LEFT_TO_OTHERS}) AS "ofList",
        (SELECT COUNT(*) FROM busy WHERE "lane" = 'slow') < GREATEST(1, floor(${perWorker} * w."count" * ${SLOW_LANE_SHARE}::float)) AS "isSlowFree",
        ARRAY(SELECT "hostKey" FROM busy WHERE "hostKey" NOT IN (${MIXED_HOST_KEY}, ${SYNTAX_HOST_KEY})
          GROUP BY 1 HAVING COUNT(*) >= ${HOST_CHUNKS_AT_ONCE} * (SELECT "count" FROM workers)) AS "fullHosts"
      FROM workers w
    ), fair AS (
      SELECT l."id", l."workspaceId", r."run" FROM "List" l JOIN "ListRun" r ON r."listId" = l."id"
      CROSS JOIN room
      LEFT JOIN "CreditHold" h ON h."id" = r."holdId"
      LEFT JOIN LATERAL (SELECT COUNT(*) AS "count", COALESCE(SUM(busy."reserved"), 0) AS "reserved" FROM busy WHERE busy."listId" = l."id") mine ON true
      LEFT JOIN LATERAL (SELECT COUNT(*) AS "count", COALESCE(SUM(busy."asked"), 0) AS "asked" FROM busy
        WHERE busy."workspaceId" = l."workspaceId") ours ON true
      JOIN "Workspace" w ON w."id" = l."workspaceId" ${JOIN_FREE_ANSWERS}
      WHERE l."status" IN ('queued', 'running') AND mine."count" < room."ofList"
        AND (l."test" OR mine."reserved" = 0 OR h."amount" - h."captured" - mine."reserved" > 0)
        AND (l."test" OR ours."asked" = 0 OR COALESCE(f."answers", 0) + ours."asked" < ${FREE_ANSWERS_ALLOWED})
      ORDER BY ours."count", mine."count", r."unique", random()
    )
    SELECT fair."id" AS "listId", fair."workspaceId", fair."run", c."no" FROM fair CROSS JOIN room CROSS JOIN LATERAL (
      SELECT c."no" FROM "ListChunk" c
      WHERE c."listId" = fair."id" AND c."run" = fair."run" AND c."state" = 'open'
        AND c."notBefore" <= timezone('UTC', clock_timestamp())
        AND (c."lane" <> 'slow' OR room."isSlowFree") AND NOT c."hostKey" = ANY(room."fullHosts")
      ORDER BY c."lane" = 'retry' DESC, random() LIMIT 1
    ) c LIMIT 1`,
    tx,
  );
}

const OpenRow = z.object({
  /** Without rows that already have a result. */
  rows: z.array(z.int()),
  hostKey: z.string(),
  lane: z.enum(CHUNK_LANES),
  notBefore: z.date(),
});
export type OpenChunk = z.infer<typeof OpenRow>;

export function lockOpenChunk({ listId, run, no }: Omit<PickedChunk, 'workspaceId'>, tx: Tx): Promise<OpenChunk | null> {
  return queryRow(
    OpenRow,
    Prisma.sql`
    SELECT c."hostKey", c."lane", c."notBefore", ARRAY(
      SELECT r FROM unnest(c."rows") WITH ORDINALITY AS t (r, "at")
      WHERE NOT EXISTS (SELECT 1 FROM "ListResult" x WHERE x."listId" = c."listId" AND x."n" = r OFFSET 0) ORDER BY "at") AS "rows"
    FROM "ListChunk" c
    WHERE c."listId" = ${listId} AND c."run" = ${run} AND c."no" = ${no} AND c."state" = 'open' FOR UPDATE OF c`,
    tx,
  );
}

const EmailRow = z.object({ n: z.int(), email: z.string() });

export function listEmailsOf(listId: string, rows: readonly number[], tx: Tx): Promise<z.infer<typeof EmailRow>[]> {
  return queryRows(
    EmailRow,
    Prisma.sql`
    SELECT "n", "email" FROM "ListRow" WHERE "listId" = ${listId} AND "n" = ANY(${[...rows]}::int[])`,
    tx,
  );
}

export interface ClaimKey {
  listId: string;
  run: number;
  no: number;
  /** Unique to this claim: another claim of the same chunk has another id. */
  claimId: string;
}

export async function takeChunk(
  key: ClaimKey,
  { rows, reserved }: { rows: readonly number[]; reserved: number },
  tx: Tx,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "ListChunk" SET "state" = 'running', "claimedBy" = ${key.claimId}, "claimedAt" = timezone('UTC', clock_timestamp()),
      "reserved" = ${reserved}, "rows" = ${[...rows]}::int[]
    WHERE "listId" = ${key.listId} AND "run" = ${key.run} AND "no" = ${key.no}`;
}

/** What a claim may still charge; null if another claim has taken the chunk, or the chunk is gone. */
export function lockClaimed(key: ClaimKey, tx: Tx): Promise<{ reserved: number } | null> {
  return queryRow(
    z.object({ reserved: z.int() }),
    Prisma.sql`
    SELECT "reserved" FROM "ListChunk"
    WHERE "listId" = ${key.listId} AND "run" = ${key.run} AND "no" = ${key.no} AND "claimedBy" = ${key.claimId} FOR UPDATE`,
    tx,
  );
}

export async function setChunkReserved(key: ClaimKey, reserved: number, tx: Tx): Promise<void> {
  await tx.$executeRaw`
    UPDATE "ListChunk" SET "reserved" = ${reserved} WHERE "listId" = ${key.listId} AND "run" = ${key.run} AND "no" = ${key.no}`;
}

/** Makes the chunk claimable again, with the rows that remain. */
export async function reopenChunk(key: Omit<ClaimKey, 'claimId'>, rows: readonly number[] | null, tx: Tx): Promise<void> {
  await tx.$executeRaw`
    UPDATE "ListChunk" SET "state" = 'open', "claimedBy" = NULL, "claimedAt" = NULL, "reserved" = 0,
      "rows" = COALESCE(${rows === null ? null : [...rows]}::int[], "rows")
    WHERE "listId" = ${key.listId} AND "run" = ${key.run} AND "no" = ${key.no}`;
}

/** A finished chunk is deleted; its results remain. */
export async function deleteChunk({ listId, run, no }: Omit<ClaimKey, 'claimId'>, tx: Tx): Promise<void> {
  await tx.$executeRaw`DELETE FROM "ListChunk" WHERE "listId" = ${listId} AND "run" = ${run} AND "no" = ${no}`;
}

/** All open work of a list: chunks, planned domains, rows to retry. */
export async function deleteWork(listId: string, tx: Tx): Promise<void> {
  await tx.$executeRaw`DELETE FROM "ListChunk" WHERE "listId" = ${listId}`;
  await tx.$executeRaw`DELETE FROM "ListDomain" WHERE "listId" = ${listId}`;
  await tx.$executeRaw`DELETE FROM "ListRetry" WHERE "listId" = ${listId}`;
}

const StrayRow = PickedRow.extend({ claimedBy: z.string() });
export type StrayChunk = z.infer<typeof StrayRow>;

/** Within this time a worker lists its own new claim. */
const BOARDED_AFTER_S = 20;

/** Chunks claimed by dead workers, or by this worker under a claim that it no longer knows. */
export function listStrayChunks(own: { workerId: string; claims: readonly string[] }, take: number): Promise<StrayChunk[]> {
  return queryRows(
    StrayRow,
    Prisma.sql`
    SELECT c."listId", l."workspaceId", c."run", c."no", c."claimedBy" FROM "ListChunk" c JOIN "List" l ON l."id" = c."listId"
    WHERE c."state" = 'running' AND (
      (split_part(c."claimedBy", '/', 1) = ${own.workerId} AND NOT c."claimedBy" = ANY(${[...own.claims]}::text[])
        AND c."claimedAt" < timezone('UTC', now()) - make_interval(secs => ${BOARDED_AFTER_S}))
      OR (split_part(c."claimedBy", '/', 1) <> ${own.workerId} AND split_part(c."claimedBy", '/', 1) NOT IN (
        SELECT "workerId" FROM "WorkerHeartbeat" WHERE "beatAt" > timezone('UTC', now()) - make_interval(secs => ${DEAD_AFTER_S}))))
    LIMIT ${take}`,
  );
}

/** The claim that still holds a stray chunk; null if the chunk is no longer running. Call it with the list locked. */
export function lockRunningChunk(
  { listId, run, no }: Omit<ClaimKey, 'claimId'>,
  tx: Tx,
): Promise<{ claimedBy: string | null; reserved: number } | null> {
  return queryRow(
    z.object({ claimedBy: z.string().nullable(), reserved: z.int() }),
    Prisma.sql`
    SELECT "claimedBy", "reserved" FROM "ListChunk"
    WHERE "listId" = ${listId} AND "run" = ${run} AND "no" = ${no} AND "state" = 'running' FOR UPDATE`,
    tx,
  );
}

const WorkLeftRow = z.object({
  /** Chunks that can be claimed now. */
  open: z.int(),
  /** When the next waiting chunk is due; null if none waits. */
  nextAt: z.date().nullable(),
});
export type WorkLeft = z.infer<typeof WorkLeftRow>;

export function findWorkLeft(listId: string): Promise<WorkLeft> {
  return queryOne(
    WorkLeftRow,
    Prisma.sql`
    SELECT COUNT(*) FILTER (WHERE "notBefore" <= timezone('UTC', clock_timestamp()))::int AS "open",
      MIN("notBefore") FILTER (WHERE "notBefore" > timezone('UTC', clock_timestamp())) AS "nextAt"
    FROM "ListChunk" c JOIN "List" l ON l."id" = c."listId" JOIN "ListRun" r ON r."listId" = l."id"
    WHERE c."listId" = ${listId} AND c."run" = r."run" AND l."status" IN ('queued', 'running') AND c."state" = 'open'`,
  );
}
