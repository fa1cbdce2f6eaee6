// Grants in the database: due and expired ones across all workspaces, in bounded batches; claims to the free monthly credits;
// grants taken back; and the audit of the ledger. A mailbox belongs to one workspace at a time, however many claim it at once,
// and gets a month's credits only once, even if its workspace was deleted in between. Never takes back more than is left of a
// grant, or anything that is held.
import { z } from 'zod';
import { queryOne, queryRows } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import { type Scope, VISITORS_WORKSPACE_ID } from '@/lib/platform/scope';
import { FREE_CREDITS_STATES, type FreeCreditsState } from '../rules/free';
import type { CauseType } from '../rules/ledger';
import { heldBeforeItsEnd } from './ledger';

/** A year has twelve months, and each may have been returned once or twice. */
const MAX_GRANTS = 60;

/** Workspaces of a plan without the grant of this period, ordered by id, after `afterId`. The visitors' workspace gets none. */
export async function listWorkspacesDueGrant(
  plan: string,
  sourceKeySuffix: string,
  page: { afterId: string; take: number },
): Promise<string[]> {
  const rows = await queryRows(
    z.object({ id: z.string() }),
    Prisma.sql`
    SELECT "id" FROM "Workspace"
    WHERE "plan" = ${plan} AND "id" > ${page.afterId} AND "id" <> ${VISITORS_WORKSPACE_ID}
      AND NOT EXISTS (SELECT 1 FROM "CreditGrant" WHERE "sourceKey" = 'monthly:' || "Workspace"."id" || ':' || ${sourceKeySuffix})
    ORDER BY "id" LIMIT ${page.take}`,
  );
  return rows.map((row) => row.id);
}

/** All workspaces, ordered by id, after `afterId`. */
export async function listWorkspaceIds(page: { afterId: string; take: number }): Promise<string[]> {
  const rows = await db().workspace.findMany({
    where: { id: { gt: page.afterId } },
    orderBy: { id: 'asc' },
    take: page.take,
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

/** Workspaces with something left of an expired grant, ordered by id, after `afterId`. */
export async function listWorkspacesWithExpired(page: { afterId: string; take: number }): Promise<string[]> {
  const rows = await queryRows(
    z.object({ workspaceId: z.string() }),
    Prisma.sql`
    SELECT DISTINCT "workspaceId" FROM "CreditGrant"
    WHERE "expiresAt" <= timezone('UTC', now()) AND "remaining" > 0 AND "workspaceId" > ${page.afterId}
    ORDER BY "workspaceId" LIMIT ${page.take}`,
  );
  return rows.map((row) => row.workspaceId);
}

const ExpiredGrant = z.object({
  id: z.string(),
  remaining: z.int(),
  /** The credits still held by holds that were made before this grant expired, of this grant or of one that expired sooner. */
  heldBefore: z.int(),
});
export type ExpiredGrant = z.infer<typeof ExpiredGrant>;

/** Expired grants with something left, soonest first. */
export async function listExpiredGrants({ workspaceId }: Scope, take: number, tx: Tx): Promise<ExpiredGrant[]> {
  return queryRows(
    ExpiredGrant,
    Prisma.sql`
    SELECT "id", "remaining", ${heldBeforeItsEnd} AS "heldBefore" FROM "CreditGrant"
    WHERE "workspaceId" = ${workspaceId} AND "expiresAt" <= timezone('UTC', now()) AND "remaining" > 0
    ORDER BY "expiresAt", "priority", "id" LIMIT ${take}`,
    tx,
  );
}

/** Books the loss of part of a grant, because it expired or its payment was reversed. Call it with the balance row locked. */
export async function expireGrant(
  { workspaceId }: Scope,
  grant: { id: string; remaining: number; amount: number; causeType?: CauseType },
  tx: Tx,
): Promise<void> {
  // The key includes what remained before, because a grant that was partly held expires in more than one step.
  const sourceKey = `expire:${grant.id}:${grant.remaining}`;
  await tx.$executeRaw`
    WITH booked AS (
      INSERT INTO "CreditEntry" ("id", "workspaceId", "kind", "amount", "sourceKey", "causeType", "causeId", "createdAt")
      VALUES (${newId('creditEntry')}, ${workspaceId}, 'expire', ${-grant.amount}, ${sourceKey}, ${grant.causeType ?? 'expiry'}, ${grant.id},
        timezone('UTC', now()))
      RETURNING "workspaceId", "amount"
    ), spent AS (
      UPDATE "CreditGrant" SET "remaining" = "remaining" - ${grant.amount} WHERE "id" = ${grant.id} AND "workspaceId" = ${workspaceId}
    )
    UPDATE "CreditBalance" SET "balance" = "balance" + booked."amount"
    FROM booked WHERE "CreditBalance"."workspaceId" = booked."workspaceId"`;
}

export interface GrantFacts {
  id: string;
  amount: number;
  remaining: number;
  expiresAt: Date | null;
}

/** Call it with the balance row locked if what remains matters. */
export async function listGrantRows({ workspaceId }: Scope, sourceKeys: readonly string[], tx: Tx): Promise<GrantFacts[]> {
  return tx.creditGrant.findMany({
    where: { workspaceId, sourceKey: { in: [...sourceKeys] } },
    orderBy: [{ expiresAt: 'asc' }, { id: 'asc' }],
    take: MAX_GRANTS,
    select: { id: true, amount: true, remaining: true, expiresAt: true },
  });
}

/** Extends the workspace's claim to the new month; false if it has none. */
export async function renewClaim({ workspaceId }: Scope, month: string, tx: Tx): Promise<boolean> {
  const { count } = await tx.freeCreditClaim.updateMany({ where: { workspaceId }, data: { month } });
  return count > 0;
}

export async function hasClaim({ workspaceId }: Scope): Promise<boolean> {
  return (await db().freeCreditClaim.count({ where: { workspaceId } })) > 0;
}

/**
 * `mailbox_used`: an existing workspace has the mailbox. `month_used`: a deleted workspace already got this month's credits for
 * it.
 */
export async function claimMailbox(
  { workspaceId }: Scope,
  { mailboxHash, month }: { mailboxHash: string; month: string },
  tx: Tx,
): Promise<'claimed' | 'mailbox_used' | 'month_used'> {
  const claimed = await tx.$executeRaw`
    INSERT INTO "FreeCreditClaim" AS c ("mailboxHash", "workspaceId", "month") VALUES (${mailboxHash}, ${workspaceId}, ${month})
    ON CONFLICT ("mailboxHash") DO UPDATE SET "workspaceId" = EXCLUDED."workspaceId", "month" = EXCLUDED."month"
    WHERE c."workspaceId" = EXCLUDED."workspaceId" OR (
      c."month" < EXCLUDED."month" AND NOT EXISTS (SELECT 1 FROM "Workspace" w WHERE w."id" = c."workspaceId"))`;
  if (claimed > 0) return 'claimed';
  const holders = await queryRows(
    z.unknown(),
    Prisma.sql`
    SELECT 1 FROM "FreeCreditClaim" c JOIN "Workspace" w ON w."id" = c."workspaceId" WHERE c."mailboxHash" = ${mailboxHash}`,
    tx,
  );
  return holders.length > 0 ? 'mailbox_used' : 'month_used';
}

/** For accounts that the operator creates: takes the claim if nobody has it, and changes nothing else. */
export async function claimIfFree({ workspaceId }: Scope, claim: { mailboxHash: string; month: string }, tx: Tx): Promise<void> {
  await tx.freeCreditClaim.createMany({ data: { ...claim, workspaceId }, skipDuplicates: true });
}

export async function setFreeCredits({ workspaceId }: Scope, state: FreeCreditsState, tx: Tx = db()): Promise<void> {
  await tx.workspace.updateMany({ where: { id: workspaceId }, data: { freeCredits: state } });
}

/** Null if there is no such workspace. */
export async function findFreeCredits({ workspaceId }: Scope): Promise<{ plan: string; state: FreeCreditsState } | null> {
  const row = await db().workspace.findUnique({ where: { id: workspaceId }, select: { plan: true, freeCredits: true } });
  return row && { plan: row.plan, state: FREE_CREDITS_STATES.find((state) => state === row.freeCredits) ?? 'pending' };
}

/** The mailbox that counts for the workspace is its first owner's. */
export async function findOwnerEmail({ workspaceId }: Scope): Promise<string | null> {
  const row = await db().membership.findFirst({
    where: { workspaceId, role: 'owner' },
    orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
    select: { user: { select: { email: true } } },
  });
  return row?.user.email ?? null;
}

const LedgerAudit = z.object({
  balance: z.int(),
  held: z.int(),
  /** The sum of all entries; must equal the balance. */
  entries: z.int(),
  /** The sum of what remains of all grants; must equal the balance. */
  remaining: z.int(),
  /** The sum of what open holds still hold; must equal `held`. */
  openHolds: z.int(),
  /** The number of entries whose balance does not follow from the previous entry; must be 0. */
  broken: z.int(),
});
export type LedgerAudit = z.infer<typeof LedgerAudit>;

/**
 * Compares entries, grants and holds with the guarded balance, in one statement, so that all six figures are of the same moment.
 */
export async function auditLedger({ workspaceId }: Scope): Promise<LedgerAudit> {
  return queryOne(
    LedgerAudit,
    Prisma.sql`
    SELECT
      COALESCE((SELECT "balance" FROM "CreditBalance" WHERE "workspaceId" = ${workspaceId}), 0) AS "balance",
      COALESCE((SELECT "held" FROM "CreditBalance" WHERE "workspaceId" = ${workspaceId}), 0) AS "held",
      (SELECT COALESCE(SUM("amount"), 0)::int FROM "CreditEntry" WHERE "workspaceId" = ${workspaceId}) AS "entries",
      (SELECT COALESCE(SUM("remaining"), 0)::int FROM "CreditGrant" WHERE "workspaceId" = ${workspaceId}) AS "remaining",
      (SELECT COALESCE(SUM("amount" - "captured"), 0)::int FROM "CreditHold"
        WHERE "workspaceId" = ${workspaceId} AND "closedAt" IS NULL) AS "openHolds",
      (SELECT COUNT(*)::int FROM (
        SELECT "balanceAfter" - "amount" - LAG("balanceAfter", 1, 0) OVER (ORDER BY "seq") AS "off" FROM "CreditEntry"
        WHERE "workspaceId" = ${workspaceId}
      ) e WHERE "off" <> 0) AS "broken"`,
  );
}
