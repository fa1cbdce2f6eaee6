// The chunks of running lists: made, claimed, cut, given back, done. Promises that a chunk is worked on by one claim at a time and
// that what it may charge is part of its list's `reserved`. Every change here is made with the list's row locked, except the
// choice, which is made under a lock of its own so that two claims never count the same room twice.
import { BULK_SLOTS, BULK_SLOTS_LEFT_TO_OTHERS, HOST_CHUNKS_AT_ONCE, SLOW_LANE_SHARE } from '@/lib/domain/limits';
import { CHUNK_LANES, type ChunkLane } from '@/lib/domain/list';
import { db, type Tx } from './_client';
import { DEAD_AFTER_S } from './heartbeats';

/** Host key of addresses with wrong syntax: nobody is asked and nothing charged. */
export const SYNTAX_HOST_KEY = '!syntax';
/** Host key of chunks that hold few addresses of many hosts. */
export const MIXED_HOST_KEY = '';

/** Any number of its own; only this statement's lock counts. */
const CLAIM_LOCK = 4_001;

export interface NewChunk {
  rows: readonly number[];
  hostKey: string;
  lane: ChunkLane;
  /** Null: at once. */
  notBefore: Date | null;
}

/** Numbers them from `afterNo` + 1: the caller keeps List.chunks. */
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

export interface PickedChunk {
  listId: string;
  workspaceId: string;
  run: number;
  no: number;
}

/**
 * The fairest open chunk: of the workspace with the fewest under way, then the list with the fewest, then the smaller list; within a
 * list those that are asked again at their time first, else any. Within the bounds: some slots are left to others, slow hosts
 * have their share, and no host is asked by many chunks at once. Lists whose credits are all in use by chunks under way wait.
 * Holds the lock of claims until the transaction ends.
 */
export async function pickChunk(slots: number | undefined, tx: Tx): Promise<PickedChunk | null> {
  const perWorker = slots ?? BULK_SLOTS;
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(${CLAIM_LOCK})::text AS "locked"`;
  const rows = await tx.$queryRaw<PickedChunk[]>`
    WITH workers AS (
      SELECT GREATEST(1, COUNT(*))::int AS "count" FROM "WorkerHeartbeat"
      WHERE "beatAt" > timezone('UTC', now()) - make_interval(secs => ${DEAD_AFTER_S})
    ), busy AS MATERIALIZED (
      SELECT c."listId", c."hostKey", c."lane", l."workspaceId" FROM "ListChunk" c JOIN "List" l ON l."id" = c."listId"
      WHERE c."state" = 'running'
    ), room AS MATERIALIZED (
      SELECT GREATEST(1, ${perWorker} * w."count" - ${BULK_SLOTS_LEFT_TO_OTHERS}) AS "ofList",
        (SELECT COUNT(*) FROM busy WHERE "lane" = 'slow') < GREATEST(1, floor(${perWorker} * w."count" * ${SLOW_LANE_SHARE}::float)) AS "isSlowFree",
        ARRAY(SELECT "hostKey" FROM busy WHERE "hostKey" NOT IN (${MIXED_HOST_KEY}, ${SYNTAX_HOST_KEY})
          GROUP BY 1 HAVING COUNT(*) >= ${HOST_CHUNKS_AT_ONCE} * (SELECT "count" FROM workers)) AS "fullHosts"
      FROM workers w
    ), fair AS (
      SELECT l."id", l."workspaceId", l."run" FROM "List" l
      CROSS JOIN room
      LEFT JOIN "CreditHold" h ON h."id" = l."holdId"
      LEFT JOIN LATERAL (SELECT COUNT(*) AS "count" FROM busy WHERE busy."listId" = l."id") mine ON true
      LEFT JOIN LATERAL (SELECT COUNT(*) AS "count" FROM busy WHERE busy."workspaceId" = l."workspaceId") ours ON true
      WHERE l."state" IN ('queued', 'running') AND mine."count" < room."ofList"
        AND (l."test" OR l."reserved" = 0 OR h."amount" - h."captured" - l."reserved" > 0)
      ORDER BY ours."count", mine."count", l."unique", random()
    )
    SELECT fair."id" AS "listId", fair."workspaceId", fair."run", c."no" FROM fair CROSS JOIN room CROSS JOIN LATERAL (
      SELECT c."no" FROM "ListChunk" c
      WHERE c."listId" = fair."id" AND c."run" = fair."run" AND c."state" = 'open'
        AND c."notBefore" <= timezone('UTC', clock_timestamp())
        AND (c."lane" <> 'slow' OR room."isSlowFree") AND NOT c."hostKey" = ANY(room."fullHosts")
      ORDER BY c."lane" = 'retry' DESC, random() LIMIT 1
    ) c LIMIT 1`;
  return rows[0] ?? null;
}

export interface OpenChunk {
  /** Without those that have their result. */
  rows: number[];
  hostKey: string;
  lane: ChunkLane;
  notBefore: Date;
}

export async function lockOpenChunk({ listId, run, no }: Omit<PickedChunk, 'workspaceId'>, tx: Tx): Promise<OpenChunk | null> {
  const rows = await tx.$queryRaw<(Omit<OpenChunk, 'lane'> & { lane: string })[]>`
    SELECT c."hostKey", c."lane", c."notBefore", ARRAY(
      SELECT r FROM unnest(c."rows") WITH ORDINALITY AS t (r, "at")
      WHERE NOT EXISTS (SELECT 1 FROM "ListResult" x WHERE x."listId" = c."listId" AND x."n" = r OFFSET 0) ORDER BY "at") AS "rows"
    FROM "ListChunk" c
    WHERE c."listId" = ${listId} AND c."run" = ${run} AND c."no" = ${no} AND c."state" = 'open' FOR UPDATE OF c`;
  const [chunk] = rows;
  return chunk ? { ...chunk, lane: CHUNK_LANES.find((lane) => lane === chunk.lane) ?? 'main' } : null;
}

export function listEmailsOf(listId: string, rows: readonly number[], tx: Tx): Promise<{ n: number; email: string }[]> {
  return tx.$queryRaw<{ n: number; email: string }[]>`
    SELECT "n", "email" FROM "ListRow" WHERE "listId" = ${listId} AND "n" = ANY(${[...rows]}::int[])`;
}

export interface ClaimKey {
  listId: string;
  run: number;
  no: number;
  /** Names this claim of this process; another claim of the same chunk has another. */
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

/** What a claim may still charge; null when the chunk is somebody else's by now, or gone. */
export async function lockClaimed(key: ClaimKey, tx: Tx): Promise<{ reserved: number } | null> {
  const rows = await tx.$queryRaw<{ reserved: number }[]>`
    SELECT "reserved" FROM "ListChunk"
    WHERE "listId" = ${key.listId} AND "run" = ${key.run} AND "no" = ${key.no} AND "claimedBy" = ${key.claimId} FOR UPDATE`;
  return rows[0] ?? null;
}

export async function setChunkReserved(key: ClaimKey, reserved: number, tx: Tx): Promise<void> {
  await tx.$executeRaw`
    UPDATE "ListChunk" SET "reserved" = ${reserved} WHERE "listId" = ${key.listId} AND "run" = ${key.run} AND "no" = ${key.no}`;
}

/** Back to the others, with what is left of it. */
export async function reopenChunk(key: Omit<ClaimKey, 'claimId'>, rows: readonly number[] | null, tx: Tx): Promise<void> {
  await tx.$executeRaw`
    UPDATE "ListChunk" SET "state" = 'open', "claimedBy" = NULL, "claimedAt" = NULL, "reserved" = 0,
      "rows" = COALESCE(${rows === null ? null : [...rows]}::int[], "rows")
    WHERE "listId" = ${key.listId} AND "run" = ${key.run} AND "no" = ${key.no}`;
}

/** A chunk whose work is done is gone: what came of it stands in the results. */
export async function deleteChunk({ listId, run, no }: Omit<ClaimKey, 'claimId'>, tx: Tx): Promise<void> {
  await tx.$executeRaw`DELETE FROM "ListChunk" WHERE "listId" = ${listId} AND "run" = ${run} AND "no" = ${no}`;
}

/** All work of a list that is not done: chunks, planned domains, rows to ask again. */
export async function deleteWork(listId: string, tx: Tx): Promise<void> {
  await tx.$executeRaw`DELETE FROM "ListChunk" WHERE "listId" = ${listId}`;
  await tx.$executeRaw`DELETE FROM "ListDomain" WHERE "listId" = ${listId}`;
  await tx.$executeRaw`DELETE FROM "ListRetry" WHERE "listId" = ${listId}`;
}

export interface StrayChunk {
  listId: string;
  workspaceId: string;
  run: number;
  no: number;
  claimedBy: string;
}

/** A claim is on its worker's board so soon after it was made. */
const BOARDED_AFTER_S = 20;

/** Claimed by workers that are dead, or by this one, which has no memory of it. */
export function listStrayChunks(own: { workerId: string; claims: readonly string[] }, take: number): Promise<StrayChunk[]> {
  return db().$queryRaw<StrayChunk[]>`
    SELECT c."listId", l."workspaceId", c."run", c."no", c."claimedBy" FROM "ListChunk" c JOIN "List" l ON l."id" = c."listId"
    WHERE c."state" = 'running' AND (
      (split_part(c."claimedBy", '/', 1) = ${own.workerId} AND NOT c."claimedBy" = ANY(${[...own.claims]}::text[])
        AND c."claimedAt" < timezone('UTC', now()) - make_interval(secs => ${BOARDED_AFTER_S}))
      OR (split_part(c."claimedBy", '/', 1) <> ${own.workerId} AND split_part(c."claimedBy", '/', 1) NOT IN (
        SELECT "workerId" FROM "WorkerHeartbeat" WHERE "beatAt" > timezone('UTC', now()) - make_interval(secs => ${DEAD_AFTER_S}))))
    LIMIT ${take}`;
}

/** The claim under which a stray chunk is still held, with the list locked; null when it is not running any more. */
export async function lockRunningChunk(
  { listId, run, no }: Omit<ClaimKey, 'claimId'>,
  tx: Tx,
): Promise<{ claimedBy: string | null; reserved: number } | null> {
  const rows = await tx.$queryRaw<{ claimedBy: string | null; reserved: number }[]>`
    SELECT "claimedBy", "reserved" FROM "ListChunk"
    WHERE "listId" = ${listId} AND "run" = ${run} AND "no" = ${no} AND "state" = 'running' FOR UPDATE`;
  return rows[0] ?? null;
}

export interface WorkLeft {
  /** Could be taken now. */
  open: number;
  /** When the next of those that wait for their time is due; null where none waits. */
  nextAt: Date | null;
}

export async function findWorkLeft(listId: string): Promise<WorkLeft> {
  const [row] = await db().$queryRaw<WorkLeft[]>`
    SELECT COUNT(*) FILTER (WHERE "notBefore" <= timezone('UTC', clock_timestamp()))::int AS "open",
      MIN("notBefore") FILTER (WHERE "notBefore" > timezone('UTC', clock_timestamp())) AS "nextAt"
    FROM "ListChunk" c JOIN "List" l ON l."id" = c."listId"
    WHERE c."listId" = ${listId} AND c."run" = l."run" AND l."state" IN ('queued', 'running') AND c."state" = 'open'`;
  return row ?? { open: 0, nextAt: null };
}
