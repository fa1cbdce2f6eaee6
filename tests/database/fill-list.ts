// A completed list of any size, written by the database itself: addresses over domains and providers with a long tail, verdicts as
// lists have them, a duplicate in fifty rows.
import { gzipSync } from 'node:zlib';
import { ROW_KIND } from '@/lib/lists/rules/list';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Scope } from '@/lib/platform/scope';
import { codeOfReason, type Reason, REASONS } from '@/lib/verdict/verdict';

/** Of a hundred rows. The rest is shared out over all reasons. */
const MIX: readonly [Reason, number][] = [
  ['mailbox_exists', 60],
  ['mailbox_not_found', 12],
  ['catch_all', 8],
  ['domain_not_found', 5],
  ['role_account', 3],
];
const PROVIDERS = 250;
const PART_ROWS = 500;
/** A statement; the whole in one would hold a million rows in one transaction's memory. */
const STEP = 100_000;

export async function fillList({ workspaceId }: Scope, rows: number): Promise<string> {
  const id = newId('list');
  const unique = rows - Math.floor(rows / 50);
  const codes = MIX.flatMap(([reason, share]) => Array.from({ length: share }, () => codeOfReason(reason)));
  const others = REASONS.map(codeOfReason);
  const columns = ['email', 'name', 'city'].map((name, at) => ({ name, emailShare: at === 0 ? 1 : 0 }));
  const file = { rows, exactDuplicates: rows - unique, columns, emailColumn: 0, hasHeader: true };
  const run = { unique, processed: unique, maxCredits: unique };
  const own = { id, workspaceId, status: 'completed', source: 'upload', name: `${rows} rows` };
  await db().list.create({ data: { ...own, file: { create: file }, run: { create: run } }, select: { id: true } });
  for (let from = 1; from <= rows; from += STEP) {
    const to = Math.min(rows, from + STEP - 1);
    await db().$executeRaw`
      INSERT INTO "ListRow" ("listId", "n", "email", "domain", "kind", "first", "cells")
      SELECT ${id}, n, e."email", e."domain", CASE WHEN n % 50 = 0 THEN ${ROW_KIND.exactDuplicate}::int ELSE ${ROW_KIND.unique}::int END,
        CASE WHEN n % 50 = 0 THEN n - 1 END, json_build_array(e."email", 'Person ' || n, 'City ' || n % 97)::text
      FROM generate_series(${from}::int, ${to}::int) n CROSS JOIN LATERAL (
        SELECT left(md5(d.m::text), 5) || d.m || '@d' || d.no || '.example' AS "email", 'd' || d.no || '.example' AS "domain"
        FROM (SELECT m, CASE WHEN m % 3 = 0 THEN 1 ELSE 1 + (hashint4(m) & 4095) END AS no
          FROM (SELECT CASE WHEN n % 50 = 0 THEN n - 1 ELSE n END AS m) x) d) e`;
    await db().$executeRaw`
      INSERT INTO "ListResult" ("listId", "n", "workspaceId", "email", "domain", "reason", "score", "flags", "provider", "mxHost", "credits",
        "durationMs", "checkedAt", "part")
      SELECT r."listId", r."n", ${workspaceId}, r."email", r."domain", v.code,
        CASE WHEN v.code = 1 THEN 95 WHEN v.code < 20 THEN 60 WHEN v.code < 40 THEN 2 END, 0,
        CASE WHEN r."domain" = 'd1.example' OR r."n" % 4 = 0 THEN 'p1' ELSE 'p' || 1 + (hashint4(r."n" + 7) & 65535) % ${PROVIDERS}::int END,
        'mx.' || r."domain", CASE WHEN v.code IN (1, 20) THEN 1 ELSE 0 END, 20, timezone('UTC', now()), r."n" / ${PART_ROWS}::int + 1
      FROM "ListRow" r CROSS JOIN LATERAL (
        SELECT COALESCE((${codes}::int[])[1 + (hashint4(r."n") & 65535) % 100],
          (${others}::int[])[1 + (hashint4(r."n" + 3) & 65535) % ${others.length}::int]) AS code) v
      WHERE r."listId" = ${id} AND r."n" BETWEEN ${from}::int AND ${to}::int AND r."first" IS NULL`;
  }
  await fillCounts(id, rows);
  return id;
}

async function fillCounts(id: string, rows: number): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "ListTally" ("listId", "reason", "provider", "rows", "credits", "scored", "scoreSum")
    SELECT "listId", "reason", "provider", COUNT(*), SUM("credits"), COUNT("score"), COALESCE(SUM("score"), 0)
    FROM "ListResult" WHERE "listId" = ${id} GROUP BY 1, 2, 3`;
  const body = gzipSync('{}');
  await db().$executeRaw`
    INSERT INTO "ListEvidence" ("listId", "part", "body")
    SELECT ${id}, part, ${body}::bytea FROM generate_series(1, ${Math.floor(rows / PART_ROWS) + 1}::int) part`;
  await db().$executeRaw`VACUUM ANALYZE "ListResult"`;
  await db().$executeRaw`VACUUM ANALYZE "ListRow"`;
}
