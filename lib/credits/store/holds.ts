// Holds, what is captured from them, and how a workspace stands. By guarded updates and the database's own checks, nobody holds
// more than there is, a hold never pays more than it holds, and one source key holds and charges once. A hold closes when it is
// captured whole or released; one that `staysOpen` (a list's) only by its release. Whoever charges, extends or closes a hold
// locks it first, in a statement of its own.
import { z } from 'zod';
import { queryOne, queryRow } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import { LOW_BALANCE_QUIET_S } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import type { Cause } from '../rules/ledger';

export interface Hold {
  id: string;
  amount: number;
  captured: number;
  isOpen: boolean;
  apiKeyId: string | null;
}

export interface NewHold {
  amount: number;
  sourceKey: string;
  cause: Cause;
  apiKeyId: string | null;
  staysOpen: boolean;
  /** In this transaction, with the balance row locked, expired grants were swept and the key's budget was checked. */
  isChecked: boolean;
}

/**
 * What a workspace can spend, where it wants to be warned, and whether it was. Whoever holds or grants credits updates it with
 * the balance row locked, so that one crossing of the mark is one warning, whoever crosses at the same moment.
 */
const Standing = z.object({
  available: z.int(),
  held: z.int(),
  /** What the workspace chose; null: nothing, so the default applies. */
  lowBelow: z.int().nullable(),
  /** Low, and already warned. */
  isLow: z.boolean(),
  plan: z.string(),
  /** Credits of the newest purchase, looked up only where the default depends on it: on the Free plan. */
  lastPurchase: z.int().nullable(),
  /** Buys a pack automatically once less than this can be spent; null: it does not. */
  buysBelow: z.int().nullable(),
});
export type Standing = z.infer<typeof Standing>;

/** Columns of CreditBalance that STANDING reads. */
export const STANDING_SOURCE = Prisma.sql`"CreditBalance"."workspaceId", "balance" - "held" AS "available", "held", "lowBelow", "lowAt" IS NOT NULL AS "isLow"`;

/** Of rows `s` with those columns; follow it with FROM … and STANDING_JOINS. */
export const STANDING = Prisma.sql`s."available", s."held", s."lowBelow", s."isLow", w."plan",
  CASE WHEN b."autoTopUpEnabled" THEN b."autoTopUpBelow" END AS "buysBelow",
  CASE WHEN w."plan" = 'free' AND s."lowBelow" IS NULL THEN (
    SELECT g."amount" FROM "CreditGrant" g WHERE g."workspaceId" = s."workspaceId" AND g."kind" IN ('purchase', 'pack')
    ORDER BY g."id" DESC LIMIT 1) END AS "lastPurchase"`;

export const STANDING_JOINS = Prisma.sql`JOIN "Workspace" w ON w."id" = s."workspaceId"
  LEFT JOIN "BillingAccount" b ON b."workspaceId" = s."workspaceId"`;

const HoldRow = z.object({
  id: z.string(),
  amount: z.int(),
  captured: z.int(),
  closedAt: z.date().nullable(),
  apiKeyId: z.string().nullable(),
});

const HOLD_FIELDS = { id: true, amount: true, captured: true, closedAt: true, apiKeyId: true } as const;

/** Null if there are not enough credits, or if expired grants or the key's budget have to be dealt with first. */
export async function insertHold(
  { workspaceId }: Scope,
  hold: NewHold,
  tx: Tx,
): Promise<{ holdId: string; standing: Standing } | null> {
  const { amount, sourceKey, cause, apiKeyId, staysOpen, isChecked } = hold;
  const row = await queryRow(
    Standing.extend({ holdId: z.string() }),
    Prisma.sql`
    WITH s AS (
      UPDATE "CreditBalance" SET "held" = "held" + ${amount}
      WHERE "workspaceId" = ${workspaceId}
        AND "balance" - "held" >= ${amount}
        AND (${isChecked} OR NOT EXISTS (
          SELECT 1 FROM "CreditGrant"
          WHERE "workspaceId" = ${workspaceId} AND "expiresAt" <= timezone('UTC', now()) AND "remaining" > 0))
        AND (${isChecked} OR NOT EXISTS (
          SELECT 1 FROM "ApiKey" WHERE "id" = ${apiKeyId} AND "monthlyCreditCap" IS NOT NULL))
        AND NOT EXISTS (SELECT 1 FROM "CreditHold" WHERE "sourceKey" = ${sourceKey})
      RETURNING ${STANDING_SOURCE}
    ), made AS (
      INSERT INTO "CreditHold" ("id", "workspaceId", "amount", "sourceKey", "causeType", "causeId", "apiKeyId", "staysOpen", "createdAt")
      SELECT ${newId('creditHold')}, "workspaceId", ${amount}, ${sourceKey}, ${cause.type}, ${cause.id}, ${apiKeyId}, ${staysOpen},
        timezone('UTC', now()) FROM s
      RETURNING "id"
    )
    SELECT made."id" AS "holdId", ${STANDING} FROM s CROSS JOIN made ${STANDING_JOINS}`,
    tx,
  );
  if (row === null) return null;
  const { holdId, ...standing } = row;
  return { holdId, standing };
}

export async function findHold({ workspaceId }: Scope, sourceKey: string, tx: Tx): Promise<Hold | null> {
  const row = await tx.creditHold.findFirst({ where: { workspaceId, sourceKey }, select: HOLD_FIELDS });
  return row && toHold(row);
}

/** The hold, its row locked until the transaction ends. Call it before anything takes the balance's lock. */
export async function lockHold({ workspaceId }: Scope, holdId: string, tx: Tx): Promise<Hold | null> {
  const row = await queryRow(
    HoldRow,
    Prisma.sql`
    SELECT "id", "amount", "captured", "closedAt", "apiKeyId" FROM "CreditHold"
    WHERE "id" = ${holdId} AND "workspaceId" = ${workspaceId} FOR UPDATE`,
    tx,
  );
  return row && toHold(row);
}

/** Adds to an open hold; null if it is closed or there are not that many credits. Call it with hold and balance locked. */
export async function growHold(
  { workspaceId }: Scope,
  { holdId, amount }: { holdId: string; amount: number },
  tx: Tx,
): Promise<Standing | null> {
  return queryRow(
    Standing,
    Prisma.sql`
    WITH s AS (
      UPDATE "CreditBalance" SET "held" = "held" + ${amount}
      WHERE "workspaceId" = ${workspaceId} AND "balance" - "held" >= ${amount}
        AND EXISTS (SELECT 1 FROM "CreditHold" WHERE "id" = ${holdId} AND "workspaceId" = ${workspaceId} AND "closedAt" IS NULL)
      RETURNING ${STANDING_SOURCE}
    ), grown AS (
      UPDATE "CreditHold" SET "amount" = "amount" + ${amount}
      FROM s WHERE "CreditHold"."id" = ${holdId} AND "CreditHold"."workspaceId" = s."workspaceId"
    )
    SELECT ${STANDING} FROM s ${STANDING_JOINS}`,
    tx,
  );
}

export interface Capture {
  holdId: string;
  amount: number;
  /** What is charged for, unique. */
  sourceKey: string;
  /** Left out: what the hold was made for. */
  cause?: Cause | undefined;
}

export type Booked = 'booked' | 'repeated' | 'refused';

/**
 * The entry of a charge, out of an open hold and the balance, and the month's sum of the hold's key. `repeated`: its source key
 * was booked before and nothing was done; `refused`: the hold is closed or too small, and the caller has to roll back.
 */
export async function bookCapture({ workspaceId }: Scope, capture: Capture, tx: Tx): Promise<Booked> {
  const { holdId, amount, sourceKey, cause = null } = capture;
  // The unique key comes first: a second run waits there for the first one.
  const done = await queryOne(
    z.object({ isNew: z.boolean(), isPaid: z.boolean() }),
    Prisma.sql`
    WITH entry AS (
      INSERT INTO "CreditEntry"
        ("id", "workspaceId", "kind", "amount", "sourceKey", "causeType", "causeId", "apiKeyId", "holdId", "createdAt")
      SELECT ${newId('creditEntry')}, ${workspaceId}, 'capture', ${-amount}, ${sourceKey},
        COALESCE(${cause?.type ?? null}, h."causeType", 'adjustment'),
        CASE WHEN ${cause !== null} THEN ${cause?.id ?? null} ELSE h."causeId" END, h."apiKeyId", h."id", timezone('UTC', now())
      FROM (SELECT 1) AS "one" LEFT JOIN "CreditHold" h ON h."id" = ${holdId} AND h."workspaceId" = ${workspaceId}
      ON CONFLICT ("sourceKey") DO NOTHING RETURNING "workspaceId", "seq"
    ), drawn AS (
      UPDATE "CreditHold" SET "captured" = "captured" + ${amount}, "captures" = "captures" + 1, "lastSeq" = entry."seq",
        "closedAt" = CASE WHEN NOT "staysOpen" AND "captured" + ${amount} = "CreditHold"."amount" THEN timezone('UTC', now()) END
      FROM entry
      WHERE "CreditHold"."id" = ${holdId} AND "CreditHold"."workspaceId" = entry."workspaceId" AND "closedAt" IS NULL
        AND "captured" + ${amount} <= "CreditHold"."amount"
      RETURNING "CreditHold"."workspaceId", "CreditHold"."apiKeyId"
    ), paid AS (
      UPDATE "CreditBalance" SET "balance" = "balance" - ${amount}, "held" = "held" - ${amount}
      FROM drawn WHERE "CreditBalance"."workspaceId" = drawn."workspaceId"
      RETURNING "CreditBalance"."workspaceId"
    ), counted AS (
      INSERT INTO "ApiKeyMonth" ("apiKeyId", "month", "workspaceId", "credits")
      SELECT drawn."apiKeyId", to_char(timezone('UTC', now()), 'YYYY-MM'), drawn."workspaceId", ${amount}
      FROM drawn JOIN paid ON true WHERE drawn."apiKeyId" IS NOT NULL
      ON CONFLICT ("apiKeyId", "month") DO UPDATE SET "credits" = "ApiKeyMonth"."credits" + EXCLUDED."credits"
    )
    SELECT EXISTS (SELECT 1 FROM entry) AS "isNew", EXISTS (SELECT 1 FROM paid) AS "isPaid"`,
    tx,
  );
  if (!done.isNew) return 'repeated';
  return done.isPaid ? 'booked' : 'refused';
}

/**
 * Takes what a hold is charged from the grants, soonest-to-expire first, then by priority and age; a grant that was over before
 * the hold was made comes last. Call it with the balance row locked.
 */
export async function spendGrants({ workspaceId }: Scope, { holdId, amount }: Capture, tx: Tx): Promise<void> {
  await tx.$executeRaw`
    WITH ordered AS (
      SELECT g."id", SUM(g."remaining") OVER (
        ORDER BY COALESCE(g."expiresAt" <= h."createdAt", false), g."expiresAt" NULLS LAST, g."priority", g."id"
      ) - g."remaining" AS "before"
      FROM "CreditGrant" g JOIN "CreditHold" h ON h."id" = ${holdId}
      WHERE g."workspaceId" = ${workspaceId} AND g."remaining" > 0
    )
    UPDATE "CreditGrant" SET "remaining" = "remaining" - LEAST("remaining", ${amount} - "before")
    FROM ordered WHERE "CreditGrant"."id" = ordered."id" AND "before" < ${amount}`;
}

/** Gives back what a hold still holds; null if it was closed before. */
export async function closeHold({ workspaceId }: Scope, holdId: string, tx: Tx): Promise<{ staysOpen: boolean } | null> {
  return queryRow(
    z.object({ staysOpen: z.boolean() }),
    Prisma.sql`
    WITH closed AS (
      UPDATE "CreditHold" SET "closedAt" = timezone('UTC', now())
      WHERE "id" = ${holdId} AND "workspaceId" = ${workspaceId} AND "closedAt" IS NULL
      RETURNING "workspaceId", "amount" - "captured" AS "rest", "staysOpen"
    )
    UPDATE "CreditBalance" SET "held" = "held" - closed."rest"
    FROM closed WHERE "CreditBalance"."workspaceId" = closed."workspaceId"
    RETURNING closed."staysOpen"`,
    tx,
  );
}

export async function findStanding({ workspaceId }: Scope, tx: Tx = db()): Promise<Standing | null> {
  return queryRow(
    Standing,
    Prisma.sql`
    WITH s AS (SELECT ${STANDING_SOURCE} FROM "CreditBalance" WHERE "workspaceId" = ${workspaceId})
    SELECT ${STANDING} FROM s ${STANDING_JOINS}`,
    tx,
  );
}

/** Since when it is low; null if it already was. */
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
 * Until when nobody is warned, because something was bought just now: credits came in by a purchase or a plan's month, or the
 * subscription was copied, when a plan's mark may apply before its credits are there. Null if nothing was bought.
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

const toHold = ({ closedAt, ...hold }: z.infer<typeof HoldRow>): Hold => ({
  ...hold,
  isOpen: closedAt === null,
});
