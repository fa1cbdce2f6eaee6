// Data written by earlier versions survives the migrations: nothing is lost, and every stored enum word is one of today's.
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { queryPgRows } from '@/lib/platform/db/rows';
import { GRADES } from '@/lib/verdict/grade';
import { NAME_SHAPES } from '@/lib/verdict/name-shape';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { ensureDatabase, migrate } from './migrate';

useTestDatabase();

const MIGRATIONS = 'prisma/migrations';
const STATUSES = ['uploading', 'parsing', 'ready', 'queued', 'running', 'paused', 'completed', 'cancelled', 'failed', 'expired'];
const idOf = (n: number, prefix: string): string => `${prefix}_01M8HFCYASYNSJJVA2ESK3${String(n).padStart(4, '0')}`;

let folder: string;
let client: Client;
let url: string;
let databases = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  const target = new URL(process.env.DATABASE_URL ?? '');
  target.pathname = `${target.pathname}_of_before_${++databases}`;
  url = target.toString();
  await ensureDatabase(url);
  client = new Client(url);
  await client.connect();
});
afterEach(async () => {
  await client.end();
  rmSync(folder, { recursive: true, force: true });
});

const all = (sql: string): Promise<unknown[]> => queryPgRows(z.unknown(), client, { text: sql });

/** Migrates the database to its state before the named migration. */
async function migrateToBefore(name: string): Promise<void> {
  for (const dir of readdirSync(MIGRATIONS)) {
    if (dir < name || dir.endsWith('.toml')) cpSync(join(MIGRATIONS, dir), join(folder, dir), { recursive: true });
  }
  await migrate(url, folder);
}

test('lists of each state keep their rows, money, events and jobs under their new ids and words', async () => {
  await migrateToBefore('20261128100000');
  await client.query(`INSERT INTO "Workspace" (id, name) VALUES ('w', 'w')`);
  await client.query(`INSERT INTO "ApiKey" (id, "workspaceId", name, mode, "keyHash", last4, scopes)
    VALUES ('k', 'w', 'k', 'live', 'h', 'p', '{jobs:read,jobs:write,credits:read}')`);
  for (const [n, state] of STATUSES.entries()) {
    const id = idOf(n, 'job');
    await client.query(
      `INSERT INTO "List" (id, "workspaceId", source, name, state, rows) VALUES ($1, 'w', 'upload', 'job_1', $2, 1)`,
      [id, state],
    );
    await client.query(`INSERT INTO "ListRow" ("listId", n, email, domain, kind, cells) VALUES ($1, 1, '', '', 0, '[]')`, [id]);
    await client.query(
      `INSERT INTO "CreditEntry" (id, "workspaceId", kind, amount, "sourceKey", "causeType", "causeId")
      VALUES ($1, 'w', 'grant', 5, $2, 'list', $3)`,
      [`e${n}`, `list:${id}:1`, id],
    );
    await client.query(`INSERT INTO "WebhookEvent" (id, "workspaceId", type, "sourceKey", data) VALUES ($1, 'w', $2, $3, '{}')`, [
      `v${n}`,
      ['job.ready', 'batch.completed', 'batch.failed'][n % 3],
      `job:${id}:ready`,
    ]);
    await client.query(`SELECT graphile_worker.add_job('plan-list', json_build_object('listId', $1::text), job_key := $2)`, [
      id,
      `plan:${id}`,
    ]);
  }
  await client.query(`INSERT INTO "Verification" (id, "workspaceId", source, email, reason, flags)
    VALUES ('ver_1', 'w', 'api', 'a@b.example', 'accept_all', '{"accept_all": true, "role": null}')`);
  await client.query(`INSERT INTO "WebhookEndpoint" (id, "workspaceId", url, "eventTypes", secret)
    VALUES ('h', 'w', 'https://a.example', '{job.ready,batch.failed,credits.low}', 's')`);

  await migrate(url);

  const ids = STATUSES.map((_status, n) => idOf(n, 'lst'));
  expect(await all(`SELECT id, status, name FROM "List" ORDER BY id`)).toEqual(
    STATUSES.map((status, n) => ({ id: ids[n], status, name: 'job_1' })),
  );
  expect(await all(`SELECT "listId" AS id FROM "ListRow" ORDER BY 1`)).toEqual(ids.map((id) => ({ id })));
  expect(await all(`SELECT "causeId" AS id, "sourceKey" AS key FROM "CreditEntry" ORDER BY 1`)).toEqual(
    ids.map((id) => ({ id, key: `list:${id}:1` })),
  );
  expect(await all(`SELECT "sourceKey" AS key FROM "WebhookEvent" ORDER BY 1`)).toEqual(
    ids.map((id) => ({ key: `list:${id}:ready` })),
  );
  expect(await all(`SELECT DISTINCT type FROM "WebhookEvent" ORDER BY 1`)).toEqual(
    ['list.completed', 'list.failed', 'list.ready'].map((type) => ({ type })),
  );
  expect(await all(`SELECT payload->>'listId' AS id, key FROM graphile_worker._private_jobs ORDER BY 1`)).toEqual(
    ids.map((id) => ({ id, key: `plan:${id}` })),
  );
  expect(await all(`SELECT reason, flags FROM "Verification"`)).toEqual([
    { reason: 'catch_all', flags: { catch_all: true, role: null } },
  ]);
  expect(await all(`SELECT "eventTypes" FROM "WebhookEndpoint"`)).toEqual([
    { eventTypes: ['list.ready', 'list.failed', 'credits.low'] },
  ]);
  expect(await all(`SELECT scopes FROM "ApiKey"`)).toEqual([{ scopes: ['lists:read', 'lists:write', 'credits:read'] }]);
  await expect(client.query(`UPDATE "CreditEntry" SET amount = 6`)).rejects.toThrow('append-only');
});

test('a list of each status becomes three rows without losing data, and its counts go on', async () => {
  await migrateToBefore('20261128110000');
  await client.query(`INSERT INTO "Workspace" (id, name) VALUES ('w', 'w')`);
  const ids = STATUSES.map((_status, n) => idOf(n, 'lst'));
  for (const [n, status] of STATUSES.entries()) {
    await client.query(
      `INSERT INTO "List" (id, "workspaceId", source, name, status, "pauseReason", failure, "fileName", format, "sizeBytes", "receivedBytes", "parsedBytes",
        encoding, delimiter, "hasHeader", columns, preview, "emailColumn", "askedColumn", rows, "unique", "exactDuplicates", "canonicalDuplicates",
        "syntaxInvalid", rejected, "severalAddresses", "knownRecent", "maxCredits", "startOnReady", run, "startMode", "creditCap", "holdId",
        reserved, processed, captured, released, "isPlanned", chunks, parts, "plannedRun", "storedRows", "storedBytes", "retentionDays", version)
      VALUES ($1, 'w', 'upload', 'l', $2, CASE WHEN $2 = 'paused' THEN 'by_customer' END, CASE WHEN $2 = 'failed' THEN 'an old word' END, 'f.csv', 'csv',
        3000000000, 2999999999, 5, 'utf-8', ';', true, '[{"name":"a"}]', '[{"line":2}]', 1, 'a', 20, 12, 1, 2, 3, 4, 5, 6, 11, true, $3, 'until_empty',
        9, 'hold', 2, 10, 7, 3, true, 4, 5, $3, 20, 4000000000, 30, 8)`,
      [ids[n], status, n < 3 ? 0 : 2],
    );
    await client.query(`INSERT INTO "ListTally" ("listId", reason, provider, rows, credits) VALUES ($1, 1, '', 7, 7)`, [ids[n]]);
    await client.query(
      `INSERT INTO "ListChunk" ("listId", run, no, rows, state, reserved) VALUES ($1, 2, 1, '{1,2}', 'running', 2)`,
      [ids[n]],
    );
  }

  await migrate(url);

  expect(
    await all(
      `SELECT id, status, "pauseReason", failure, "startedAt" IS NOT NULL AS ran, version >= 8 AS "isNoOlder" FROM "List" ORDER BY id`,
    ),
  ).toEqual(
    STATUSES.map((status, n) => ({
      ...{ id: ids[n], status, ran: n >= 3 },
      pauseReason: status === 'paused' ? 'by_customer' : null,
      failure: status === 'failed' ? 'internal_error' : null,
      isNoOlder: true,
    })),
  );
  const file = `"fileName", format, "sizeBytes", "receivedBytes", "parsedBytes", encoding, delimiter, "hasHeader", columns, preview, "emailColumn",
    "askedColumn", rows, "exactDuplicates", "canonicalDuplicates", "syntaxInvalid", rejected, "severalAddresses", "knownRecent", "storedRows", "storedBytes"`;
  expect(await all(`SELECT "listId", ${file} FROM "ListFile" ORDER BY 1`)).toEqual(
    ids.map((listId) => ({
      ...{ listId, fileName: 'f.csv', format: 'csv', sizeBytes: '3000000000', receivedBytes: '2999999999', parsedBytes: '5' },
      ...{ encoding: 'utf-8', delimiter: ';', hasHeader: true, columns: [{ name: 'a' }], preview: [{ line: 2 }], emailColumn: 1 },
      ...{
        askedColumn: 'a',
        rows: 20,
        exactDuplicates: 1,
        canonicalDuplicates: 2,
        syntaxInvalid: 3,
        rejected: 4,
        severalAddresses: 5,
      },
      ...{ knownRecent: 6, storedRows: 20, storedBytes: '4000000000' },
    })),
  );
  const run = `"unique", "maxCredits", "startOnReady", run, "startMode", "creditCap", "holdId", processed, released, "isPlanned", "plannedRun", chunks, parts`;
  expect(await all(`SELECT "listId", ${run} FROM "ListRun" ORDER BY 1`)).toEqual(
    ids.map((listId, n) => ({
      ...{ listId, unique: 12, maxCredits: 11, startOnReady: true, run: n < 3 ? 0 : 2, startMode: 'until_empty', creditCap: 9 },
      ...{ holdId: 'hold', processed: 10, released: 3, isPlanned: true, plannedRun: n < 3 ? 0 : 2, chunks: 4, parts: 5 },
    })),
  );
  // The captured and reserved credits are sums of the values from before the migration.
  expect(await all(`SELECT SUM(credits)::int AS captured FROM "ListTally" GROUP BY "listId"`)).toEqual(
    ids.map(() => ({ captured: 7 })),
  );
  expect(await all(`SELECT SUM(reserved)::int AS reserved FROM "ListChunk" GROUP BY "listId"`)).toEqual(
    ids.map(() => ({ reserved: 2 })),
  );
  await expect(client.query(`UPDATE "ListRun" SET processed = 13`)).rejects.toThrow('ListRun_counts_check');
  await expect(client.query(`UPDATE "List" SET status = 'nonsense'`)).rejects.toThrow('List_status_known');
  await client.query(`DELETE FROM "List"`);
  expect(await all(`SELECT 1 FROM "ListFile" UNION ALL SELECT 1 FROM "ListRun"`)).toEqual([]);
});

test('earlier checks have no input, and read as the stored address', async () => {
  await migrateToBefore('20261129090000');
  await client.query(`INSERT INTO "Workspace" (id, name) VALUES ('w', 'w')`);
  await client.query(
    `INSERT INTO "Verification" (id, "workspaceId", source, email) VALUES ('ver_1', 'w', 'api', 'a@example.com')`,
  );
  await migrate(url);
  expect(await all(`SELECT email, input, status FROM "Verification"`)).toEqual([
    { email: 'a@example.com', input: null, status: 'pending' },
  ]);
});

test('earlier catch-all answers read as uncertain, without a basis, and only grades are accepted', async () => {
  await migrateToBefore('20261129110000');
  await client.query(`INSERT INTO "Workspace" (id, name) VALUES ('w', 'w')`);
  await client.query(`INSERT INTO "Verification" (id, "workspaceId", source, email, status, reason)
    VALUES ('ver_1', 'w', 'api', 'a@b.example', 'risky', 'catch_all')`);
  await client.query(`INSERT INTO "Feedback" (id, "workspaceId", "addressKey", status, reason, outcome)
    VALUES ('fbk_1', 'w', 'k', 'risky', 'catch_all', 'delivered')`);

  await migrate(url);

  expect(await all(`SELECT grade, "gradeBasis" FROM "Verification"`)).toEqual([{ grade: null, gradeBasis: 0 }]);
  expect(await all(`SELECT grade, "domainKey", "nameShape" FROM "Feedback"`)).toEqual([
    { grade: null, domainKey: null, nameShape: null },
  ]);
  for (const grade of GRADES) await client.query(`UPDATE "Verification" SET grade = $1`, [grade]);
  for (const shape of NAME_SHAPES) await client.query(`UPDATE "Feedback" SET "nameShape" = $1`, [shape]);
  await expect(client.query(`UPDATE "Verification" SET grade = 'perhaps'`)).rejects.toThrow('Verification_grade_known');
  await expect(client.query(`UPDATE "Feedback" SET grade = 'perhaps'`)).rejects.toThrow('Feedback_grade_known');
  await expect(client.query(`UPDATE "Feedback" SET "nameShape" = 'shape'`)).rejects.toThrow('Feedback_nameShape_known');
});
