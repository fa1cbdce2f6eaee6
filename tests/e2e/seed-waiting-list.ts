// A list that waits for a server, which would otherwise take an hour to get: nine verdicts, and one address that is asked again later.
import { Client } from 'pg';
import { findRuntime } from '../../scripts/runtime';
import { E2E_DATA_DIR } from './accounts';

const LIST_ID = (): string => `lst_${Date.now().toString().padStart(26, '0')}`;

const SEED = [
  `INSERT INTO "List" ("id", "workspaceId", "source", "name", "status", "startedAt")
   SELECT $1, "id", 'paste', 'Waits for a server', 'running', timezone('UTC', now())
   FROM "Workspace" WHERE "id" = (SELECT m."workspaceId" FROM "Membership" m JOIN "User" u ON u."id" = m."userId" WHERE u."email" = $2)`,
  `INSERT INTO "ListFile" ("listId", "rows", "columns", "emailColumn") VALUES ($1, 10, '[{"name":"email","emailShare":1}]', 0)`,
  `INSERT INTO "ListRun" ("listId", "unique", "maxCredits", "processed", "run", "plannedRun", "isPlanned", "chunks", "startMode")
   VALUES ($1, 10, 10, 9, 1, 1, true, 1, 'full')`,
  `INSERT INTO "ListRow" ("listId", "n", "email", "domain", "kind", "cells")
   SELECT $1, n, 'person' || n || '@slow.example', 'slow.example', 0, json_build_array('person' || n || '@slow.example')::text
   FROM generate_series(1, 10) n`,
  `INSERT INTO "ListResult" ("listId", "n", "workspaceId", "email", "domain", "reason", "flags", "checkedAt", "part")
   SELECT r."listId", r."n", l."workspaceId", r."email", r."domain", 10, 0, timezone('UTC', now()), 1
   FROM "ListRow" r JOIN "List" l ON l."id" = r."listId" WHERE r."listId" = $1 AND r."n" < 10`,
  `INSERT INTO "ListTally" ("listId", "reason", "provider", "rows") VALUES ($1, 10, '', 9)`,
  `INSERT INTO "ListRetry" ("listId", "n", "attempt", "dueAt") VALUES ($1, 10, 1, timezone('UTC', now()) + interval '1 hour')`,
  `INSERT INTO "ListChunk" ("listId", "run", "no", "rows", "lane", "notBefore")
   VALUES ($1, 1, 1, '{10}', 'retry', timezone('UTC', now()) + interval '1 hour')`,
];

/** Returns its id. */
export async function seedWaitingList(email: string): Promise<string> {
  const runtime = await findRuntime(E2E_DATA_DIR);
  if (typeof runtime?.databaseUrl !== 'string') throw new Error('the product under test is not running');
  const client = new Client({ connectionString: runtime.databaseUrl });
  await client.connect();
  const id = LIST_ID();
  try {
    for (const statement of SEED) await client.query(statement, statement.includes('$2') ? [id, email] : [id]);
  } finally {
    await client.end();
  }
  return id;
}
