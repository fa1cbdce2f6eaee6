// What the scheduled jobs of the ledger read and write over all workspaces, in bounded batches: who is due a monthly grant,
// and what remains of grants whose time is over.
import { newId } from '@/lib/ids';
import { db, type Tx } from './_client';
import { heldBeforeItsEnd } from './credits';
import { VISITORS_WORKSPACE_ID, type Scope } from './scope';

/** Workspaces of a plan without the grant of this period, by id after `afterId`. The house's own workspace gets none. */
export async function listWorkspacesDueGrant(
  plan: string,
  sourceKeySuffix: string,
  page: { afterId: string; take: number },
): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Workspace"
    WHERE "plan" = ${plan} AND "id" > ${page.afterId} AND "id" <> ${VISITORS_WORKSPACE_ID}
      AND NOT EXISTS (SELECT 1 FROM "CreditGrant" WHERE "sourceKey" = 'monthly:' || "Workspace"."id" || ':' || ${sourceKeySuffix})
    ORDER BY "id" LIMIT ${page.take}`;
  return rows.map((row) => row.id);
}

/** All workspaces, by id after `afterId`. */
export async function listWorkspaceIds(page: { afterId: string; take: number }): Promise<string[]> {
  const rows = await db().workspace.findMany({
    where: { id: { gt: page.afterId } },
    orderBy: { id: 'asc' },
    take: page.take,
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

/** Workspaces that have something left of an expired grant, by id after `afterId`. */
export async function listWorkspacesWithExpired(page: { afterId: string; take: number }): Promise<string[]> {
  const rows = await db().$queryRaw<{ workspaceId: string }[]>`
    SELECT DISTINCT "workspaceId" FROM "CreditGrant"
    WHERE "expiresAt" <= timezone('UTC', now()) AND "remaining" > 0 AND "workspaceId" > ${page.afterId}
    ORDER BY "workspaceId" LIMIT ${page.take}`;
  return rows.map((row) => row.workspaceId);
}

export interface ExpiredGrant {
  id: string;
  remaining: number;
  /** What holds from before its end still hold, of this grant or one that ended sooner. */
  heldBefore: number;
}

/** Expired grants with something left, soonest first. */
export async function listExpiredGrants({ workspaceId }: Scope, take: number, tx: Tx): Promise<ExpiredGrant[]> {
  return tx.$queryRaw<ExpiredGrant[]>`
    SELECT "id", "remaining", ${heldBeforeItsEnd} AS "heldBefore" FROM "CreditGrant"
    WHERE "workspaceId" = ${workspaceId} AND "expiresAt" <= timezone('UTC', now()) AND "remaining" > 0
    ORDER BY "expiresAt", "priority", "id" LIMIT ${take}`;
}

/** Books the loss of some of an expired grant. Call it with the balance row locked. */
export async function expireGrant(
  { workspaceId }: Scope,
  grant: { id: string; remaining: number; amount: number },
  tx: Tx,
): Promise<void> {
  // What remained before makes the key: a grant that was partly held expires in more than one step.
  const sourceKey = `expire:${grant.id}:${grant.remaining}`;
  await tx.$executeRaw`
    WITH booked AS (
      INSERT INTO "CreditEntry" ("id", "workspaceId", "kind", "amount", "sourceKey", "causeType", "causeId", "createdAt")
      VALUES (${newId('creditEntry')}, ${workspaceId}, 'expire', ${-grant.amount}, ${sourceKey}, 'expiry', ${grant.id},
        timezone('UTC', now()))
    ), spent AS (
      UPDATE "CreditGrant" SET "remaining" = "remaining" - ${grant.amount} WHERE "id" = ${grant.id} AND "workspaceId" = ${workspaceId}
    )
    UPDATE "CreditBalance" SET "balance" = "balance" - ${grant.amount} WHERE "workspaceId" = ${workspaceId}`;
}
