// A separate real PostgreSQL for a measurement, fully durable and migrated, and how much work it did.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { z } from 'zod';
import { startPostgres } from '../../scripts/embedded-postgres';
import { ensureDatabase, migrate } from '../../scripts/migrate';
import { cpuMsOf, processes } from './process-figures';

export interface DatabaseFigures {
  transactions: number;
  cpuMs: number;
}

export interface ScratchDatabase {
  url: string;
  query: (sql: string, values?: unknown[]) => Promise<unknown[]>;
  figures: () => Promise<DatabaseFigures>;
  close: () => Promise<void>;
}

const NAME = 'bench';

export async function startScratchDatabase(): Promise<ScratchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-lists-'));
  chmodSync(folder, 0o755);
  const dataDir = join(folder, 'pg');
  const postgres = await startPostgres({ dataDir, password: 'bench' });
  const url = postgres.url(NAME);
  await ensureDatabase(url);
  await migrate(url);
  const client = new Client({ connectionString: url });
  await client.connect();
  const query = async (sql: string, values: unknown[] = []): Promise<unknown[]> =>
    z.array(z.unknown()).parse((await client.query(sql, values)).rows);
  return {
    url,
    query,
    figures: async () => {
      await client.query('SELECT pg_stat_clear_snapshot()');
      const rows = await query(
        'SELECT xact_commit::int AS "transactions" FROM pg_stat_database WHERE datname = current_database()',
      );
      const { transactions } = z.object({ transactions: z.int() }).parse(rows[0]);
      return { transactions, cpuMs: cpuOf(postgres.port) };
    },
    close: async () => {
      await client.end();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** CPU time of the server and everything it started, including processes that have ended. */
function cpuOf(port: number): number {
  const server = processes().find(({ command }) => command.includes('postgres') && command.includes(` -p ${port} `));
  if (server === undefined) return 0;
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === server.pid);
  return [server.pid, ...children.map(Number)].reduce((sum, pid) => sum + cpuMsOf(pid), 0);
}

function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}
