// What an API key may spend in a calendar month and what it has: charged this month, and held by work that still runs. Exact
// where the balance row is locked first, since every hold and every charge of the workspace takes that lock.
import { db, type Tx } from './_client';
import type { Scope } from './scope';

export interface KeyBudget {
  cap: number;
  /** Charged this month, UTC. */
  spent: number;
  held: number;
}

/** Null where the key has no cap. */
export async function findKeyBudget({ workspaceId }: Scope, apiKeyId: string, tx: Tx): Promise<KeyBudget | null> {
  const rows = await tx.$queryRaw<KeyBudget[]>`
    SELECT k."monthlyCreditCap" AS "cap",
      COALESCE((SELECT m."credits" FROM "ApiKeyMonth" m
        WHERE m."apiKeyId" = k."id" AND m."month" = to_char(timezone('UTC', now()), 'YYYY-MM')), 0) AS "spent",
      (SELECT COALESCE(SUM(h."amount" - h."captured"), 0)::int FROM "CreditHold" h
        WHERE h."apiKeyId" = k."id" AND h."closedAt" IS NULL) AS "held"
    FROM "ApiKey" k WHERE k."id" = ${apiKeyId} AND k."workspaceId" = ${workspaceId} AND k."monthlyCreditCap" IS NOT NULL`;
  return rows[0] ?? null;
}

const KEYS_MAX = 10_000;

/** What each key was charged this month, by its id; keys that were charged nothing are not there. */
export async function listKeySpend({ workspaceId }: Scope): Promise<ReadonlyMap<string, number>> {
  const rows = await db().$queryRaw<{ apiKeyId: string; credits: number }[]>`
    SELECT "apiKeyId", "credits" FROM "ApiKeyMonth"
    WHERE "workspaceId" = ${workspaceId} AND "month" = to_char(timezone('UTC', now()), 'YYYY-MM')
    ORDER BY "credits" DESC LIMIT ${KEYS_MAX}`;
  return new Map(rows.map((row) => [row.apiKeyId, row.credits]));
}
