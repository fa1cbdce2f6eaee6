// Applies prisma/migrations with nothing but a PostgreSQL connection, then the queue's own schema. The result is the same as that of
// `prisma migrate deploy` (same table, same checksums, same lock), so both can be used on one database.
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger, runMigrations } from 'graphile-worker';
import { Client, escapeIdentifier } from 'pg';
import { z } from 'zod';

const PRISMA_LOCK_ID = 72_707_369;
const HISTORY_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

/** Creates the database named in the URL when it does not exist. */
export async function ensureDatabase(url: string): Promise<void> {
  const target = new URL(url);
  const name = decodeURIComponent(target.pathname.slice(1));
  target.pathname = '/postgres';
  target.search = '';
  await withClient(target.toString(), async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount !== 0) return;
    await client.query(`CREATE DATABASE ${escapeIdentifier(name)} ENCODING 'UTF8' TEMPLATE template0`).catch((error: unknown) => {
      if (!isTaken(error)) throw error;
    });
  });
}

/** Another process created it at the same moment. 42P04: duplicate database; 23505: the same, reported by the catalog's index. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '42P04' || error.code === '23505');
}

/** Applies the missing migrations and returns their names. A failed migration is rolled back, recorded and thrown. */
export async function migrate(url: string, folder = 'prisma/migrations'): Promise<string[]> {
  return withClient(url, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK_ID]);
    await client.query(HISTORY_TABLE);
    const done = await readHistory(client);
    const names: string[] = [];
    for (const name of listMigrations(folder)) {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      const checksum = createHash('sha256').update(sql).digest('hex');
      const known = done.get(name);
      if (known === undefined) {
        await apply(client, { name, sql, checksum });
        names.push(name);
      } else if (known !== checksum) {
        throw new Error(`The migration ${name} was edited after it was applied.`);
      }
    }
    // Under the same lock, because concurrent runs of the queue's own migrations don't wait for each other.
    await runMigrations({ connectionString: url, logger: silentLogger() });
    return names;
  });
}

const AppliedMigration = z.object({ name: z.string(), checksum: z.string(), finished: z.boolean() });

async function readHistory(client: Client): Promise<Map<string, string>> {
  const found = await client.query(
    'SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  const rows = z.array(AppliedMigration).parse(found.rows);
  const failed = rows.find((row) => !row.finished);
  if (failed) throw new Error(`The migration ${failed.name} failed earlier; resolve it with: npm run prisma -- migrate resolve`);
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

function listMigrations(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function apply(client: Client, migration: { name: string; sql: string; checksum: string }): Promise<void> {
  const id = randomUUID();
  await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [
    id,
    migration.checksum,
    migration.name,
  ]);
  try {
    // The simple protocol runs all statements of a script in one implicit transaction, as Prisma's engine does.
    await client.query(migration.sql);
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    await client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [id, String(error)]);
    throw new Error(`The migration ${migration.name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  await client.query('UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1', [id]);
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function silentLogger() {
  return new Logger(() => () => undefined);
}
