// The chunks of running lists: planned, claimed, cut, given back, done. Promises that a chunk is worked on by one claim at a
// time and that what it may charge of its list's hold stands in its row as long. Every change here is made with the list's row locked,
// except the choice, which has a lock of its own so that two claims never count the same room twice.
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

/** Any number that no other lock has. */
const CLAIM_LOCK = 4_001;

export interface NewChunk {
  rows: readonly number[];
  hostKey: string;
  lane: ChunkLane;
  /** Null: right away. */
  notBefore: Date | null;
}

/** Numbers them from `afterNo` + 1: the caller keeps ListRun.chunks. */
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
 * The fairest open chunk: from the workspace with the fewest under way, then the list with the fewest, then the smaller list;
 * within a list, due retries come first. Bounds: some slots are left to other work, slow hosts have their share, and no host is
 * asked by many chunks at once. A list waits while chunks under way use all of its credits. So does one whose workspace might
 * use up its day's free answers with what is under way, so that the allowance is exceeded by one chunk at most. Holds the lock
 * of claims until the transaction ends.
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
  /** Without those that have their result. */
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
  /** Unique to this claim; another claim of the same chunk has another id. */
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

/** What a claim may still charge; null when another claim has the chunk by now, or it is gone. */
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

/** Makes it claimable again, with the rows that are left of it. */
export async function reopenChunk(key: Omit<ClaimKey, 'claimId'>, rows: readonly number[] | null, tx: Tx): Promise<void> {
  await tx.$executeRaw`
    UPDATE "ListChunk" SET "state" = 'open', "claimedBy" = NULL, "claimedAt" = NULL, "reserved" = 0,
      "rows" = COALESCE(${rows === null ? null : [...rows]}::int[], "rows")
    WHERE "listId" = ${key.listId} AND "run" = ${key.run} AND "no" = ${key.no}`;
}

/** A chunk that is done is deleted; its results are what remains. */
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

/** By this time a worker lists its own new claim. */
const BOARDED_AFTER_S = 20;

/** Claimed by workers that are dead, or by this one, which does not know the claim any more. */
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

/** The claim that still holds a stray chunk; null when it is not running any more. Call it with the list locked. */
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
  /** Could be taken now. */
  open: z.int(),
  /** When the next waiting one is due; null where none waits. */
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
