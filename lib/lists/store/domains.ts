// The domains of a list that wait to be planned, each with up to a chunk of its rows. A run's domains are written once. A
// domain's rows leave the plan in the transaction that makes their chunk, so that planning that is interrupted at any moment
// continues where it stopped.
import { z } from 'zod';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import { queryRows } from '@/lib/platform/db/rows';
import { CHUNK_MAX_ADDRESSES } from '@/lib/platform/limits';
import { ROW_KIND } from '../rules/list';

const WRITE_TIMEOUT_MS = 120_000;

/**
 * Writes the domains of all unique rows that have no result and are in no chunk of this run, once per run. It takes seconds for a
 * list of a million rows, so the list itself is locked only for the last moment, and other planners of the list wait at a
 * separate lock.
 */
export function writeDomains(listId: string, run: number): Promise<void> {
  return db().$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`plan:${listId}`}, 0))::text AS "locked"`;
      if ((await tx.listRun.count({ where: { listId, run, plannedRun: { not: run } } })) === 0) return;
      // Left by a run that ended before it was planned.
      await tx.$executeRaw`DELETE FROM "ListDomain" WHERE "listId" = ${listId}`;
      await insertDomains(listId, run, tx);
      await tx.$executeRaw`UPDATE "ListRun" SET "plannedRun" = ${run} WHERE "listId" = ${listId} AND "run" = ${run}`;
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

/** Rows of one domain, at most as many as fit in a chunk. */
const DomainRowsRow = z.object({ domain: z.string(), no: z.int(), rows: z.array(z.int()) });
export type DomainRows = z.infer<typeof DomainRowsRow>;

export interface PlanPage {
  after: DomainKey | null;
  maxDomains: number;
  /** Approximate: the last domain may exceed it. */
  maxRows: number;
}

/** A page of the plan, bounded by domains and rows, so that planning takes flat memory. */
export function listDomains(listId: string, { after, maxDomains, maxRows }: PlanPage): Promise<DomainRows[]> {
  return queryRows(
    DomainRowsRow,
    Prisma.sql`
    SELECT "domain", "no", "rows" FROM (
      SELECT *, SUM(cardinality("rows")) OVER (ORDER BY "domain", "no") - cardinality("rows") AS "before" FROM (
        SELECT "domain", "no", "rows" FROM "ListDomain"
        WHERE "listId" = ${listId} AND ("domain", "no") > (${after?.domain ?? ''}, ${after?.no ?? -1}::int)
        ORDER BY "domain", "no" LIMIT ${maxDomains}
      ) page
    ) summed WHERE "before" < ${maxRows} ORDER BY "domain", "no"`,
  );
}

/** Returns how many were there. */
export function deleteDomains(listId: string, keys: readonly DomainKey[], tx: Tx): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM "ListDomain" d USING unnest(${keys.map(({ domain }) => domain)}::text[], ${keys.map(({ no }) => no)}::int[])
      AS t ("domain", "no")
    WHERE d."listId" = ${listId} AND d."domain" = t."domain" AND d."no" = t."no"`;
}
