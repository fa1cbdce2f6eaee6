// How a workspace stands: what it can spend, where it wants to be warned, whether it was. Written by those who hold and give credits,
// with the balance row locked, so that one crossing is one warning whoever crosses at the same moment.
import { Prisma } from './_prisma/client';
import { db, type Tx } from './_client';
import type { Scope } from './scope';

export interface Standing {
  available: number;
  held: number;
  /** What the workspace chose; null: nothing, the default holds. */
  lowBelow: number | null;
  /** Low, and told already. */
  isLow: boolean;
  plan: string;
  /** Credits of the newest purchase, looked up only where the default depends on it: on the Free plan. */
  lastPurchase: number | null;
  /** Buys credits by itself when they run low. */
  buysItself: boolean;
}

/** Columns of a row of CreditBalance that STANDING reads. */
export const STANDING_SOURCE = Prisma.sql`"CreditBalance"."workspaceId", "balance" - "held" AS "available", "held", "lowBelow", "lowAt" IS NOT NULL AS "isLow"`;

/** Of rows `s` with those columns; follow it with FROM … and STANDING_JOINS. */
export const STANDING = Prisma.sql`s."available", s."held", s."lowBelow", s."isLow", w."plan",
  COALESCE(b."autoTopUpEnabled", false) AS "buysItself",
  CASE WHEN w."plan" = 'free' AND s."lowBelow" IS NULL THEN (
    SELECT g."amount" FROM "CreditGrant" g WHERE g."workspaceId" = s."workspaceId" AND g."kind" IN ('purchase', 'pack')
    ORDER BY g."id" DESC LIMIT 1) END AS "lastPurchase"`;

export const STANDING_JOINS = Prisma.sql`JOIN "Workspace" w ON w."id" = s."workspaceId"
  LEFT JOIN "BillingAccount" b ON b."workspaceId" = s."workspaceId"`;

export async function findStanding({ workspaceId }: Scope, tx: Tx = db()): Promise<Standing | null> {
  const rows = await tx.$queryRaw<Standing[]>`
    WITH s AS (SELECT ${STANDING_SOURCE} FROM "CreditBalance" WHERE "workspaceId" = ${workspaceId})
    SELECT ${STANDING} FROM s ${STANDING_JOINS}`;
  return rows[0] ?? null;
}

/** Since when it is low; null where it was already. */
export async function markLow({ workspaceId }: Scope, tx: Tx): Promise<Date | null> {
  const rows = await tx.$queryRaw<{ lowAt: Date }[]>`
    UPDATE "CreditBalance" SET "lowAt" = timezone('UTC', clock_timestamp())
    WHERE "workspaceId" = ${workspaceId} AND "lowAt" IS NULL RETURNING "lowAt"`;
  return rows[0]?.lowAt ?? null;
}

/** The next crossing is told again. */
export async function clearLow({ workspaceId }: Scope, tx: Tx): Promise<void> {
  await tx.$executeRaw`UPDATE "CreditBalance" SET "lowAt" = NULL WHERE "workspaceId" = ${workspaceId}`;
}

export async function setLowBelow({ workspaceId }: Scope, lowBelow: number | null, tx: Tx): Promise<void> {
  await tx.$executeRaw`UPDATE "CreditBalance" SET "lowBelow" = ${lowBelow}::int WHERE "workspaceId" = ${workspaceId}`;
}
