// The ledger's balance, grants and pages; holds and captures are in holds.ts. The entries of a workspace always sum to its
// balance, and so does what remains of its grants. A source key is never booked twice. All changes of one workspace queue at its
// balance row: every function locks it before it touches a grant, so the order of locks is always hold, balance, grants. A
// statement changes the balance after its entry and by what the entry returns, because the database records in each entry the
// balance after it.
import { z } from 'zod';
import { queryRow, queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Scope } from '@/lib/platform/scope';
import type { Cause, EntryKind } from '../rules/ledger';

export interface Balance {
  /** The sum of the ledger, including held credits. */
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
  /** Of grants that expire at the same moment, the one with the lower number is spent first. */
  priority: number;
  cause: Cause;
}

export interface NewRefund {
  /** Names what is given back, uniquely: the same cause is never refunded twice. */
  sourceKey: string;
  amount: number;
  cause: Cause;
  apiKeyId: string | null;
  priority: number;
  /** `YYYY-MM`. The refunds of a month are one grant, so that many small ones stay cheap to spend. */
  month: string;
}

const ExpiringCredits = z.object({
  expiresAt: z.date(),
  remaining: z.int(),
});
export type ExpiringCredits = z.infer<typeof ExpiringCredits>;

const CreditSource = z.object({
  from: z.enum(['free', 'plan', 'bought', 'other']),
  credits: z.int(),
  expiresAt: z.date().nullable(),
});
export type CreditSource = z.infer<typeof CreditSource>;

/** Books a grant with its entry; false if its source key was booked before. */
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
      RETURNING "workspaceId", "amount"
    )
    INSERT INTO "CreditBalance" ("workspaceId", "balance") SELECT "workspaceId", "amount" FROM booked
    ON CONFLICT ("workspaceId") DO UPDATE SET "balance" = "CreditBalance"."balance" + EXCLUDED."balance"`;
  return booked > 0;
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

/**
 * For a row of CreditGrant: the credits still held by holds that were made before the grant expired. They may still be charged.
 */
export const heldBeforeItsEnd = Prisma.sql`(
  SELECT COALESCE(SUM(h."amount" - h."captured"), 0)::int FROM "CreditHold" h
  WHERE h."workspaceId" = "CreditGrant"."workspaceId" AND h."closedAt" IS NULL AND h."createdAt" < "CreditGrant"."expiresAt")`;

/** Waits for other changes of this workspace's ledger, so that the next statement sees all of them. */
export async function lockBalance({ workspaceId }: Scope, tx: Tx): Promise<{ balance: number; held: number } | null> {
  return queryRow(
    z.object({ balance: z.int(), held: z.int() }),
    Prisma.sql`
    SELECT "balance", "held" FROM "CreditBalance" WHERE "workspaceId" = ${workspaceId} FOR UPDATE`,
    tx,
  );
}

export async function findBalance({ workspaceId }: Scope, tx: Tx = db()): Promise<Balance> {
  const found = await queryRow(
    z.object({ balance: z.int(), held: z.int(), available: z.int() }),
    Prisma.sql`/* kept */
    SELECT "balance", "held", ${availableColumn({ workspaceId })} AS "available" FROM "CreditBalance" WHERE "workspaceId" = ${workspaceId}`,
    tx,
  );
  return found ?? { balance: 0, held: 0, available: 0 };
}

/**
 * What can be held or spent, as a column of a statement. This excludes credits that have expired but are not swept yet, except
 * those held before they expired.
 */
export const availableColumn = ({ workspaceId }: Scope): Prisma.Sql => Prisma.sql`COALESCE((
      SELECT GREATEST(0, "balance" - "held" - (
        SELECT GREATEST(0, MAX("over"))::int FROM (
          SELECT SUM("remaining") OVER (ORDER BY "expiresAt", "priority", "id") - ${heldBeforeItsEnd} AS "over"
          FROM "CreditGrant" WHERE "workspaceId" = ${workspaceId} AND "expiresAt" <= timezone('UTC', now()) AND "remaining" > 0
        ) AS expired))
      FROM "CreditBalance" WHERE "workspaceId" = ${workspaceId}), 0)`;

/** What will expire, soonest first. Grants that expire at the same moment are summed. */
export function listExpiring({ workspaceId }: Scope, take: number): Promise<ExpiringCredits[]> {
  return queryRows(
    ExpiringCredits,
    Prisma.sql`
    SELECT "expiresAt", SUM("remaining")::int AS "remaining" FROM "CreditGrant"
    WHERE "workspaceId" = ${workspaceId} AND "expiresAt" > timezone('UTC', now()) AND "remaining" > 0
    GROUP BY "expiresAt" ORDER BY "expiresAt" LIMIT ${take}`,
  );
}

/** What the balance consists of, by source and expiry, soonest to expire first. */
export function listCreditSources({ workspaceId }: Scope, take: number): Promise<CreditSource[]> {
  return queryRows(
    CreditSource,
    Prisma.sql`
    SELECT CASE WHEN "kind" = 'monthly' THEN 'free' WHEN "kind" = 'plan' THEN 'plan' WHEN "kind" IN ('purchase', 'pack') THEN 'bought' ELSE 'other' END AS "from",
      SUM("remaining")::int AS "credits", "expiresAt"
    FROM "CreditGrant"
    WHERE "workspaceId" = ${workspaceId} AND "remaining" > 0 AND ("expiresAt" IS NULL OR "expiresAt" > timezone('UTC', now()))
    GROUP BY 1, "expiresAt" ORDER BY "expiresAt" NULLS LAST, 1 LIMIT ${take}`,
  );
}

/** A line of the ledger's pages, newest first: entries by `seq`, holds by id, releases by the time they happened. */
const LedgerRow = z.object({
  id: z.string(),
  kind: z.string(),
  amount: z.int(),
  /** Null if the line leaves the balance unchanged. */
  balanceAfter: z.int().nullable(),
  /** For a line that stands for all charges of a list's run: their hold, and how many they are. */
  foldedId: z.string().nullable(),
  charges: z.int(),
  causeType: z.string(),
  causeId: z.string().nullable(),
  label: z.string().nullable(),
  grantKind: z.string().nullable(),
  keyId: z.string().nullable(),
  keyName: z.string().nullable(),
  at: z.date(),
});
export type LedgerRow = z.infer<typeof LedgerRow>;

export interface LinesQuestion {
  /** Id of the last line of the previous page. */
  cursor?: string | undefined;
  take: number;
}

interface EntriesQuestion extends LinesQuestion {
  kind?: EntryKind | undefined;
}

const BY_PLACE = Prisma.sql`x."seq" DESC`;
const BY_TIME = Prisma.sql`x."at" DESC, x."id" DESC`;

/**
 * Rows `x` with the current name of their cause (address, list, key or grant); a line is kept even if its cause has no name any
 * more. The causes of a workspace's lines belong to the workspace.
 */
const named = (rows: Prisma.Sql, order: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT x."id", x."kind", x."amount", x."balanceAfter", x."foldedId", x."charges", x."causeType", x."causeId",
    COALESCE(v."email", l."name") AS "label", g."kind" AS "grantKind", x."apiKeyId" AS "keyId", k."name" AS "keyName", x."at"
  FROM (${rows}) x
  LEFT JOIN "Verification" v ON x."causeType" = 'verification' AND v."id" = x."causeId"
  LEFT JOIN "List" l ON x."causeType" = 'list' AND l."id" = x."causeId"
  LEFT JOIN "CreditGrant" g ON x."kind" IN ('grant', 'expire') AND g."id" = x."causeId"
  LEFT JOIN "ApiKey" k ON k."id" = x."apiKeyId"
  ORDER BY ${order}`;

const ENTRY_COLUMNS = Prisma.sql`e."id", e."kind", e."amount", e."balanceAfter", NULL::text AS "foldedId", 1 AS "charges", e."causeType", e."causeId",
  e."apiKeyId", e."createdAt" AS "at", e."seq"`;

const HOLD_COLUMNS = Prisma.sql`NULL::int AS "balanceAfter", NULL::text AS "foldedId", 1 AS "charges", "causeType", "causeId", "apiKeyId"`;

/** Entries before a page's cursor. An entry's place never changes, so neither does the point where a page continues. */
const placesBefore = ({ workspaceId }: Scope, column: Prisma.Sql, cursor: string | undefined): Prisma.Sql =>
  cursor === undefined
    ? Prisma.empty
    : Prisma.sql`AND ${column} < (SELECT "seq" FROM "CreditEntry" WHERE "id" = ${cursor} AND "workspaceId" = ${workspaceId})`;

const ofKind = (kind: EntryKind | undefined): Prisma.Sql =>
  kind === undefined ? Prisma.empty : Prisma.sql`AND e."kind" = ${kind}`;

/** Single changes of the balance, all of them or of one kind. */
export function listEntries(scope: Scope, { kind, cursor, take }: EntriesQuestion): Promise<LedgerRow[]> {
  const rows = Prisma.sql`SELECT ${ENTRY_COLUMNS} FROM "CreditEntry" e
    WHERE e."workspaceId" = ${scope.workspaceId} ${ofKind(kind)} ${placesBefore(scope, Prisma.sql`e."seq"`, cursor)}
    ORDER BY e."seq" DESC LIMIT ${take}`;
  return queryRows(LedgerRow, named(rows, BY_PLACE));
}

/**
 * Changes of the balance, with all charges of one run of a list as one line, placed at its last charge. Two streams are merged,
 * each in the order of an index: entries that are not a list's charge, and lists' holds by their last charge. So a page costs the
 * same at any depth.
 */
export function listFoldedEntries(scope: Scope, question: EntriesQuestion): Promise<LedgerRow[]> {
  return queryRows(LedgerRow, foldedEntriesSql(scope, question));
}

/** The statement alone, so that a test can see which indexes it uses. */
export function foldedEntriesSql(scope: Scope, { kind, cursor, take }: EntriesQuestion): Prisma.Sql {
  const single = Prisma.sql`SELECT ${ENTRY_COLUMNS} FROM "CreditEntry" e
    WHERE e."workspaceId" = ${scope.workspaceId} AND NOT (e."kind" = 'capture' AND e."causeType" = 'list' AND e."holdId" IS NOT NULL)
      ${ofKind(kind)} ${placesBefore(scope, Prisma.sql`e."seq"`, cursor)} ORDER BY e."seq" DESC LIMIT ${take}`;
  const lists = Prisma.sql`SELECT e."id", e."kind", -h."captured" AS "amount", e."balanceAfter", h."id" AS "foldedId",
      h."captures" AS "charges", h."causeType", h."causeId", h."apiKeyId", e."createdAt" AS "at", e."seq"
    FROM (
      SELECT h.* FROM "CreditHold" h WHERE h."workspaceId" = ${scope.workspaceId} AND h."causeType" = 'list' AND h."lastSeq" IS NOT NULL
        ${placesBefore(scope, Prisma.sql`h."lastSeq"`, cursor)} ORDER BY h."lastSeq" DESC LIMIT ${take}
    ) h CROSS JOIN LATERAL (
      SELECT e.* FROM "CreditEntry" e WHERE e."workspaceId" = ${scope.workspaceId} AND e."seq" = h."lastSeq" LIMIT 1
    ) e`;
  const rows = Prisma.sql`SELECT * FROM ((${single}) UNION ALL (${lists})) b ORDER BY b."seq" DESC LIMIT ${take}`;
  return named(rows, BY_PLACE);
}

/** The charges of one run of a list, which the folded ledger shows as one line. */
export function listChargesOf(scope: Scope, holdId: string, { cursor, take }: LinesQuestion): Promise<LedgerRow[]> {
  const rows = Prisma.sql`SELECT ${ENTRY_COLUMNS} FROM "CreditEntry" e
    WHERE e."holdId" = ${holdId} AND e."kind" = 'capture' AND e."causeType" = 'list' AND e."holdId" IS NOT NULL
      AND e."workspaceId" = ${scope.workspaceId} ${placesBefore(scope, Prisma.sql`e."seq"`, cursor)}
    ORDER BY e."seq" DESC LIMIT ${take}`;
  return queryRows(LedgerRow, named(rows, BY_PLACE));
}

export function listHolds({ workspaceId }: Scope, { cursor, take }: LinesQuestion): Promise<LedgerRow[]> {
  const earlier = cursor === undefined ? Prisma.empty : Prisma.sql`AND "id" < ${cursor}`;
  const rows = Prisma.sql`SELECT "id", 'hold' AS "kind", "amount", ${HOLD_COLUMNS}, "createdAt" AS "at" FROM "CreditHold"
    WHERE "workspaceId" = ${workspaceId} ${earlier} ORDER BY "id" DESC LIMIT ${take}`;
  return queryRows(LedgerRow, named(rows, BY_TIME));
}

/** What holds gave back. Holds that were captured completely gave back nothing. */
export function listReleases({ workspaceId }: Scope, { cursor, take }: LinesQuestion): Promise<LedgerRow[]> {
  const earlier =
    cursor === undefined
      ? Prisma.empty
      : Prisma.sql`AND ("closedAt", "id") < (SELECT "closedAt", "id" FROM "CreditHold" WHERE "id" = ${cursor} AND "workspaceId" = ${workspaceId})`;
  const rows = Prisma.sql`SELECT "id", 'release' AS "kind", "amount" - "captured" AS "amount", ${HOLD_COLUMNS}, "closedAt" AS "at" FROM "CreditHold"
    WHERE "workspaceId" = ${workspaceId} AND "closedAt" IS NOT NULL AND "amount" > "captured" ${earlier}
    ORDER BY "closedAt" DESC, "id" DESC LIMIT ${take}`;
  return queryRows(LedgerRow, named(rows, BY_TIME));
}
