// The chunks of running lists: planned, claimed, cut, given back, done. Promises that a chunk is worked on by one claim at a
// time and that what it may charge is part of its list's `reserved`. Every change here is made with the list's row locked,
// except the choice, which has a lock of its own so that two claims never count the same room twice. A domain's rows leave the
// plan in the transaction that makes their chunk, so that a plan which is broken off at any moment goes on where it was.
import { FREE_ANSWERS_ALLOWED, JOIN_FREE_ANSWERS } from '@/lib/credits/store/usage';
import { db, type Tx } from '@/lib/platform/db/client';
import {
  BULK_SLOTS,
  BULK_SLOTS_LEFT_TO_OTHERS,
  CHUNK_MAX_ADDRESSES,
  HOST_CHUNKS_AT_ONCE,
  SLOW_LANE_SHARE,
} from '@/lib/platform/limits';
import { DEAD_AFTER_S } from '@/lib/platform/workers';
import { CHUNK_LANES, type ChunkLane, ROW_KIND } from '../rules/list';

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
 * The fairest open chunk: from the workspace with the fewest under way, then the list with the fewest, then the smaller list;
 * within a list, due retries come first. Bounds: some slots are left to other work, slow hosts have their share, and no host is
 * asked by many chunks at once. A list waits while chunks under way use all of its credits. So does one whose workspace might
 * use up its day's free answers with what is under way, so that the allowance is exceeded by one chunk at most. Holds the lock
 * of claims until the transaction ends.
 */
export async function pickChunk(slots: number | undefined, tx: Tx): Promise<PickedChunk | null> {
  const perWorker = slots ?? BULK_SLOTS;
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(${CLAIM_LOCK})::text AS "locked"`;
  const rows = await tx.$queryRaw<PickedChunk[]>`
    WITH workers AS (
      SELECT GREATEST(1, COUNT(*))::int AS "count" FROM "WorkerHeartbeat"
      WHERE "beatAt" > timezone('UTC', now()) - make_interval(secs => ${DEAD_AFTER_S})
    ), busy AS MATERIALIZED (
      SELECT c."listId", c."hostKey", c."lane", l."workspaceId",
        CASE WHEN l."test" OR c."hostKey" = ${SYNTAX_HOST_KEY} THEN 0 ELSE cardinality(c."rows") END AS "asked" FROM "ListChunk" c JOIN "List" l ON l."id" = c."listId"
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
      LEFT JOIN LATERAL (SELECT COUNT(*) AS "count", COALESCE(SUM(busy."asked"), 0) AS "asked" FROM busy
        WHERE busy."workspaceId" = l."workspaceId") ours ON true
      JOIN "Workspace" w ON w."id" = l."workspaceId" ${JOIN_FREE_ANSWERS}
      WHERE l."status" IN ('queued', 'running') AND mine."count" < room."ofList"
        AND (l."test" OR l."reserved" = 0 OR h."amount" - h."captured" - l."reserved" > 0)
        AND (l."test" OR ours."asked" = 0 OR COALESCE(f."answers", 0) + ours."asked" < ${FREE_ANSWERS_ALLOWED})
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

export interface StrayChunk {
  listId: string;
  workspaceId: string;
  run: number;
  no: number;
  claimedBy: string;
}

/** By this time a worker lists its own new claim. */
const BOARDED_AFTER_S = 20;

/** Claimed by workers that are dead, or by this one, which does not know the claim any more. */
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

/** The claim that still holds a stray chunk; null when it is not running any more. Call it with the list locked. */
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
  /** When the next waiting one is due; null where none waits. */
  nextAt: Date | null;
}

export async function findWorkLeft(listId: string): Promise<WorkLeft> {
  const [row] = await db().$queryRaw<WorkLeft[]>`
    SELECT COUNT(*) FILTER (WHERE "notBefore" <= timezone('UTC', clock_timestamp()))::int AS "open",
      MIN("notBefore") FILTER (WHERE "notBefore" > timezone('UTC', clock_timestamp())) AS "nextAt"
    FROM "ListChunk" c JOIN "List" l ON l."id" = c."listId"
    WHERE c."listId" = ${listId} AND c."run" = l."run" AND l."status" IN ('queued', 'running') AND c."state" = 'open'`;
  return row ?? { open: 0, nextAt: null };
}

const WRITE_TIMEOUT_MS = 120_000;

/**
 * Writes the domains of all unique rows that have no result and are in no chunk of this run, once per run. It takes seconds for
 * a list of a million, so the list itself is locked for the last moment only, and others who plan it wait at a lock of their
 * own.
 */
export function writeDomains(listId: string, run: number): Promise<void> {
  return db().$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`plan:${listId}`}, 0))::text AS "locked"`;
      if ((await tx.list.count({ where: { id: listId, run, plannedRun: { not: run } } })) === 0) return;
      // Left by a run that ended before it was planned.
      await tx.$executeRaw`DELETE FROM "ListDomain" WHERE "listId" = ${listId}`;
      await insertDomains(listId, run, tx);
      await tx.$executeRaw`UPDATE "List" SET "plannedRun" = ${run} WHERE "id" = ${listId} AND "run" = ${run}`;
    },
    { timeout: WRITE_TIMEOUT_MS },
  );
}

async function insertDomains(listId: string, run: number, tx: Tx): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "ListDomain" ("listId", "domain", "no", "rows")
    SELECT ${listId}, "domain", "no"::int, array_agg("n" ORDER BY "n") FROM (
      SELECT r."domain", r."n",
        (row_number() OVER (PARTITION BY r."domain" ORDER BY r."n") - 1) / ${CHUNK_MAX_ADDRESSES}::bigint AS "no"
      FROM "ListRow" r
      LEFT JOIN (SELECT unnest("rows") AS "n" FROM "ListChunk" WHERE "listId" = ${listId} AND "run" = ${run}) c ON c."n" = r."n"
      WHERE r."listId" = ${listId} AND r."kind" = ${ROW_KIND.unique} AND c."n" IS NULL
        AND NOT EXISTS (SELECT 1 FROM "ListResult" x WHERE x."listId" = r."listId" AND x."n" = r."n")
    ) waiting GROUP BY "domain", "no"`;
}

export interface DomainKey {
  domain: string;
  no: number;
}

/** At most a chunk's rows of one domain. */
export interface DomainRows extends DomainKey {
  rows: number[];
}

export interface PlanPage {
  after: DomainKey | null;
  maxDomains: number;
  /** Roughly: the last domain may exceed it. */
  maxRows: number;
}

/** A page of the plan, bounded by domains and rows, so that planning takes flat memory. */
export function listDomains(listId: string, { after, maxDomains, maxRows }: PlanPage): Promise<DomainRows[]> {
  return db().$queryRaw<DomainRows[]>`
    SELECT "domain", "no", "rows" FROM (
      SELECT *, SUM(cardinality("rows")) OVER (ORDER BY "domain", "no") - cardinality("rows") AS "before" FROM (
        SELECT "domain", "no", "rows" FROM "ListDomain"
        WHERE "listId" = ${listId} AND ("domain", "no") > (${after?.domain ?? ''}, ${after?.no ?? -1}::int)
        ORDER BY "domain", "no" LIMIT ${maxDomains}
      ) page
    ) summed WHERE "before" < ${maxRows} ORDER BY "domain", "no"`;
}

/** Returns how many were there. */
export function deleteDomains(listId: string, keys: readonly DomainKey[], tx: Tx): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM "ListDomain" d USING unnest(${keys.map(({ domain }) => domain)}::text[], ${keys.map(({ no }) => no)}::int[])
      AS t ("domain", "no")
    WHERE d."listId" = ${listId} AND d."domain" = t."domain" AND d."no" = t."no"`;
}
