// Holds, and what is captured from them. Guarded updates and the database's own checks ensure that no hold exceeds the available
// credits, that a hold never pays more than it holds, and that a source key holds and charges only once. A hold closes when it is
// captured completely or released; one that `staysOpen` (a list's) closes only by its release. Charging, extending or closing a
// hold locks it first, in a separate statement.
import { z } from 'zod';
import { queryOne, queryRow } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import type { Tx } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import type { Scope } from '@/lib/platform/scope';
import type { Cause } from '../rules/ledger';
import { nothingToTell, STANDING, STANDING_JOINS, STANDING_SOURCE, Standing } from './standing';
import { freeAnswersAreLeft, type UsageEntry, usageInsert } from './usage';

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
  /** In this transaction and with the balance row locked, expired grants were swept and the key's budget was checked. */
  isChecked: boolean;
}

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
  scope: Scope,
  { isChecked, ...hold }: NewHold,
  tx: Tx,
): Promise<{ holdId: string; standing: Standing } | null> {
  const guard = isChecked ? Prisma.empty : isUnhindered(scope, hold.apiKeyId);
  const row = await queryRow(
    Standing.extend({ holdId: z.string() }),
    Prisma.sql`/* kept */
    WITH ${holdParts(scope, hold, guard)}
    SELECT made."id" AS "holdId", ${STANDING} FROM s CROSS JOIN made ${STANDING_JOINS}`,
    tx,
  );
  if (row === null) return null;
  const { holdId, ...standing } = row;
  return { holdId, standing };
}

/**
 * A hold, as the part `made` of a statement that does more, for work that begins in one statement. It is made only if there is
 * nothing else to handle, refuse or report, and not if `unless` is true. If it returns no row, `holdCredits` finds out why.
 */
export const quietHold = (
  scope: Scope,
  { mayBeFree, unless, ...hold }: Omit<NewHold, 'isChecked'> & { mayBeFree: boolean; unless: Prisma.Sql },
): Prisma.Sql =>
  holdParts(
    scope,
    hold,
    Prisma.sql`${isUnhindered(scope, hold.apiKeyId)} AND ${nothingToTell(scope, hold.amount)} AND NOT ${unless}
        ${mayBeFree ? Prisma.sql`AND ${freeAnswersAreLeft(scope)}` : Prisma.empty}`,
  );

const isUnhindered = ({ workspaceId }: Scope, apiKeyId: string | null): Prisma.Sql => Prisma.sql`AND NOT EXISTS (
          SELECT 1 FROM "CreditGrant"
          WHERE "workspaceId" = ${workspaceId} AND "expiresAt" <= timezone('UTC', now()) AND "remaining" > 0)
        AND NOT EXISTS (SELECT 1 FROM "ApiKey" WHERE "id" = ${apiKeyId} AND "monthlyCreditCap" IS NOT NULL)`;

/** `s` is the workspace's standing after the hold. */
const holdParts = (
  { workspaceId }: Scope,
  { amount, sourceKey, cause, apiKeyId, staysOpen }: Omit<NewHold, 'isChecked'>,
  guard: Prisma.Sql,
): Prisma.Sql => Prisma.sql`s AS (
      UPDATE "CreditBalance" SET "held" = "held" + ${amount}
      WHERE "workspaceId" = ${workspaceId}
        AND "balance" - "held" >= ${amount}
        AND NOT EXISTS (SELECT 1 FROM "CreditHold" WHERE "sourceKey" = ${sourceKey})
        ${guard}
      RETURNING ${STANDING_SOURCE}
    ), made AS (
      INSERT INTO "CreditHold" ("id", "workspaceId", "amount", "sourceKey", "causeType", "causeId", "apiKeyId", "staysOpen", "createdAt")
      SELECT ${newId('creditHold')}, "workspaceId", ${amount}, ${sourceKey}, ${cause.type}, ${cause.id}, ${apiKeyId}, ${staysOpen},
        timezone('UTC', now()) FROM s
      RETURNING "id"
    )`;

export async function findHold({ workspaceId }: Scope, sourceKey: string, tx: Tx): Promise<Hold | null> {
  const row = await tx.creditHold.findFirst({ where: { workspaceId, sourceKey }, select: HOLD_FIELDS });
  return row && toHold(row);
}

/**
 * The hold. Its row and then the balance row are locked until the transaction ends, so the next statement sees everything that
 * others did to this workspace's ledger. Call it before anything else locks the balance.
 */
export async function lockHold({ workspaceId }: Scope, holdId: string, tx: Tx): Promise<Hold | null> {
  const row = await queryRow(
    HoldRow,
    Prisma.sql`/* kept */
    WITH ${lockedWhere(Prisma.sql`"id" = ${holdId} AND "workspaceId" = ${workspaceId}`)}
    SELECT h."id", h."amount", h."captured", h."closedAt", h."apiKeyId" FROM held h JOIN locked ON true`,
    tx,
  );
  return row && toHold(row);
}

/**
 * `held` and `locked`, as parts of a statement that has a part `changed` before them and reads `locked`. If `changed` changed a
 * row, the open hold of this source key and its balance are locked.
 */
export const lockedHold = ({ workspaceId }: Scope, sourceKey: string): Prisma.Sql =>
  lockedWhere(
    Prisma.sql`"sourceKey" = ${sourceKey} AND "workspaceId" = ${workspaceId} AND "closedAt" IS NULL AND EXISTS (SELECT 1 FROM changed)`,
  );

const lockedWhere = (which: Prisma.Sql): Prisma.Sql => Prisma.sql`held AS (
      SELECT "id", "workspaceId", "amount", "captured", "createdAt", "closedAt", "apiKeyId" FROM "CreditHold" WHERE ${which} FOR UPDATE
    ), locked AS (
      SELECT b."workspaceId" FROM "CreditBalance" b WHERE b."workspaceId" = (SELECT "workspaceId" FROM held) FOR UPDATE
    )`;

/** Adds to an open hold; null if it is closed or there are not enough credits. Call it with hold and balance locked. */
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
  /** Names what is charged for, uniquely. */
  sourceKey: string;
  /** The hold's own cause if left out. */
  cause?: Cause | undefined;
  /** Answers that are counted as usage together with the charge. */
  usage?: readonly UsageEntry[] | undefined;
}

export type Booked = 'booked' | 'repeated' | 'refused';

/**
 * Books a charge: its entry, taken from an open hold, the balance and the grants, and added to the month's sum of the hold's key.
 * Grants that expire soonest are spent first, then by priority and age; a grant that expired before the hold was made comes last.
 * `repeated`: the source key was booked before and nothing was done. `refused`: the hold is closed or too small, and the caller
 * has to roll back. Call it with hold and balance locked, because this statement sees what remains of the grants as it was when
 * the statement began.
 */
export async function bookCapture(scope: Scope, { holdId, usage = [], ...charge }: Capture, tx: Tx): Promise<Booked> {
  const { workspaceId } = scope;
  const ordered = Prisma.sql`SELECT g."id", SUM(g."remaining") OVER (ORDER BY ${SPENDING_ORDER}) - g."remaining" AS "before"
      FROM "CreditGrant" g JOIN "CreditHold" h ON h."id" = ${holdId}
      WHERE g."workspaceId" = ${workspaceId} AND g."remaining" > 0`;
  const used = usage.length === 0 ? null : usageInsert(scope, { rows: usage, after: Prisma.sql`paid` });
  // The unique key comes first: a second run waits there for the first one.
  const done = await queryOne(
    z.object({ isNew: z.boolean(), isPaid: z.boolean() }),
    Prisma.sql`/* kept */
    WITH ${captureParts(scope, charge, { holdId: Prisma.sql`${holdId}`, after: Prisma.sql`(SELECT 1)`, ordered, used })}
    SELECT EXISTS (SELECT 1 FROM entry) AS "isNew", EXISTS (SELECT 1 FROM paid) AS "isPaid"`,
    tx,
  );
  if (!done.isNew) return 'repeated';
  return done.isPaid ? 'booked' : 'refused';
}

/** For grants `g` and the hold `h`. */
const SPENDING_ORDER = Prisma.sql`COALESCE(g."expiresAt" <= h."createdAt", false), g."expiresAt" NULLS LAST, g."priority", g."id"`;

export interface QuietCapture {
  /** Defines `funds` after a part `due`: it has a row if `due` has one and the charge can be booked. */
  funds: Prisma.Sql;
  /** Books the charge after a part `changed`, which has to have a row if `funds` has one. */
  booked: Prisma.Sql;
}

/**
 * A charge as parts of a statement that makes its cause final, for a charge that one grant covers. Everything that it changes is locked
 * in the order of `lockHold` and judged as it is after the wait, before anything is changed. If `funds` has no row, the caller books it
 * with `captureLockedHold`.
 */
export function quietCapture(
  scope: Scope,
  { usage, ...charge }: Omit<Capture, 'holdId' | 'usage'> & { usage: Prisma.Sql },
): QuietCapture {
  const { workspaceId } = scope;
  const { amount, sourceKey } = charge;
  const open = Prisma.sql`"sourceKey" = ${sourceKey} AND "workspaceId" = ${workspaceId} AND "closedAt" IS NULL
      AND "amount" - "captured" >= ${amount} AND EXISTS (SELECT 1 FROM due)`;
  const funds = Prisma.sql`${lockedWhere(open)}, funds AS (
      SELECT first."id" FROM (
        SELECT g."id", g."remaining" FROM "CreditGrant" g JOIN held h ON g."workspaceId" = h."workspaceId"
        WHERE g."remaining" > 0 AND EXISTS (SELECT 1 FROM locked) ORDER BY ${SPENDING_ORDER} LIMIT 1 FOR UPDATE OF g
      ) AS first WHERE first."remaining" >= ${amount}
    )`;
  const booked = captureParts(scope, charge, {
    holdId: Prisma.sql`(SELECT "id" FROM held)`,
    after: Prisma.sql`(SELECT 1 FROM changed)`,
    ordered: Prisma.sql`SELECT "id", 0 AS "before" FROM funds`,
    used: usageInsert(scope, { rows: usage, after: Prisma.sql`paid` }),
  });
  return { funds, booked };
}

interface CaptureWith {
  holdId: Prisma.Sql;
  /** Has a row if the charge is to be booked. */
  after: Prisma.Sql;
  /** The grants to spend, with what remains of those `before` each. */
  ordered: Prisma.Sql;
  used: Prisma.Sql | null;
}

const captureParts = (
  { workspaceId }: Scope,
  { amount, sourceKey, cause }: Omit<Capture, 'holdId' | 'usage'>,
  { holdId, after, ordered, used }: CaptureWith,
): Prisma.Sql => Prisma.sql`entry AS (
      INSERT INTO "CreditEntry"
        ("id", "workspaceId", "kind", "amount", "sourceKey", "causeType", "causeId", "apiKeyId", "holdId", "createdAt")
      SELECT ${newId('creditEntry')}, ${workspaceId}, 'capture', ${-amount}, ${sourceKey},
        COALESCE(${cause?.type ?? null}, h."causeType", 'adjustment'),
        CASE WHEN ${cause !== undefined} THEN ${cause?.id ?? null} ELSE h."causeId" END, h."apiKeyId", h."id", timezone('UTC', now())
      FROM ${after} AS "one" LEFT JOIN "CreditHold" h ON h."id" = ${holdId} AND h."workspaceId" = ${workspaceId}
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
    ), ordered AS (
      ${ordered}
    ), spent AS (
      UPDATE "CreditGrant" SET "remaining" = "remaining" - LEAST("remaining", ${amount} - "before")
      FROM ordered, paid WHERE "CreditGrant"."id" = ordered."id" AND "before" < ${amount}
    )${used === null ? Prisma.empty : Prisma.sql`, used AS (${used} RETURNING 1)`}`;

/** Gives back what a hold still holds; null if it was already closed. */
export async function closeHold({ workspaceId }: Scope, holdId: string, tx: Tx): Promise<{ staysOpen: boolean } | null> {
  return queryRow(
    z.object({ staysOpen: z.boolean() }),
    Prisma.sql`/* kept */
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

const toHold = ({ closedAt, ...hold }: z.infer<typeof HoldRow>): Hold => ({
  ...hold,
  isOpen: closedAt === null,
});
