// The rows of lists as their files gave them. Promises that they are only ever written and deleted, in statements of a bounded size.
import { MEMORY_MAX_AGE_S } from '@/lib/domain/limits';
import { ROW_KIND, ROW_PROBLEMS } from '@/lib/domain/list';
import { codesOfStatus } from '@/lib/domain/reason-codes';
import type { SortedRow } from '@/lib/domain/sort-rows';
import { db, type Tx } from './_client';
import type { Scope } from './scope';

export type RowToWrite = SortedRow & { cells: readonly string[] };

/** A few at a time; files go another way (copy-rows.ts). */
export async function insertRows(listId: string, rows: readonly RowToWrite[], tx: Tx): Promise<void> {
  const problems = rows.map(({ problem }) => (problem === null ? null : ROW_PROBLEMS[problem].code));
  await tx.$executeRaw`
    INSERT INTO "ListRow" ("listId", "n", "email", "domain", "kind", "first", "cells", "problem")
    SELECT ${listId}, t.* FROM unnest(${rows.map(({ n }) => n)}::int[], ${rows.map(({ email }) => email)}::text[],
      ${rows.map(({ domain }) => domain)}::text[], ${rows.map(({ kind }) => kind)}::smallint[],
      ${rows.map(({ first }) => first)}::int[], ${rows.map(({ cells }) => JSON.stringify(cells))}::text[],
      ${problems}::smallint[]) AS t`;
}

const DELETED_AT_ONCE = 20_000;

/** All rows of a list, a bounded number in each statement; returns how many. */
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

/** Unique rows whose address has an answer of the last day. The same memory as the run's (list-memory.ts), counted. */
export async function countKnownRows({ workspaceId }: Scope, listId: string, tx: Tx = db()): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    WITH known AS MATERIALIZED (
      SELECT x."email" FROM "ListResult" x JOIN "List" l ON l."id" = x."listId"
      WHERE x."workspaceId" = ${workspaceId} AND x."checkedAt" > timezone('UTC', now()) - make_interval(secs => ${MEMORY_MAX_AGE_S})
        AND NOT x."reason" = ANY(${[...codesOfStatus('unknown')]}::smallint[]) AND NOT x."cached" AND NOT l."test" AND l."state" <> 'expired'
      UNION
      SELECT v."normalized" FROM "Verification" v
      WHERE v."workspaceId" = ${workspaceId} AND v."checkedAt" > timezone('UTC', now()) - make_interval(secs => ${MEMORY_MAX_AGE_S})
        AND v."status" IN ('deliverable', 'risky', 'undeliverable') AND NOT v."test" AND NOT v."cached" AND v."visitorKey" IS NULL
    )
    SELECT COUNT(*)::int AS "count" FROM known k JOIN "ListRow" r ON r."email" = k."email"
    WHERE r."listId" = ${listId} AND r."kind" = ${ROW_KIND.unique} AND r."domain" <> ''`;
  return rows[0]?.count ?? 0;
}
