// What must hold for a list and its money when everything is over, read from the tables themselves. Each query counts violations.
import { Client } from 'pg';
import { z } from 'zod';
import { CHARGED_REASONS } from '@/lib/credits/rules/ledger';
import { ROW_KIND } from '@/lib/lists/rules/list';
import { queryPgRows } from '@/lib/platform/db/rows';
import { codesOfReason } from '@/lib/verdict/verdict';

const Count = z.object({ count: z.string().nullable() });
const Figures = z.object({ unique: z.int(), captured: z.int(), results: z.int(), cached: z.int() });

export interface Audit {
  /** Violations by query; only zeros are right. */
  wrong: Record<string, number>;
  figures: z.infer<typeof Figures>;
  eventIds: string[];
}

const LIST = `(SELECT l."status", f."rows", r."unique", r."processed" FROM "List" l JOIN "ListFile" f ON f."listId" = l."id"
  JOIN "ListRun" r ON r."listId" = l."id" WHERE l."id" = $1)`;
const UNIQUE = `(SELECT * FROM "ListRow" WHERE "listId" = $1 AND "kind" = ${ROW_KIND.unique})`;
const RESULTS = `(SELECT * FROM "ListResult" WHERE "listId" = $1)`;
const CHARGED = CHARGED_REASONS.flatMap(codesOfReason).join(', ');
const CHARGED_IN_ALL = `(SELECT COALESCE(SUM("credits"), 0)::int FROM "ListTally" WHERE "listId" = $1)`;
const CAPTURES = `(SELECT COALESCE(-SUM("amount"), 0) FROM "CreditEntry" WHERE "kind" = 'capture' AND "causeId" = $1)`;

const QUESTIONS: Record<string, string> = {
  'the list is not completed': `SELECT COUNT(*) FROM ${LIST} l WHERE "status" <> 'completed'`,
  'unique rows without a verdict': `SELECT COUNT(*) FROM ${UNIQUE} r WHERE NOT EXISTS (SELECT 1 FROM ${RESULTS} x WHERE x."n" = r."n")`,
  'verdicts on rows that have none to get': `SELECT COUNT(*) FROM ${RESULTS} x WHERE NOT EXISTS (SELECT 1 FROM ${UNIQUE} r WHERE x."n" = r."n")`,
  'rows with more than one verdict': `SELECT COUNT(*) FROM (SELECT 1 FROM ${RESULTS} x GROUP BY "n" HAVING COUNT(*) > 1) t`,
  'rows charged otherwise than their reason says': `SELECT COUNT(*) FROM ${RESULTS} x
    WHERE "credits" <> CASE WHEN "reason" IN (${CHARGED}) AND NOT "cached" THEN 1 ELSE 0 END`,
  'results against the list’s count': `SELECT ABS((SELECT COUNT(*) FROM ${RESULTS} x) - l."processed") + ABS(l."processed" - l."unique") FROM ${LIST} l`,
  'tallies against results': `SELECT ABS((SELECT COALESCE(SUM("rows"), 0) FROM "ListTally" WHERE "listId" = $1)
    - (SELECT COUNT(*) FROM ${RESULTS} x))`,
  'captures against chargeable rows': `SELECT ABS((SELECT COALESCE(SUM("credits"), 0) FROM ${RESULTS} x) - ${CAPTURES})`,
  'captures against the list’s count': `SELECT ABS(${CHARGED_IN_ALL} - ${CAPTURES})`,
  'rows of the file': `SELECT ABS(l."rows" - (SELECT COUNT(*) FROM "ListRow" WHERE "listId" = $1)) FROM ${LIST} l`,
  'open holds': `SELECT COUNT(*) FROM "CreditHold" WHERE "workspaceId" = $2 AND "closedAt" IS NULL`,
  'credits held': `SELECT "held" FROM "CreditBalance" WHERE "workspaceId" = $2`,
  'the balance against the ledger': `SELECT ABS(b."balance" - (SELECT SUM("amount") FROM "CreditEntry" WHERE "workspaceId" = $2))
    FROM "CreditBalance" b WHERE "workspaceId" = $2`,
  'the balance against the grants': `SELECT ABS(b."balance" - (SELECT SUM("remaining") FROM "CreditGrant" WHERE "workspaceId" = $2))
    FROM "CreditBalance" b WHERE "workspaceId" = $2`,
  'chunks left': `SELECT COUNT(*) FROM "ListChunk" WHERE "listId" = $1`,
  'rows left to ask again': `SELECT COUNT(*) FROM "ListRetry" WHERE "listId" = $1`,
  'domains left to plan': `SELECT COUNT(*) FROM "ListDomain" WHERE "listId" = $1`,
  'evidence without its results': `SELECT COUNT(*) FROM ${RESULTS} x WHERE NOT "cached"
    AND NOT EXISTS (SELECT 1 FROM "ListEvidence" e WHERE e."listId" = $1 AND e."part" = x."part")`,
};

/** Moves the workspace to a plan whose daily free answers and kept rows do not limit this test. */
export async function allowMuch(databaseUrl: string, workspaceId: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`UPDATE "Workspace" SET "plan" = 'business' WHERE "id" = $1`, [workspaceId]);
  } finally {
    await client.end();
  }
}

export async function audit(
  databaseUrl: string,
  { listId, workspaceId }: { listId: string; workspaceId: string },
): Promise<Audit> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const wrong: Record<string, number> = {};
    // Every query uses both parameters, so that PostgreSQL can infer their types.
    for (const [name, sql] of Object.entries(QUESTIONS)) {
      const text = `SELECT (${sql})::text AS "count" WHERE $1::text IS NOT NULL AND $2::text IS NOT NULL`;
      const [row] = await queryPgRows(Count, client, { text, values: [listId, workspaceId] });
      wrong[name] = Number(row?.count ?? 1);
    }
    const [figures] = await queryPgRows(Figures, client, {
      text: `SELECT l."unique", ${CHARGED_IN_ALL} AS "captured", (SELECT COUNT(*)::int FROM ${RESULTS} x) AS "results",
        (SELECT COUNT(*)::int FROM ${RESULTS} x WHERE "cached") AS "cached" FROM ${LIST} l`,
      values: [listId],
    });
    const events = await queryPgRows(z.object({ id: z.string() }), client, {
      text: `SELECT "id" FROM "WebhookEvent" WHERE "workspaceId" = $1 AND "type" = 'list.completed'`,
      values: [workspaceId],
    });
    if (figures === undefined) throw new Error('the list is gone');
    return { wrong, figures, eventIds: events.map(({ id }) => id) };
  } finally {
    await client.end();
  }
}
