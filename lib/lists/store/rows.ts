// The rows of lists, as they came in the file and, for exports, with their verdicts. Rows are only ever written and deleted, in
// statements of bounded size. An export reads windows of bounded size, whatever a row holds, and never reads rows of another
// workspace or of a list whose rows are being deleted.
import { z } from 'zod';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx, rowPool } from '@/lib/platform/db/client';
import { CountRow, queryOne, queryPgRows, queryRows } from '@/lib/platform/db/rows';
import { EXPORT_WINDOW_MAX_BYTES, EXPORT_WINDOW_ROWS, MEMORY_MAX_AGE_S } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { CODES_NOT_REMEMBERED } from '@/lib/verdict/verdict';
import { ROW_KIND, ROW_PROBLEMS } from '../rules/list';
import type { SortedRow } from '../rules/rows';

export type RowToWrite = SortedRow & { cells: readonly string[] };

/** Inserts a few rows at a time. The rows of a file are written by COPY (files.ts). */
export async function insertRows(listId: string, rows: readonly RowToWrite[], tx: Tx): Promise<void> {
  const problems = rows.map(({ problem }) => (problem === null ? null : ROW_PROBLEMS[problem].code));
  await tx.$executeRaw`
    INSERT INTO "ListRow" ("listId", "n", "email", "domain", "kind", "first", "cells", "problem")
    SELECT ${listId}, t.* FROM unnest(${rows.map(({ n }) => n)}::int[], ${rows.map(({ email }) => email)}::text[],
      ${rows.map(({ domain }) => domain)}::text[], ${rows.map(({ kind }) => kind)}::smallint[],
      ${rows.map(({ first }) => first)}::int[], ${rows.map(({ cells }) => JSON.stringify(cells))}::text[],
      ${problems}::smallint[]) AS t`;
}

/** The numbers of the next rows that are not verified: those that repeat another row, and rejected ones. */
export async function listOtherRows(listId: string, { after, take }: { after: number; take: number }, tx: Tx): Promise<number[]> {
  const rows = await queryRows(
    z.object({ n: z.int() }),
    Prisma.sql`
    SELECT "n" FROM "ListRow" WHERE "listId" = ${listId} AND "n" > ${after} AND "kind" <> ${ROW_KIND.unique} ORDER BY "n" LIMIT ${take}`,
    tx,
  );
  return rows.map(({ n }) => n);
}

const DELETED_AT_ONCE = 20_000;

/** Deletes all rows of a list, a bounded number per statement; returns how many. */
export async function deleteRows(listId: string): Promise<number> {
  let deleted = 0;
  for (;;) {
    const count = await db().$executeRaw`
      DELETE FROM "ListRow" WHERE "listId" = ${listId} AND "n" IN (
        SELECT "n" FROM "ListRow" WHERE "listId" = ${listId} ORDER BY "n" LIMIT ${DELETED_AT_ONCE})`;
    deleted += count;
    if (count < DELETED_AT_ONCE) return deleted;
  }
}

/**
 * Counts the unique rows whose address was answered in the last day. The run's memory (results.ts) uses the same conditions, and
 * both must stay the same.
 */
export async function countKnownRows({ workspaceId }: Scope, listId: string, tx: Tx = db()): Promise<number> {
  const { count } = await queryOne(
    CountRow,
    Prisma.sql`
    WITH known AS MATERIALIZED (
      SELECT x."email" FROM "ListResult" x JOIN "List" l ON l."id" = x."listId"
      WHERE x."workspaceId" = ${workspaceId} AND x."checkedAt" > timezone('UTC', now()) - make_interval(secs => ${MEMORY_MAX_AGE_S})
        AND NOT x."reason" = ANY(${[...CODES_NOT_REMEMBERED]}::smallint[]) AND NOT x."cached" AND NOT l."test" AND l."status" <> 'expired'
      UNION
      SELECT v."normalized" FROM "Verification" v
      WHERE v."workspaceId" = ${workspaceId} AND v."checkedAt" > timezone('UTC', now()) - make_interval(secs => ${MEMORY_MAX_AGE_S})
        AND v."status" IN ('deliverable', 'risky', 'undeliverable') AND v."reason" <> 'blocklisted' AND NOT v."test" AND NOT v."cached" AND v."visitorKey" IS NULL
    )
    SELECT COUNT(*)::int AS "count" FROM known k JOIN "ListRow" r ON r."email" = k."email"
    WHERE r."listId" = ${listId} AND r."kind" = ${ROW_KIND.unique} AND r."domain" <> ''`,
    tx,
  );
  return count;
}

const VerdictRow = z.object({
  n: z.int(),
  reason: z.int(),
  score: z.int().nullable(),
  gradeBasis: z.int(),
  flags: z.int(),
  /** Empty if none is known. */
  provider: z.string(),
  mxHost: z.string().nullable(),
  didYouMean: z.string().nullable(),
  /** In PostgreSQL's text format, in UTC. */
  checkedAt: z.string(),
});
export type ExportVerdict = z.infer<typeof VerdictRow>;

const SizedRow = z.object({
  n: z.int(),
  /** The address as it was verified; empty if the row holds none. */
  email: z.string(),
  /** JSON array of the row's cells. */
  cells: z.string(),
  kind: z.int(),
  first: z.int().nullable(),
  problem: z.int().nullable(),
  /** The size of the cells of this row and of all rows before it in the window. */
  bytes: z.int(),
});
type SizedRow = z.infer<typeof SizedRow>;

export interface ExportRow extends Omit<SizedRow, 'bytes'> {
  /** The row's own verdict, or that of the row it repeats; null if there is none yet. */
  verdict: ExportVerdict | null;
}

/** Which verdicts to export; null means any. */
export interface Matching {
  reasons: readonly number[] | null;
  provider: string | null;
  domain: string | null;
  beginning: string | null;
}

export type WhichRows =
  | { kind: 'every' }
  /** Rows with a verdict, and rejected rows. */
  | { kind: 'final' }
  | { kind: 'rejected' }
  | { kind: 'matching'; matching: Matching };

export interface ExportWindow {
  rows: ExportRow[];
  /** The last row number that this window covers. */
  upTo: number;
}

export interface WindowAfter {
  listId: string;
  after: number;
  /** The last row that is wanted. */
  last: number;
}

/**
 * The rows after number `after`, in the order of the file. Call it again with `upTo` until that is past the list's last row. No
 * cursor and no transaction stays open between two windows, so a slow reader occupies neither a connection nor a snapshot. Rows
 * and verdicts are read separately, each by a range of one key, and joined here. For a list that was just written the planner has
 * no statistics: it would expect the join to find nothing and do it row by row over the whole list.
 */
export async function readExportWindow(
  scope: Scope,
  { listId, after, last }: WindowAfter,
  which: WhichRows,
): Promise<ExportWindow> {
  const to = Math.min(after + EXPORT_WINDOW_ROWS, last);
  const matching = which.kind === 'matching' ? which.matching : ANYTHING;
  const near: VerdictsToRead = { listId, where: 'x."n" > $3 AND x."n" <= $4', values: [after, to], matching };
  const [stored, verdicts] = await Promise.all([
    readRows(scope, { listId, after, to, isRejected: which.kind === 'rejected' }),
    which.kind === 'rejected' ? [] : readVerdicts(scope, near),
  ]);
  const further = [...new Set(stored.flatMap(({ first }) => (first !== null && first <= after ? [first] : [])))];
  const far: VerdictsToRead = { listId, where: 'x."n" = ANY($3::int[]) AND $4::text IS NULL', values: [further, null], matching };
  const all = further.length === 0 ? verdicts : [...verdicts, ...(await readVerdicts(scope, far))];
  const verdictOf = new Map(all.map((verdict) => [verdict.n, verdict]));
  const rows = stored.map(({ n, email, cells, kind, first, problem }) => {
    return { n, email, cells, kind, first, problem, verdict: verdictOf.get(first ?? n) ?? null };
  });
  return { rows: rows.filter((row) => isWanted(row, which)), upTo: endOf(stored, to) };
}

function isWanted({ verdict, kind }: ExportRow, which: WhichRows): boolean {
  if (which.kind === 'every' || which.kind === 'rejected') return true;
  return verdict !== null || (which.kind === 'final' && kind === ROW_KIND.rejected);
}

function endOf(rows: readonly SizedRow[], to: number): number {
  const last = rows.at(-1);
  return last !== undefined && last.bytes >= EXPORT_WINDOW_MAX_BYTES ? last.n : to;
}

function readRows(
  { workspaceId }: Scope,
  { listId, after, to, isRejected }: { listId: string; after: number; to: number; isRejected: boolean },
): Promise<SizedRow[]> {
  // The sum includes the row itself. A row that begins past the limit is left to the next window.
  return queryPgRows(SizedRow, rowPool(), {
    text: `SELECT * FROM (
       SELECT r."n", r."email", r."cells", r."kind", r."first", r."problem", (SUM(octet_length(r."cells")) OVER (ORDER BY r."n"))::int AS "bytes"
       FROM "ListRow" r WHERE r."listId" = $1 AND r."n" > $3 AND r."n" <= $4 ${isRejected ? `AND r."kind" = ${ROW_KIND.rejected}` : ''}
         AND EXISTS (SELECT 1 FROM "List" l WHERE l."id" = $1 AND l."workspaceId" = $2 AND l."status" <> 'expired')
     ) t WHERE "bytes" - octet_length("cells") < ${EXPORT_WINDOW_MAX_BYTES} ORDER BY "n"`,
    values: [listId, workspaceId, after, to],
  });
}

const ANYTHING: Matching = { reasons: null, provider: null, domain: null, beginning: null };

interface VerdictsToRead {
  listId: string;
  /** A condition with $3 and $4 for the two values. */
  where: string;
  values: readonly [unknown, unknown];
  matching: Matching;
}

function readVerdicts({ workspaceId }: Scope, { listId, where, values, matching }: VerdictsToRead): Promise<ExportVerdict[]> {
  const { reasons, provider, domain, beginning } = matching;
  return queryPgRows(VerdictRow, rowPool(), {
    text: `SELECT x."n", x."reason", x."score", x."gradeBasis", x."flags", x."provider", x."mxHost", x."didYouMean", x."checkedAt"::text AS "checkedAt"
     FROM "ListResult" x WHERE x."listId" = $1 AND x."workspaceId" = $2 AND ${where}
       AND ($5::smallint[] IS NULL OR x."reason" = ANY($5)) AND ($6::text IS NULL OR x."provider" = $6)
       AND ($7::text IS NULL OR x."domain" = $7) AND ($8::text IS NULL OR starts_with(lower(x."email"), lower($8)))
     ORDER BY x."n"`,
    values: [listId, workspaceId, ...values, reasons, provider, domain, beginning],
  });
}
