// The standing of a workspace's credits: what it can spend, where it wants to be warned, and whether it was warned. Every change
// that holds or grants credits updates it with the balance row locked, so that one crossing of the mark gives one warning,
// however many cross it at the same moment.
import { z } from 'zod';
import { queryOne, queryRow } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import { LOW_BALANCE_QUIET_S, LOW_BALANCE_SHARE } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { PLAN_LOW_MARKS } from '../rules/ledger';

export const Standing = z.object({
  available: z.int(),
  held: z.int(),
  /** What the workspace chose; null means the default applies. */
  lowBelow: z.int().nullable(),
  /** Low, and already warned. */
  isLow: z.boolean(),
  plan: z.string(),
  /** Credits of the newest purchase, looked up only if the default depends on it: on the Free plan. */
  lastPurchase: z.int().nullable(),
  /** Buys a pack automatically once less than this can be spent; null if it does not. */
  buysBelow: z.int().nullable(),
});
export type Standing = z.infer<typeof Standing>;

/** Columns of CreditBalance that STANDING reads. */
export const STANDING_SOURCE = Prisma.sql`"CreditBalance"."workspaceId", "balance" - "held" AS "available", "held", "lowBelow", "lowAt" IS NOT NULL AS "isLow"`;

const lastPurchase = (workspaceId: Prisma.Sql): Prisma.Sql => Prisma.sql`
    SELECT g."amount" FROM "CreditGrant" g WHERE g."workspaceId" = ${workspaceId} AND g."kind" IN ('purchase', 'pack')
    ORDER BY g."id" DESC LIMIT 1`;

/** For rows `s` with those columns. Follow it with FROM … and STANDING_JOINS. */
export const STANDING = Prisma.sql`s."available", s."held", s."lowBelow", s."isLow", w."plan",
  CASE WHEN b."autoTopUpEnabled" THEN b."autoTopUpBelow" END AS "buysBelow",
  CASE WHEN w."plan" = 'free' AND s."lowBelow" IS NULL THEN (${lastPurchase(Prisma.sql`s."workspaceId"`)}) END AS "lastPurchase"`;

export const STANDING_JOINS = Prisma.sql`JOIN "Workspace" w ON w."id" = s."workspaceId"
  LEFT JOIN "BillingAccount" b ON b."workspaceId" = s."workspaceId"`;

/**
 * A condition on a row of CreditBalance that is about to hold this amount: nobody has to be warned, and nothing has to be bought.
 * The mark is `lowMark` of rules/ledger.ts; if this is false, the caller examines the standing itself. It uses only scalar
 * subselects that name no column of the row, because PostgreSQL does not evaluate joined rows again if the row turns out to have
 * changed while the statement waited for its lock.
 */
export const nothingToTell = ({ workspaceId }: Scope, amount: number): Prisma.Sql => Prisma.sql`("lowAt" IS NOT NULL
          OR "balance" - "held" - ${amount} >= COALESCE("lowBelow", (
            SELECT COALESCE((${JSON.stringify(PLAN_LOW_MARKS)}::jsonb ->> w."plan")::int,
              floor((${lastPurchase(Prisma.sql`w."id"`)}) * ${LOW_BALANCE_SHARE}::float8)::int)
            FROM "Workspace" w WHERE w."id" = ${workspaceId}), 0))
        AND "balance" - "held" - ${amount} >= COALESCE((
          SELECT b."autoTopUpBelow" FROM "BillingAccount" b WHERE b."workspaceId" = ${workspaceId} AND b."autoTopUpEnabled"), 0)`;

export async function findStanding({ workspaceId }: Scope, tx: Tx = db()): Promise<Standing | null> {
  return queryRow(
    Standing,
    Prisma.sql`
    WITH s AS (SELECT ${STANDING_SOURCE} FROM "CreditBalance" WHERE "workspaceId" = ${workspaceId})
    SELECT ${STANDING} FROM s ${STANDING_JOINS}`,
    tx,
  );
}

/** When it became low; null if it was already marked as low. */
export async function markLow({ workspaceId }: Scope, tx: Tx): Promise<Date | null> {
  const row = await queryRow(
    z.object({ lowAt: z.date() }),
    Prisma.sql`
    UPDATE "CreditBalance" SET "lowAt" = timezone('UTC', clock_timestamp())
    WHERE "workspaceId" = ${workspaceId} AND "lowAt" IS NULL RETURNING "lowAt"`,
    tx,
  );
  return row?.lowAt ?? null;
}

/** The next crossing warns again. */
export async function clearLow({ workspaceId }: Scope, tx: Tx): Promise<void> {
  await tx.$executeRaw`UPDATE "CreditBalance" SET "lowAt" = NULL WHERE "workspaceId" = ${workspaceId}`;
}

/**
 * The end of the quiet time after a purchase: credits came in by a purchase or a plan's month, or the subscription was copied,
 * because a plan's mark may apply before its credits arrive. Null if nothing was bought.
 */
export async function findQuietUntil({ workspaceId }: Scope, tx: Tx): Promise<Date | null> {
  const { until } = await queryOne(
    z.object({ until: z.date().nullable() }),
    Prisma.sql`
    SELECT MAX("at") + make_interval(secs => ${LOW_BALANCE_QUIET_S}) AS "until" FROM (
      SELECT MAX("createdAt") AS "at" FROM "CreditGrant" WHERE "workspaceId" = ${workspaceId} AND "kind" IN ('purchase', 'pack', 'plan')
      UNION ALL SELECT "updatedAt" FROM "BillingAccount" WHERE "workspaceId" = ${workspaceId} AND "plan" IS NOT NULL) AS bought
    WHERE "at" > timezone('UTC', clock_timestamp()) - make_interval(secs => ${LOW_BALANCE_QUIET_S})`,
    tx,
  );
  return until;
}

export async function setLowBelow({ workspaceId }: Scope, lowBelow: number | null, tx: Tx): Promise<void> {
  await tx.$executeRaw`UPDATE "CreditBalance" SET "lowBelow" = ${lowBelow}::int WHERE "workspaceId" = ${workspaceId}`;
}
