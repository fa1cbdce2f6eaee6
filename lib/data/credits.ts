// The ledger's balance and grants; holds and captures are in credit-holds.ts. Promises that the entries of a workspace always
// sum to its balance, that its grants' remains do too, and that the same source key never books twice. All changes of one
// workspace queue up at its balance row; every function takes that row's lock before it touches a grant, so the order of
// locks is always the same: hold, balance, grants.
import type { Cause } from '@/lib/domain/ledger';
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

export interface NewGrant {
  kind: string;
  amount: number;
  sourceKey: string;
  /** Null: never expires. */
  expiresAt: Date | null;
  /** Of grants that end at the same moment the lower is spent first. */
  priority: number;
  cause: Cause;
}

/** Books a grant with its entry; false when its source key was booked before. */
export async function insertGrant({ workspaceId }: Scope, grant: NewGrant, tx: Tx): Promise<boolean> {
  const grantId = newId('creditGrant');
  const { cause } = grant;
  const booked = await tx.$executeRaw`
    WITH made AS (
      INSERT INTO "CreditGrant" ("id", "workspaceId", "kind", "amount", "remaining", "priority", "sourceKey", "createdAt", "expiresAt")
      VALUES (${grantId}, ${workspaceId}, ${grant.kind}, ${grant.amount}, ${grant.amount}, ${grant.priority}, ${grant.sourceKey},
        timezone('UTC', now()), ${grant.expiresAt?.toISOString() ?? null}::timestamp)
      ON CONFLICT ("sourceKey") DO NOTHING RETURNING "workspaceId", "amount", "sourceKey"
    ), booked AS (
      INSERT INTO "CreditEntry" ("id", "workspaceId", "kind", "amount", "sourceKey", "causeType", "causeId", "createdAt")
      SELECT ${newId('creditEntry')}, "workspaceId", 'grant', "amount", "sourceKey", ${cause.type}, ${cause.id ?? grantId},
        timezone('UTC', now()) FROM made
    )
    INSERT INTO "CreditBalance" ("workspaceId", "balance") SELECT "workspaceId", "amount" FROM made
    ON CONFLICT ("workspaceId") DO UPDATE SET "balance" = "CreditBalance"."balance" + EXCLUDED."balance"`;
  return booked > 0;
}

export interface NewRefund {
  /** What is given back, unique: the same cause is never refunded twice. */
  sourceKey: string;
  amount: number;
  cause: Cause;
  apiKeyId: string | null;
  priority: number;
  /** `YYYY-MM`: the refunds of a month are one grant, so that many small ones stay cheap to spend. */
  month: string;
}

/** Books a refund and adds it to the month's grant of refunds, which never expires. Call it with the balance row locked. */
export async function insertRefund({ workspaceId }: Scope, refund: NewRefund, tx: Tx): Promise<boolean> {
  const { amount, cause } = refund;
  const booked = await tx.$executeRaw`
    WITH booked AS (
      INSERT INTO "CreditEntry" ("id", "workspaceId", "kind", "amount", "sourceKey", "causeType", "causeId", "apiKeyId", "createdAt")
      VALUES (${newId('creditEntry')}, ${workspaceId}, 'refund', ${amount}, ${refund.sourceKey}, ${cause.type}, ${cause.id},
        ${refund.apiKeyId}, timezone('UTC', now()))
      ON CONFLICT ("sourceKey") DO NOTHING RETURNING "workspaceId", "amount"
    ), given AS (
      INSERT INTO "CreditGrant" ("id", "workspaceId", "kind", "amount", "remaining", "priority", "sourceKey", "createdAt")
      SELECT ${newId('creditGrant')}, "workspaceId", 'refund', "amount", "amount", ${refund.priority},
        ${`refunds:${workspaceId}:${refund.month}`}, timezone('UTC', now()) FROM booked
      ON CONFLICT ("sourceKey") DO UPDATE SET "amount" = "CreditGrant"."amount" + EXCLUDED."amount",
        "remaining" = "CreditGrant"."remaining" + EXCLUDED."remaining"
    )
    UPDATE "CreditBalance" SET "balance" = "balance" + booked."amount"
    FROM booked WHERE "CreditBalance"."workspaceId" = booked."workspaceId"`;
  return booked > 0;
}

/** Of a row of CreditGrant: what is still held by holds that were made before the grant's end; it may yet be charged. */
export const heldBeforeItsEnd = Prisma.sql`(
  SELECT COALESCE(SUM(h."amount" - h."captured"), 0)::int FROM "CreditHold" h
  WHERE h."workspaceId" = "CreditGrant"."workspaceId" AND h."closedAt" IS NULL AND h."createdAt" < "CreditGrant"."expiresAt")`;

/** Waits for other changes of this workspace's ledger: a statement after this one sees them all. */
export async function lockBalance({ workspaceId }: Scope, tx: Tx): Promise<{ balance: number; held: number } | null> {
  const rows = await tx.$queryRaw<{ balance: number; held: number }[]>`
    SELECT "balance", "held" FROM "CreditBalance" WHERE "workspaceId" = ${workspaceId} FOR UPDATE`;
  return rows[0] ?? null;
}

/** What has expired and waits for its sweep is no longer there to spend, except what was held before its end. */
export async function findBalance({ workspaceId }: Scope, tx: Tx = db()): Promise<Balance> {
  const rows = await tx.$queryRaw<{ balance: number; held: number; lapsed: number }[]>`
    SELECT "balance", "held", (
      SELECT GREATEST(0, MAX("over"))::int FROM (
        SELECT SUM("remaining") OVER (ORDER BY "expiresAt", "priority", "id") - ${heldBeforeItsEnd} AS "over"
        FROM "CreditGrant" WHERE "workspaceId" = ${workspaceId} AND "expiresAt" <= timezone('UTC', now()) AND "remaining" > 0
      ) AS expired) AS "lapsed"
    FROM "CreditBalance" WHERE "workspaceId" = ${workspaceId}`;
  const { balance, held, lapsed } = rows[0] ?? { balance: 0, held: 0, lapsed: 0 };
  return { balance, held, available: Math.max(0, balance - held - lapsed) };
}

export interface ExpiringCredits {
  expiresAt: Date;
  remaining: number;
}

/** What will expire, soonest first; grants of the same moment together. */
export function listExpiring({ workspaceId }: Scope, take: number): Promise<ExpiringCredits[]> {
  return db().$queryRaw<ExpiringCredits[]>`
    SELECT "expiresAt", SUM("remaining")::int AS "remaining" FROM "CreditGrant"
    WHERE "workspaceId" = ${workspaceId} AND "expiresAt" > timezone('UTC', now()) AND "remaining" > 0
    GROUP BY "expiresAt" ORDER BY "expiresAt" LIMIT ${take}`;
}
