// The ledger's rows: balance, entries, grants, holds. Promises that the entries of a workspace always sum to its balance,
// that its grants' remains do too, and that the same source key never books twice. Refuses, by guarded updates and the
// database's own checks, to hold more than there is. All changes of one workspace queue up at its balance row; every
// function takes that row's lock before it touches a grant, so the order of locks is always the same.
import { newId } from '@/lib/ids';
import { Prisma } from './_prisma/client';
import { db, type Tx } from './_client';
import type { Scope } from './scope';

export interface Balance {
  /** Sum of the ledger, held credits included. */
  balance: number;
  held: number;
  /** What can be held or spent now. */
  available: number;
}

export interface GrantInput {
  kind: string;
  amount: number;
  sourceKey: string;
  /** Null: never expires. */
  expiresAt: Date | null;
}

export interface Hold {
  id: string;
  amount: number;
  captured: number;
  isOpen: boolean;
}

/** Books a grant with its entry; false when its source key was booked before. */
export async function insertGrant({ workspaceId }: Scope, grant: GrantInput, tx: Tx): Promise<boolean> {
  const booked = await tx.$executeRaw`
    WITH made AS (
      INSERT INTO "CreditGrant" ("id", "workspaceId", "kind", "amount", "remaining", "sourceKey", "createdAt", "expiresAt")
      VALUES (${newId('creditGrant')}, ${workspaceId}, ${grant.kind}, ${grant.amount}, ${grant.amount}, ${grant.sourceKey},
        timezone('UTC', now()), ${grant.expiresAt?.toISOString() ?? null}::timestamp)
      ON CONFLICT ("sourceKey") DO NOTHING RETURNING "workspaceId", "amount", "sourceKey"
    ), booked AS (
      INSERT INTO "CreditEntry" ("id", "workspaceId", "kind", "amount", "sourceKey", "createdAt")
      SELECT ${newId('creditEntry')}, "workspaceId", 'grant', "amount", "sourceKey", timezone('UTC', now()) FROM made
    )
    INSERT INTO "CreditBalance" ("workspaceId", "balance") SELECT "workspaceId", "amount" FROM made
    ON CONFLICT ("workspaceId") DO UPDATE SET "balance" = "CreditBalance"."balance" + EXCLUDED."balance"`;
  return booked > 0;
}

/** Of a row of CreditGrant: what is still held by holds that were made before the grant's end; it may yet be charged. */
export const heldBeforeItsEnd = Prisma.sql`(
  SELECT COALESCE(SUM(h."amount" - h."captured"), 0)::int FROM "CreditHold" h
  WHERE h."workspaceId" = "CreditGrant"."workspaceId" AND h."closedAt" IS NULL AND h."createdAt" < "CreditGrant"."expiresAt")`;

export interface NewHold {
  amount: number;
  sourceKey: string;
  /** What has expired and nobody holds was taken from the balance in this transaction. */
  isSwept: boolean;
}

/** Holds credits if there are enough; null where there are not, and where expired ones would have to be swept first. */
export async function insertHold(
  { workspaceId }: Scope,
  { amount, sourceKey, isSwept }: NewHold,
  tx: Tx,
): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH taken AS (
      UPDATE "CreditBalance" SET "held" = "held" + ${amount}
      WHERE "workspaceId" = ${workspaceId}
        AND "balance" - "held" >= ${amount}
        AND (${isSwept} OR NOT EXISTS (
          SELECT 1 FROM "CreditGrant"
          WHERE "workspaceId" = ${workspaceId} AND "expiresAt" <= timezone('UTC', now()) AND "remaining" > 0))
        AND NOT EXISTS (SELECT 1 FROM "CreditHold" WHERE "sourceKey" = ${sourceKey})
      RETURNING "workspaceId"
    )
    INSERT INTO "CreditHold" ("id", "workspaceId", "amount", "sourceKey", "createdAt")
    SELECT ${newId('creditHold')}, "workspaceId", ${amount}, ${sourceKey}, timezone('UTC', now()) FROM taken
    RETURNING "id"`;
  return rows[0]?.id ?? null;
}

/** Waits for other changes of this workspace's ledger: a statement after this one sees them all. */
export async function lockBalance({ workspaceId }: Scope, tx: Tx): Promise<{ balance: number; held: number } | null> {
  const rows = await tx.$queryRaw<{ balance: number; held: number }[]>`
    SELECT "balance", "held" FROM "CreditBalance" WHERE "workspaceId" = ${workspaceId} FOR UPDATE`;
  return rows[0] ?? null;
}

export async function findHold({ workspaceId }: Scope, sourceKey: string, tx: Tx): Promise<Hold | null> {
  const hold = await tx.creditHold.findFirst({
    where: { workspaceId, sourceKey },
    select: { id: true, amount: true, captured: true, closedAt: true },
  });
  return hold && { id: hold.id, amount: hold.amount, captured: hold.captured, isOpen: hold.closedAt === null };
}

export interface Capture {
  holdId: string;
  amount: number;
  /** What is charged for, unique. */
  sourceKey: string;
}

/**
 * The entry of a charge, out of an open hold and the balance. `repeated`: its source key was booked before and nothing was
 * done; `refused`: the hold is closed or too small, and the caller has to roll back.
 */
export async function bookCapture(
  { workspaceId }: Scope,
  { holdId, amount, sourceKey }: Capture,
  tx: Tx,
): Promise<'booked' | 'repeated' | 'refused'> {
  // The unique key comes first: a second run waits there for the first one.
  const [done] = await tx.$queryRaw<{ booked: boolean; drawn: boolean }[]>`
    WITH entry AS (
      INSERT INTO "CreditEntry" ("id", "workspaceId", "kind", "amount", "sourceKey", "createdAt")
      VALUES (${newId('creditEntry')}, ${workspaceId}, 'capture', ${-amount}, ${sourceKey}, timezone('UTC', now()))
      ON CONFLICT ("sourceKey") DO NOTHING RETURNING "workspaceId"
    ), drawn AS (
      UPDATE "CreditHold" SET "captured" = "captured" + ${amount},
        "closedAt" = CASE WHEN "captured" + ${amount} = "CreditHold"."amount" THEN timezone('UTC', now()) END
      FROM entry
      WHERE "CreditHold"."id" = ${holdId} AND "CreditHold"."workspaceId" = entry."workspaceId" AND "closedAt" IS NULL
        AND "captured" + ${amount} <= "CreditHold"."amount"
      RETURNING "CreditHold"."workspaceId"
    ), paid AS (
      UPDATE "CreditBalance" SET "balance" = "balance" - ${amount}, "held" = "held" - ${amount}
      FROM drawn WHERE "CreditBalance"."workspaceId" = drawn."workspaceId" RETURNING 1
    )
    SELECT EXISTS (SELECT 1 FROM entry) AS "booked", EXISTS (SELECT 1 FROM paid) AS "drawn"`;
  if (done?.booked !== true) return 'repeated';
  return done.drawn ? 'booked' : 'refused';
}

/**
 * Takes what a hold is charged from the grants, soonest-to-expire first; a grant that was over before the hold was made comes
 * last. Call it with the balance row locked.
 */
export async function spendGrants({ workspaceId }: Scope, { holdId, amount }: Capture, tx: Tx): Promise<void> {
  await tx.$executeRaw`
    WITH ordered AS (
      SELECT g."id", SUM(g."remaining") OVER (
        ORDER BY COALESCE(g."expiresAt" <= h."createdAt", false), g."expiresAt" NULLS LAST, g."id") - g."remaining" AS "before"
      FROM "CreditGrant" g JOIN "CreditHold" h ON h."id" = ${holdId}
      WHERE g."workspaceId" = ${workspaceId} AND g."remaining" > 0
    )
    UPDATE "CreditGrant" SET "remaining" = "remaining" - LEAST("remaining", ${amount} - "before")
    FROM ordered WHERE "CreditGrant"."id" = ordered."id" AND "before" < ${amount}`;
}

/** Gives back what a hold still holds; false when it was closed before. */
export async function closeHold({ workspaceId }: Scope, holdId: string, tx: Tx): Promise<boolean> {
  const closed = await tx.$executeRaw`
    WITH closed AS (
      UPDATE "CreditHold" SET "closedAt" = timezone('UTC', now())
      WHERE "id" = ${holdId} AND "workspaceId" = ${workspaceId} AND "closedAt" IS NULL
      RETURNING "workspaceId", "amount" - "captured" AS "rest"
    )
    UPDATE "CreditBalance" SET "held" = "held" - closed."rest"
    FROM closed WHERE "CreditBalance"."workspaceId" = closed."workspaceId"`;
  return closed > 0;
}

/** What has expired and waits for its sweep is no longer there to spend, except what was held before its end. */
export async function findBalance({ workspaceId }: Scope): Promise<Balance> {
  const rows = await db().$queryRaw<{ balance: number; held: number; lapsed: number }[]>`
    SELECT "balance", "held", (
      SELECT GREATEST(0, MAX("over"))::int FROM (
        SELECT SUM("remaining") OVER (ORDER BY "expiresAt", "id") - ${heldBeforeItsEnd} AS "over"
        FROM "CreditGrant" WHERE "workspaceId" = ${workspaceId} AND "expiresAt" <= timezone('UTC', now()) AND "remaining" > 0
      ) AS expired) AS "lapsed"
    FROM "CreditBalance" WHERE "workspaceId" = ${workspaceId}`;
  const { balance, held, lapsed } = rows[0] ?? { balance: 0, held: 0, lapsed: 0 };
  return { balance, held, available: Math.max(0, balance - held - lapsed) };
}
