// How fast a list is exported, and in how much memory. A list of the given size is written straight into a scratch database, then a
// separate process opens each export and discards its bytes. Rows a second include reading, joining, transforming and, for XLSX,
// compressing. Run: npm run bench -- export [--rows 10000,100000,1000000] [--formats csv,jsonl,xlsx]
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { z } from 'zod';
import { startPostgres } from '../scripts/embedded-postgres';
import { ensureDatabase, migrate } from '../scripts/migrate';
import { machine } from './world/machine';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '10000,100000,1000000' }, formats: { type: 'string', default: 'csv,jsonl,xlsx' } },
});

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
chmodSync(folder, 0o755);
const postgres = await startPostgres({ dataDir: join(folder, 'pg'), password: 'bench' });
try {
  const url = postgres.url('bench');
  await ensureDatabase(url);
  await migrate(url);
  const client = new Client(url);
  await client.connect();
  const figures: unknown[] = [];
  for (const rows of values.rows.split(',').map(Number)) {
    const listId = await seed(client, rows);
    for (const format of values.formats.split(',')) figures.push({ rows, ...measure(url, listId, format) });
  }
  await client.end();
  console.log(JSON.stringify({ bench: 'export', figures, ...machine() }));
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Four columns as customers have them; every tenth row is a duplicate of the one before. */
async function seed(client: Client, rows: number): Promise<string> {
  const id = `lst_${String(rows).padStart(26, '0')}`;
  await client.query(`INSERT INTO "Workspace" ("id", "name") VALUES ('ws_bench', 'Bench') ON CONFLICT DO NOTHING`);
  await client.query(
    `WITH list AS (
       INSERT INTO "List" ("id", "workspaceId", "source", "name", "status") VALUES ($1, 'ws_bench', 'upload', 'Bench', 'completed') RETURNING "id"
     ), file AS (INSERT INTO "ListFile" ("listId", "rows", "columns") SELECT "id", $2::int, $3::jsonb FROM list)
     INSERT INTO "ListRun" ("listId", "unique", "processed") SELECT "id", $2::int, $2::int FROM list`,
    [id, rows, JSON.stringify(['email', 'name', 'company', 'signed up'].map((name) => ({ name, emailShare: 0 })))],
  );
  await client.query(
    `INSERT INTO "ListRow" ("listId", "n", "email", "domain", "kind", "first", "cells")
     SELECT $1, n, 'person' || n || '@company' || n % 1000 || '.example', 'company' || n % 1000 || '.example',
       CASE WHEN n % 10 = 0 THEN 1 ELSE 0 END, CASE WHEN n % 10 = 0 THEN n - 1 END,
       json_build_array('person' || n || '@company' || n % 1000 || '.example', 'Person No. ' || n, 'Company "' || n % 1000 || '", Inc.', '2026-01-01')::text
     FROM generate_series(1, $2::int) n`,
    [id, rows],
  );
  await client.query(
    `INSERT INTO "ListResult" ("listId", "n", "workspaceId", "email", "domain", "reason", "score", "flags", "provider", "mxHost", "checkedAt", "part")
     SELECT "listId", "n", 'ws_bench', "email", "domain", (ARRAY[1, 1, 1, 10, 20, 25, 40])[1 + n % 7], n % 100, n % 65536, 'provider-' || n % 20,
       'mx.' || "domain", timezone('UTC', now()), 1
     FROM "ListRow" WHERE "listId" = $1 AND "first" IS NULL`,
    [id],
  );
  await client.query('ANALYZE "ListRow"; ANALYZE "ListResult"');
  return id;
}

function measure(url: string, listId: string, format: string): Record<string, unknown> {
  const args = ['--import', 'tsx', 'bench/clients/export-client.ts', listId, format];
  const line = execFileSync(process.execPath, args, { env: { ...process.env, DATABASE_URL: url }, encoding: 'utf8' });
  return z.record(z.string(), z.unknown()).parse(JSON.parse(line));
}
