// The ledger's books side by side, for checks that they agree: entries, grants and holds against the guarded balance.
import { db } from './_client';
import type { Scope } from './scope';

export interface LedgerAudit {
  balance: number;
  held: number;
  /** Sum of all entries; must equal the balance. */
  entries: number;
  /** Sum of what remains of all grants; must equal the balance. */
  remaining: number;
  /** Sum of what open holds still hold; must equal `held`. */
  openHolds: number;
}

/** One statement: all five are of the same moment. */
export async function auditLedger({ workspaceId }: Scope): Promise<LedgerAudit> {
  const rows = await db().$queryRaw<LedgerAudit[]>`
    SELECT
      COALESCE((SELECT "balance" FROM "CreditBalance" WHERE "workspaceId" = ${workspaceId}), 0) AS "balance",
      COALESCE((SELECT "held" FROM "CreditBalance" WHERE "workspaceId" = ${workspaceId}), 0) AS "held",
      (SELECT COALESCE(SUM("amount"), 0)::int FROM "CreditEntry" WHERE "workspaceId" = ${workspaceId}) AS "entries",
      (SELECT COALESCE(SUM("remaining"), 0)::int FROM "CreditGrant" WHERE "workspaceId" = ${workspaceId}) AS "remaining",
      (SELECT COALESCE(SUM("amount" - "captured"), 0)::int FROM "CreditHold"
        WHERE "workspaceId" = ${workspaceId} AND "closedAt" IS NULL) AS "openHolds"`;
  const [audit] = rows;
  if (!audit) throw new Error('the audit of the ledger gave no row');
  return audit;
}
