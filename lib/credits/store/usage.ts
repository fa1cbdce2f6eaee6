// Usage in the database: answers and credits by day, key, source and reason, summed as they happen, so that no page counts a
// million verifications; the free answers of a day; the budgets of API keys; and whether any list waits for more. What is added
// counts exactly if the caller's transaction commits. Answers of test keys and of visitors are not usage: their callers do not
// add them.
import { z } from 'zod';
import { queryOne, queryRow, queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import type { Scope } from '@/lib/platform/scope';
import type { Reason } from '@/lib/verdict/verdict';
import { PLANS } from '@/lib/accounts/rules/plans';
import { type FreeAnswers, freeAnswersAllowed } from '../rules/free';
import { WAITING_REASONS } from '../rules/ledger';
import type { UsageGroup } from '../rules/usage';

export interface UsageEntry {
  /** Null if the request came without a key. */
  apiKeyId: string | null;
  /** `app`, `api` or `list`. */
  source: string;
  reason: Reason;
  answers: number;
  credits: number;
}

/** Counts final answers of today (UTC). Rows of the same kind are summed first. Call it last, after the charge. */
export async function addUsage(scope: Scope, rows: readonly UsageEntry[], tx: Tx): Promise<void> {
  if (rows.length > 0) await tx.$executeRaw(usageInsert(scope, { rows }));
}

/**
 * The statement itself, or a part of a larger statement that runs it `after` another part has returned its one row. Such a statement may
 * make the `rows` itself, as a jsonb array of entries.
 */
export const usageInsert = (
  { workspaceId }: Scope,
  { rows, after }: { rows: readonly UsageEntry[] | Prisma.Sql; after?: Prisma.Sql },
): Prisma.Sql =>
  // In key order, so that two concurrent batches wait for each other instead of deadlocking.
  Prisma.sql`/* kept */
    INSERT INTO "UsageDay" ("workspaceId", "day", "apiKeyId", "source", "reason", "answers", "credits")
    SELECT ${workspaceId}, timezone('UTC', now())::date, COALESCE("apiKeyId", '') AS "key", "source", "reason",
      SUM("answers")::int, SUM("credits")::int
    FROM jsonb_to_recordset(${rows instanceof Prisma.Sql ? rows : Prisma.sql`${JSON.stringify(rows)}::jsonb`})
      AS added("apiKeyId" text, "source" text, "reason" text, "answers" int, "credits" int)
      ${after === undefined ? Prisma.empty : Prisma.sql`CROSS JOIN ${after}`}
    GROUP BY "key", "source", "reason" ORDER BY "key", "source", "reason"
    ON CONFLICT ("workspaceId", "day", "apiKeyId", "source", "reason") DO UPDATE SET
      "answers" = "UsageDay"."answers" + EXCLUDED."answers", "credits" = "UsageDay"."credits" + EXCLUDED."credits"`;

const UsageSum = z.object({
  /** `YYYY-MM-DD`, the id of a key ('' for none), or ''. */
  group: z.string(),
  reason: z.string(),
  answers: z.int(),
  credits: z.int(),
});
export type UsageSum = z.infer<typeof UsageSum>;

/** Sums from one day to another, both inclusive, by group and reason. A workspace has few such rows a day. */
export function sumUsage(
  { workspaceId }: Scope,
  { from, to, by }: { from: string; to: string; by: Exclude<UsageGroup, 'status'> },
): Promise<UsageSum[]> {
  return queryRows(
    UsageSum,
    Prisma.sql`
    SELECT CASE ${by} WHEN 'day' THEN to_char("day", 'YYYY-MM-DD') WHEN 'key' THEN "apiKeyId" ELSE '' END AS "group", "reason",
      SUM("answers")::int AS "answers", SUM("credits")::int AS "credits"
    FROM "UsageDay" WHERE "workspaceId" = ${workspaceId} AND "day" BETWEEN ${from}::date AND ${to}::date
    GROUP BY 1, 2 ORDER BY 1, 2`,
  );
}

const UsageDayRow = z.object({
  /** `YYYY-MM-DD` */
  day: z.string(),
  apiKeyId: z.string(),
  source: z.string(),
  reason: z.string(),
  answers: z.int(),
  credits: z.int(),
});
export type UsageDayRow = z.infer<typeof UsageDayRow>;

/** The stored sums of a few days. */
export function listUsageDays({ workspaceId }: Scope, { from, to }: { from: string; to: string }): Promise<UsageDayRow[]> {
  return queryRows(
    UsageDayRow,
    Prisma.sql`
    SELECT to_char("day", 'YYYY-MM-DD') AS "day", "apiKeyId", "source", "reason", "answers", "credits" FROM "UsageDay"
    WHERE "workspaceId" = ${workspaceId} AND "day" BETWEEN ${from}::date AND ${to}::date
    ORDER BY "day", "apiKeyId", "source", "reason"`,
  );
}

/** Credits charged for one reason from a day on. */
export async function sumCharged(
  { workspaceId }: Scope,
  { reason, from }: { reason: Reason; from: string },
  tx: Tx,
): Promise<number> {
  const { credits } = await queryOne(
    z.object({ credits: z.int() }),
    Prisma.sql`
    SELECT COALESCE(SUM("credits"), 0)::int AS "credits" FROM "UsageDay"
    WHERE "workspaceId" = ${workspaceId} AND "day" >= ${from}::date AND "reason" = ${reason}`,
    tx,
  );
  return credits;
}

const TODAY = Prisma.sql`timezone('UTC', clock_timestamp())::date`;
const MONTH = Prisma.sql`to_char(timezone('UTC', now()), 'YYYY-MM')`;

/**
 * Counts today's free answers for which somebody was asked, in the transaction that makes the answer final, so that what runs
 * twice counts once. Call it last, because others who add to the same row wait until the transaction ends.
 */
export async function addFreeAnswers({ workspaceId }: Scope, answers: number, tx: Tx): Promise<void> {
  if (answers === 0) return;
  await tx.$executeRaw`
    INSERT INTO "FreeAnswerDay" ("workspaceId", "day", "answers") VALUES (${workspaceId}, ${TODAY}, ${answers}::int)
    ON CONFLICT ("workspaceId", "day") DO UPDATE SET "answers" = "FreeAnswerDay"."answers" + EXCLUDED."answers"`;
}

/** A condition for a statement: there are free answers left today. */
export const freeAnswersAreLeft = ({ workspaceId }: Scope): Prisma.Sql => Prisma.sql`COALESCE((
          SELECT f."answers" FROM "FreeAnswerDay" f WHERE f."workspaceId" = ${workspaceId} AND f."day" = ${TODAY}), 0) < (
          SELECT COALESCE((${FREE_ANSWERS}::jsonb ->> w."plan")::int, ${freeAnswersAllowed('')}::int)
          FROM "Workspace" w WHERE w."id" = ${workspaceId})`;

/** By plan; an unknown plan counts as the smallest. */
const FREE_ANSWERS = JSON.stringify(Object.fromEntries(Object.keys(PLANS).map((plan) => [plan, freeAnswersAllowed(plan)])));

export async function findFreeAnswers({ workspaceId }: Scope, tx: Tx = db()): Promise<FreeAnswers> {
  return (
    (await queryRow(
      z.object({ used: z.int(), plan: z.string() }),
      Prisma.sql`
    SELECT COALESCE(f."answers", 0)::int AS "used", w."plan" FROM "Workspace" w
    LEFT JOIN "FreeAnswerDay" f ON f."workspaceId" = w."id" AND f."day" = ${TODAY} WHERE w."id" = ${workspaceId}`,
      tx,
    )) ?? { used: 0, plan: 'free' }
  );
}

/**
 * What an API key may spend in a calendar month, and what it has spent. It is exact if the balance row is locked first, because
 * every hold and every charge of the workspace takes that lock.
 */
const KeyBudget = z.object({
  cap: z.int(),
  /** Charged this month (UTC). */
  spent: z.int(),
  /** Held by work that is still running. */
  held: z.int(),
  keyName: z.string(),
  /** `budget.exceeded` was already sent for this budget in this month. */
  isTold: z.boolean(),
});
export type KeyBudget = z.infer<typeof KeyBudget>;

/** Null if the key has no cap. */
export async function findKeyBudget({ workspaceId }: Scope, apiKeyId: string, tx: Tx): Promise<KeyBudget | null> {
  return queryRow(
    KeyBudget,
    Prisma.sql`
    SELECT k."monthlyCreditCap" AS "cap", k."name" AS "keyName", COALESCE(m."credits", 0) AS "spent",
      COALESCE(m."toldBudget" = k."monthlyCreditCap", false) AS "isTold",
      (SELECT COALESCE(SUM(h."amount" - h."captured"), 0)::int FROM "CreditHold" h
        WHERE h."apiKeyId" = k."id" AND h."closedAt" IS NULL) AS "held"
    FROM "ApiKey" k LEFT JOIN "ApiKeyMonth" m ON m."apiKeyId" = k."id" AND m."month" = ${MONTH}
    WHERE k."id" = ${apiKeyId} AND k."workspaceId" = ${workspaceId} AND k."monthlyCreditCap" IS NOT NULL`,
    tx,
  );
}

const BudgetTold = z.object({ month: z.string(), at: z.date() });

/**
 * Call it with the balance row locked, so that only one of the callers who find the budget unreported marks it. Returns the month
 * and the moment.
 */
export function markBudgetTold(
  { workspaceId }: Scope,
  { apiKeyId, cap }: { apiKeyId: string; cap: number },
  tx: Tx,
): Promise<z.infer<typeof BudgetTold>> {
  return queryOne(
    BudgetTold,
    Prisma.sql`
    INSERT INTO "ApiKeyMonth" ("apiKeyId", "month", "workspaceId", "toldBudget")
    VALUES (${apiKeyId}, ${MONTH}, ${workspaceId}, ${cap}::int)
    ON CONFLICT ("apiKeyId", "month") DO UPDATE SET "toldBudget" = EXCLUDED."toldBudget"
    RETURNING "month", timezone('UTC', clock_timestamp()) AS "at"`,
    tx,
  );
}

/** Whether a list waits for credits or for more free answers. */
export async function hasWaitingLists({ workspaceId }: Scope, tx: Tx): Promise<boolean> {
  const where = { workspaceId, status: 'paused', pauseReason: { in: [...WAITING_REASONS] } };
  return (await tx.list.findFirst({ where, select: { id: true } })) !== null;
}
