// The upkeep of lists: expiry notices, expiry, deleting rows, lists that should be progressing on their own (all of these across
// all workspaces, in bounded batches), and what one workspace stores. A list expires only after its notice, if there is somebody
// to tell and something to lose. While a transaction holds the storage lock, nobody else adds to the lists that it sums. Take
// that lock before the lock of any list.
import { z } from 'zod';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import { CountRow, queryOne, queryRow, queryRows } from '@/lib/platform/db/rows';
import { EXPIRY_NOTICE_DAYS, EXPIRY_NOTICE_MIN_HOURS, PURGE_BATCH_ROWS } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { statusesBefore } from '../rules/list';
import type { Stored } from '../rules/storage';
import { FREE_ANSWERS_ALLOWED, JOIN_FREE_ANSWERS } from './run';

/**
 * Lists that get a notice: created on a page, with rows. A list that was never read, whose rows are gone, or that a program
 * created expires without a notice.
 */
const IS_TOLD = Prisma.sql`"createdById" IS NOT NULL AND "rowsDeletedAt" IS NULL
  AND EXISTS (SELECT 1 FROM "ListFile" f WHERE f."listId" = "List"."id" AND f."rows" > 0)`;
/** The same rule as in the trigger List_keep_clocks. */
const DAYS = Prisma.sql`CASE WHEN "status" IN ('uploading', 'parsing', 'ready') THEN LEAST("retentionDays", "unstartedDays") ELSE "retentionDays" END`;
const NOTICE_BEFORE = Prisma.sql`CASE WHEN ${DAYS} > ${EXPIRY_NOTICE_DAYS}::int THEN make_interval(days => ${EXPIRY_NOTICE_DAYS}::int)
  ELSE make_interval(hours => 12 * (${DAYS})) END`;
const MAY_EXPIRE = Prisma.sql`"status" = ANY(${[...statusesBefore('expired')]}::text[])`;

const IdRow = z.object({ id: z.string() });
const DueRow = IdRow.extend({ workspaceId: z.string() });
export type DueList = z.infer<typeof DueRow>;

/** Marks the lists whose notice is due and returns them. Each list is returned once, until its expiry changes. */
export function takeListsToNotice(take: number, tx: Tx): Promise<DueList[]> {
  return queryRows(
    DueRow,
    Prisma.sql`
    UPDATE "List" SET "expiryNoticeAt" = timezone('UTC', clock_timestamp()) WHERE "id" IN (
      SELECT "id" FROM "List" WHERE "expiryNoticeAt" IS NULL AND ${MAY_EXPIRE} AND ${IS_TOLD}
        AND "expiresAt" <= timezone('UTC', clock_timestamp()) + ${NOTICE_BEFORE}
      ORDER BY "expiresAt" LIMIT ${take} FOR UPDATE SKIP LOCKED)
    RETURNING "id", "workspaceId"`,
    tx,
  );
}

export function listListsToExpire(take: number): Promise<DueList[]> {
  return queryRows(
    DueRow,
    Prisma.sql`
    SELECT "id", "workspaceId" FROM "List"
    WHERE "expiresAt" <= timezone('UTC', clock_timestamp()) AND ${MAY_EXPIRE} AND (NOT (${IS_TOLD})
      OR "expiryNoticeAt" <= timezone('UTC', clock_timestamp()) - make_interval(hours => ${EXPIRY_NOTICE_MIN_HOURS}::int))
    ORDER BY "expiresAt" LIMIT ${take}`,
  );
}

/**
 * Expired lists whose rows are not known to be gone, and for one more day those whose rows are, to catch what was written during
 * the deletion.
 */
export async function listListsToPurge(take: number): Promise<string[]> {
  const rows = await queryRows(
    IdRow,
    Prisma.sql`
    SELECT "id" FROM "List" WHERE "status" = 'expired'
      AND ("rowsDeletedAt" IS NULL OR "rowsDeletedAt" > timezone('UTC', clock_timestamp()) - interval '1 day')
    ORDER BY "id" LIMIT ${take}`,
  );
  return rows.map(({ id }) => id);
}

/** Tables with row numbers: each statement deletes a range of numbers, so none rereads what was deleted before. */
const BY_NUMBER = ['ListRow', 'ListResult'] as const;
/** Smaller tables, and how many rows one statement deletes; a part of a file has 4 MB. */
const BY_OWNER = [
  { table: 'FileChunk', owner: 'fileId', take: 10 },
  { table: 'ListEvidence', owner: 'listId', take: 100 },
  { table: 'ListRetry', owner: 'listId', take: PURGE_BATCH_ROWS },
  { table: 'ListChunk', owner: 'listId', take: 1_000 },
  { table: 'ListDomain', owner: 'listId', take: 1_000 },
] as const;

const name = (word: string): Prisma.Sql => Prisma.raw(`"${word}"`);

/**
 * Deletes everything that belongs to a list's rows from every table, in short statements, so that nobody waits long behind one.
 * It may stop anywhere and be started again. Call it only for a list that is expired or gone, because nothing here checks that.
 * True if nothing is left; false if the time ran out first.
 */
export async function deleteListRows(listId: string, isOver: () => boolean): Promise<boolean> {
  for (const table of BY_NUMBER) if (!(await deleteByNumber(listId, table, isOver))) return false;
  for (const { table, owner, take } of BY_OWNER) {
    const remove = () => db().$executeRaw`
      DELETE FROM ${name(table)} WHERE ctid = ANY(ARRAY(SELECT ctid FROM ${name(table)} WHERE ${name(owner)} = ${listId} LIMIT ${take}))`;
    while ((await remove()) === take) if (isOver()) return false;
  }
  return true;
}

async function deleteByNumber(listId: string, table: string, isOver: () => boolean): Promise<boolean> {
  const { first, last } = await queryOne(
    z.object({ first: z.int().nullable(), last: z.int().nullable() }),
    Prisma.sql`
    SELECT MIN("n") AS "first", MAX("n") AS "last" FROM ${name(table)} WHERE "listId" = ${listId}`,
  );
  if (first === null || last === null) return true;
  for (let from = first; from <= last; from += PURGE_BATCH_ROWS) {
    if (isOver()) return false;
    await db().$executeRaw`
      DELETE FROM ${name(table)} WHERE "listId" = ${listId} AND "n" >= ${from} AND "n" < ${from + PURGE_BATCH_ROWS}`;
  }
  return true;
}

/** Deletes the preview too; only the totals stay. A second call keeps the first time. */
export async function markRowsDeleted(listId: string): Promise<void> {
  await db().$executeRaw`
    WITH list AS (
      UPDATE "List" SET "rowsDeletedAt" = COALESCE("rowsDeletedAt", timezone('UTC', clock_timestamp()))
      WHERE "id" = ${listId} AND ("status" = 'expired' OR ("startedAt" IS NULL AND "status" IN ('cancelled', 'failed')))
      RETURNING "id"
    )
    UPDATE "ListFile" f SET "preview" = '[]' FROM list WHERE f."listId" = list."id"`;
}

/** For a list that was deleted with its workspace: nobody can ask for its totals. */
export async function deleteTallies(listId: string): Promise<void> {
  await db().$executeRaw`DELETE FROM "ListTally" WHERE "listId" = ${listId}`;
}

/** Locks the workspaces' lists until the transaction ends. Call it before the workspaces are deleted. */
export async function lockListsOf(workspaceIds: readonly string[], tx: Tx): Promise<string[]> {
  const rows = await queryRows(
    IdRow,
    Prisma.sql`
    SELECT "id" FROM "List" WHERE "workspaceId" = ANY(${[...workspaceIds]}::text[]) ORDER BY "id" FOR UPDATE`,
    tx,
  );
  return rows.map(({ id }) => id);
}

const AtWorkRow = z.object({
  id: z.string(),
  isPlanned: z.boolean(),
  /** A planning job for it is queued or running; a second one would only get in its way. */
  isBeingPlanned: z.boolean(),
  isDone: z.boolean(),
  /** Chunks that can be claimed now. */
  open: z.int(),
  /** It has no chunk that is open, under way or waiting for a retry. */
  hasNoWork: z.boolean(),
});
export type ListAtWork = z.infer<typeof AtWorkRow>;

/** Lists that should be progressing on their own, with the facts that the safety net needs. */
export function listListsAtWork(page: { afterId: string; take: number }): Promise<ListAtWork[]> {
  return queryRows(
    AtWorkRow,
    Prisma.sql`
    SELECT l."id", r."isPlanned",
      EXISTS (SELECT 1 FROM graphile_worker.jobs j WHERE j."key" = 'plan:' || l."id" AND j."attempts" < j."max_attempts") AS "isBeingPlanned",
      r."processed" >= r."unique" AS "isDone",
      (SELECT COUNT(*)::int FROM "ListChunk" c WHERE c."listId" = l."id" AND c."run" = r."run" AND c."state" = 'open'
        AND c."notBefore" <= timezone('UTC', clock_timestamp())) AS "open",
      NOT EXISTS (SELECT 1 FROM "ListChunk" c WHERE c."listId" = l."id" AND c."run" = r."run") AS "hasNoWork"
    FROM "List" l JOIN "ListRun" r ON r."listId" = l."id" WHERE l."status" IN ('queued', 'running') AND l."id" > ${page.afterId}
    ORDER BY l."id" LIMIT ${page.take}`,
  );
}

/** Workspaces that have lists paused for lack of credits or free answers, and that have some again. */
export async function listWorkspacesToResume(take: number): Promise<string[]> {
  const rows = await queryRows(
    z.object({ workspaceId: z.string() }),
    Prisma.sql`
    SELECT DISTINCT l."workspaceId" FROM "List" l JOIN "CreditBalance" b ON b."workspaceId" = l."workspaceId"
    JOIN "Workspace" w ON w."id" = l."workspaceId" ${JOIN_FREE_ANSWERS}
    WHERE l."status" = 'paused' AND ((l."pauseReason" = 'out_of_credits' AND b."balance" > b."held")
      OR (l."pauseReason" = 'free_answers_used' AND COALESCE(f."answers", 0) < ${FREE_ANSWERS_ALLOWED}))
    LIMIT ${take}`,
  );
  return rows.map(({ workspaceId }) => workspaceId);
}

/** For a list whose remaining rows are in no chunk: the list is planned again, without the rows that have a result. */
export async function restartPlanning(listId: string): Promise<void> {
  await db().$executeRaw`
    WITH list AS (SELECT "id" FROM "List" WHERE "id" = ${listId} AND "status" IN ('queued', 'running') FOR UPDATE)
    UPDATE "ListRun" r SET "isPlanned" = false, "plannedRun" = 0 FROM list WHERE r."listId" = list."id"`;
}

/** Returns the workspace's plan. Until the transaction ends, others who add lists to the workspace wait. */
export async function lockStorage({ workspaceId }: Scope, tx: Tx): Promise<string> {
  const workspace = await queryRow(
    z.object({ plan: z.string() }),
    Prisma.sql`
    SELECT "plan" FROM "Workspace" WHERE "id" = ${workspaceId} FOR NO KEY UPDATE`,
    tx,
  );
  return workspace?.plan ?? 'free';
}

/**
 * Lists whose rows exist or will exist. The rows of a list that failed or was canceled before its start are deleted right away.
 */
const IS_STORED = Prisma.sql`"status" <> 'expired' AND NOT ("startedAt" IS NULL AND "status" IN ('cancelled', 'failed'))`;

const StoredRow = z.object({ lists: z.int(), rows: z.number(), bytes: z.number() });

/** Does not count the list `exceptId` or the lists of test keys. */
export function sumStored({ workspaceId }: Scope, tx: Tx = db(), exceptId = ''): Promise<Stored> {
  return queryOne(
    StoredRow,
    Prisma.sql`
    SELECT COUNT(*)::int AS "lists", COALESCE(SUM("storedRows"), 0)::float8 AS "rows",
      COALESCE(SUM(CASE WHEN "status" IN ('uploading', 'parsing', 'ready')
        THEN GREATEST("sizeBytes", "receivedBytes", "storedBytes") ELSE "storedBytes" END), 0)::float8 AS "bytes"
    FROM "List" JOIN "ListFile" ON "listId" = "id" WHERE "workspaceId" = ${workspaceId} AND NOT "test" AND ${IS_STORED} AND "id" <> ${exceptId}`,
    tx,
  );
}

export async function countTestLists({ workspaceId }: Scope, tx: Tx = db()): Promise<number> {
  const { count } = await queryOne(
    CountRow,
    Prisma.sql`
    SELECT COUNT(*)::int AS "count" FROM "List" WHERE "workspaceId" = ${workspaceId} AND "test" AND ${IS_STORED}`,
    tx,
  );
  return count;
}

/** The oldest of the test lists that have ended; null if all are under way. */
export async function findOldestTestList({ workspaceId }: Scope, tx: Tx): Promise<string | null> {
  const oldest = await queryRow(
    IdRow,
    Prisma.sql`
    SELECT "id" FROM "List" WHERE "workspaceId" = ${workspaceId} AND "test" AND "startedAt" IS NOT NULL
      AND "status" IN ('completed', 'cancelled', 'failed') ORDER BY "id" LIMIT 1`,
    tx,
  );
  return oldest?.id ?? null;
}
