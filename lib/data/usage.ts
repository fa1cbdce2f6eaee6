// Answers and credits by day, key, source and reason, summed as they happen, so that no page counts a million verifications.
// Promises that what is added counts exactly when the caller's transaction does. Answers of test keys and of visitors are not
// usage: their callers do not add them.
import { db, type Tx } from './_client';
import type { Scope } from './scope';
import type { Reason } from '@/lib/domain/verdict';

export interface UsageRow {
  /** Null where no key asked. */
  apiKeyId: string | null;
  /** app, api or list */
  source: string;
  reason: Reason;
  answers: number;
  credits: number;
}

/** Counts final answers of today (UTC). Rows of the same kind are summed first; call it last, after the charge. */
export async function addUsage({ workspaceId }: Scope, rows: readonly UsageRow[], tx: Tx): Promise<void> {
  if (rows.length === 0) return;
  // In the order of the key, so that two batches at once wait for each other instead of ending in a deadlock.
  await tx.$executeRaw`
    INSERT INTO "UsageDay" ("workspaceId", "day", "apiKeyId", "source", "reason", "answers", "credits")
    SELECT ${workspaceId}, timezone('UTC', now())::date, COALESCE("apiKeyId", '') AS "key", "source", "reason",
      SUM("answers")::int, SUM("credits")::int
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS added("apiKeyId" text, "source" text, "reason" text, "answers" int, "credits" int)
    GROUP BY "key", "source", "reason" ORDER BY "key", "source", "reason"
    ON CONFLICT ("workspaceId", "day", "apiKeyId", "source", "reason") DO UPDATE SET
      "answers" = "UsageDay"."answers" + EXCLUDED."answers", "credits" = "UsageDay"."credits" + EXCLUDED."credits"`;
}

export type UsageGroup = 'day' | 'key' | 'reason';

export interface UsageSum {
  /** `YYYY-MM-DD`, the id of a key ('' for none), or ''. */
  group: string;
  reason: string;
  answers: number;
  credits: number;
}

/** Sums from one day to another, both included, by group and reason. A workspace has few such rows a day. */
export function sumUsage(
  { workspaceId }: Scope,
  { from, to, by }: { from: string; to: string; by: UsageGroup },
): Promise<UsageSum[]> {
  return db().$queryRaw<UsageSum[]>`
    SELECT CASE ${by} WHEN 'day' THEN to_char("day", 'YYYY-MM-DD') WHEN 'key' THEN "apiKeyId" ELSE '' END AS "group", "reason",
      SUM("answers")::int AS "answers", SUM("credits")::int AS "credits"
    FROM "UsageDay" WHERE "workspaceId" = ${workspaceId} AND "day" BETWEEN ${from}::date AND ${to}::date
    GROUP BY 1, 2 ORDER BY 1, 2`;
}

export interface UsageDayRow {
  /** `YYYY-MM-DD` */
  day: string;
  apiKeyId: string;
  source: string;
  reason: string;
  answers: number;
  credits: number;
}

/** The sums as they are kept, of a few days. */
export function listUsageDays({ workspaceId }: Scope, { from, to }: { from: string; to: string }): Promise<UsageDayRow[]> {
  return db().$queryRaw<UsageDayRow[]>`
    SELECT to_char("day", 'YYYY-MM-DD') AS "day", "apiKeyId", "source", "reason", "answers", "credits" FROM "UsageDay"
    WHERE "workspaceId" = ${workspaceId} AND "day" BETWEEN ${from}::date AND ${to}::date
    ORDER BY "day", "apiKeyId", "source", "reason"`;
}

/** Credits charged for one reason from a day on. */
export async function sumCharged(
  { workspaceId }: Scope,
  { reason, from }: { reason: Reason; from: string },
  tx: Tx,
): Promise<number> {
  const [sum] = await tx.$queryRaw<{ credits: number }[]>`
    SELECT COALESCE(SUM("credits"), 0)::int AS "credits" FROM "UsageDay"
    WHERE "workspaceId" = ${workspaceId} AND "day" >= ${from}::date AND "reason" = ${reason}`;
  return sum?.credits ?? 0;
}
