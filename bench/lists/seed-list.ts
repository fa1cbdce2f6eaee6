// Creates a list as ingest leaves it, ready to start, generated in the database itself: a million rows in seconds. Also a workspace that
// can pay for it.
import { createWorkspace } from '@/lib/accounts/store/workspaces';
import type { Scope } from '@/lib/platform/scope';
import { inTransaction } from '@/lib/platform/db/transaction';
import { newId } from '@/lib/platform/ids';
import { grantCredits } from '@/lib/credits/grants';
import type { ScratchDatabase } from './scratch-database';

export async function seedWorkspace(credits: number): Promise<Scope> {
  return inTransaction(async (tx) => {
    const scope = await createWorkspace({ name: 'Bench', plan: 'business' }, tx);
    const grant = { kind: 'bench', amount: credits, sourceKey: `bench:${scope.workspaceId}`, expiresAt: null };
    await grantCredits(scope, grant, tx);
    return scope;
  });
}

export interface ListPlan {
  addresses: number;
  domains: number;
  /** Number of the first domain. */
  first?: number;
}

/** Addresses of bench/world/names.ts, going round the domains as in an unsorted file. */
export async function seedList(on: ScratchDatabase, { workspaceId }: Scope, plan: ListPlan): Promise<string> {
  const { addresses, domains, first = 0 } = plan;
  const id = newId('list');
  await on.query(
    `WITH list AS (
       INSERT INTO "List" ("id", "workspaceId", "source", "name", "status") VALUES ($1, $2, 'upload', 'Bench', 'ready') RETURNING "id"
     ), file AS (INSERT INTO "ListFile" ("listId", "rows") SELECT "id", $3::int FROM list)
     INSERT INTO "ListRun" ("listId", "unique", "maxCredits") SELECT "id", $3::int, $3::int FROM list`,
    [id, workspaceId, addresses],
  );
  await on.query(
    `INSERT INTO "ListRow" ("listId", "n", "email", "domain", "kind", "cells")
     SELECT $1, i + 1, CASE WHEN (i / $3) % 2 = 0 THEN 'user' ELSE 'nobody' END || i / $3 || '@' || t."domain", t."domain", 0, '[]'
     FROM generate_series(0, $2::int - 1) AS i CROSS JOIN LATERAL (SELECT 'well' || ($4::int + i % $3::int) || '.test' AS "domain") t`,
    [id, addresses, domains, first],
  );
  await on.query('ANALYZE "ListRow"');
  return id;
}
