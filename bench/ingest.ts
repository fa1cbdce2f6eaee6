// How fast a file becomes a ready list, and in how much memory. A file of the given size streams into the services that the web uses, then
// the worker's task reads it, each in a separate process over a scratch database. Rows a second are the task's, from its start to `ready`.
// XLSX has a quarter of the rows. The exponent says how time grows with rows; 1 means in proportion. Run: npm run bench -- ingest [--rows
// 10000,100000,1000000] [--formats csv,xlsx]
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { z } from 'zod';
import { startPostgres } from '../scripts/embedded-postgres';
import { ensureDatabase, migrate } from '../scripts/migrate';
import { machine, round } from './world/machine';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '10000,100000,1000000' }, formats: { type: 'string', default: 'csv,xlsx' } },
});
const XLSX_SHARE = 1 / 4;

const figure = z.looseObject({ rows: z.number(), seconds: z.number() });
type Figure = z.infer<typeof figure>;

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
chmodSync(folder, 0o755);
const postgres = await startPostgres({ dataDir: join(folder, 'pg'), password: 'bench' });
try {
  const url = postgres.url('bench');
  await ensureDatabase(url);
  await migrate(url);
  const client = new Client(url);
  await client.connect();
  await client.query(`INSERT INTO "Workspace" ("id", "name") VALUES ('ws_bench', 'Bench')`);
  await client.query(`INSERT INTO "CreditBalance" ("workspaceId") VALUES ('ws_bench')`);
  await client.end();
  const runs = values.formats.split(',').map((format) => {
    const figures = values.rows
      .split(',')
      .map((rows) => measure(url, format, Number(rows) * (format === 'xlsx' ? XLSX_SHARE : 1)));
    return { format, exponents: exponents(figures), figures };
  });
  console.log(JSON.stringify({ bench: 'ingest', runs, ...machine() }));
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

function measure(url: string, format: string, rows: number): Figure {
  const run = (program: string, ...args: string[]): unknown => {
    const line = execFileSync(process.execPath, ['--import', 'tsx', `bench/clients/${program}.ts`, ...args], {
      env: { ...process.env, DATABASE_URL: url, LOG_LEVEL: 'warn' },
      encoding: 'utf8',
    });
    return JSON.parse(line);
  };
  const upload = z.looseObject({ listId: z.string() }).parse(run('upload-client', format, String(rows)));
  const { listId, ...web } = upload;
  return { ...figure.parse(run('ingest-client', listId)), web };
}

/** The exponent of time over rows, from each size to the next. */
function exponents(figures: readonly Figure[]): number[] {
  return figures.slice(1).flatMap((larger, at) => {
    const smaller = figures[at];
    return smaller ? [round(Math.log(larger.seconds / smaller.seconds) / Math.log(larger.rows / smaller.rows), 2)] : [];
  });
}
