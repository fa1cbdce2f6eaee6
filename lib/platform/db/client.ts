// The connections of a process to the database, opened on first use: a pool with the Prisma client on it, and a small one for reading very
// many rows. Only stores and lib/platform may import it.
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool, TypeOverrides, types } from 'pg';
import { DATABASE_CONNECT_TIMEOUT_MS } from '../limits';
import { env } from '../env';
import { log } from '../log';
import { type Prisma, PrismaClient } from './_prisma/client';

/** Connections that a process may hold. The worker's queue has its own pool. */
const POOL_SIZE = 12;
/** Reconnecting costs more than a whole statement, so a connection outlasts the pauses between occasional calls. */
const IDLE_MS = 300_000;
/** Column defaults use the session's clock, and columns without a time zone hold UTC. */
const SESSION = '-c TimeZone=UTC';

const ROW_POOL_SIZE = 4;
const ROWS_CONNECT_TIMEOUT_MS = 10_000;
const ROWS_STATEMENT_TIMEOUT_MS = 60_000;
/** A window of rows is small, so parallel workers or JIT compilation would cost more than they save. */
const ROWS_SESSION = `${SESSION} -c max_parallel_workers_per_gather=0 -c jit=off`;

/**
 * A statement that begins with this is prepared once per connection and kept there, which saves parsing and planning it again. It is meant
 * for the calls that customers wait for. The text must always be the same, apart from a few variants. PostgreSQL may plan it for any
 * values, so a statement whose best plan depends on its values must not use it.
 */
const KEPT = '/* kept */';

/** Undefined for a statement that is not kept. */
function statementName(names: Map<string, string>, sql: string): string | undefined {
  if (!sql.startsWith(KEPT)) return undefined;
  const name = names.get(sql) ?? `kept_${names.size}`;
  names.set(sql, name);
  return name;
}

/** Allows for bursts: hundreds of requests that spend at the same moment queue up for one balance. */
const TRANSACTION = { maxWait: DATABASE_CONNECT_TIMEOUT_MS, timeout: 15_000 } as const;

export type Db = PrismaClient;
/** A client or an open transaction. Store functions that can join one take it as their last argument. */
export type Tx = Prisma.TransactionClient;

interface Connections {
  pool: Pool;
  client: PrismaClient;
  /** The names of kept statements. A name means the same statement on every connection of the pool, whoever runs it. */
  names: Map<string, string>;
}

declare global {
  // Next reloads modules in development and loads them more than once in production; both share these connections.
  var emailVerifierDb: Connections | undefined;
  var emailVerifierRowPool: Pool | undefined;
}

const connections = (): Connections => (globalThis.emailVerifierDb ??= open());

export const db = (): Db => connections().client;

function open(): Connections {
  const pool = new Pool({
    connectionString: databaseUrl(),
    max: POOL_SIZE,
    connectionTimeoutMillis: DATABASE_CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_MS,
    options: SESSION,
  });
  pool.on('error', (error) => log('database').warn({ error: error.message }, 'an idle connection was lost'));
  const names = new Map<string, string>();
  // Prisma leaves the name out if it is empty.
  const adapter = new PrismaPg(pool, { statementNameGenerator: ({ sql }) => statementName(names, sql) ?? '' });
  return { pool, client: new PrismaClient({ adapter, transactionOptions: TRANSACTION }), names };
}

/** Runs one statement that is its own transaction without Prisma, which takes about as long again for each (docs/measurements.md). */
export async function queryPool({ text, values }: Prisma.Sql): Promise<unknown[]> {
  const { pool, names } = connections();
  const { rows }: { rows: unknown[] } = await pool.query({
    name: statementName(names, text),
    text,
    values: values.map((value) => (value instanceof Date ? value.toISOString() : value)),
    types: VALUES,
  });
  return rows;
}

/** Values as Prisma returns them: a time without a zone is UTC. */
const VALUES = new TypeOverrides();
VALUES.setTypeParser(types.builtins.TIMESTAMP, (text) => new Date(`${text.replace(' ', 'T')}Z`));
VALUES.setTypeParser(types.builtins.DATE, (text) => new Date(text));
VALUES.setTypeParser(types.builtins.INT8, BigInt);

/**
 * Plain connections: Prisma converts every value, which a million rows do not need. Pages and API calls still find a free connection,
 * however many exports run.
 */
export const rowPool = (): Pool => (globalThis.emailVerifierRowPool ??= openRowPool());

function openRowPool(): Pool {
  const pool = new Pool({
    connectionString: databaseUrl(),
    max: ROW_POOL_SIZE,
    connectionTimeoutMillis: ROWS_CONNECT_TIMEOUT_MS,
    statement_timeout: ROWS_STATEMENT_TIMEOUT_MS,
    application_name: 'email-verifier rows',
    options: ROWS_SESSION,
    allowExitOnIdle: true,
  });
  pool.on('error', (error) => log('rows').warn({ error: error.message }, 'an idle connection was lost'));
  return pool;
}

/** Ends all connections; for programs about to exit, and for tests. */
export async function closeDb(): Promise<void> {
  const { emailVerifierDb: open, emailVerifierRowPool: rows } = globalThis;
  globalThis.emailVerifierDb = undefined;
  globalThis.emailVerifierRowPool = undefined;
  await Promise.all([open?.client.$disconnect().then(() => open.pool.end()), rows?.end()]);
}

export function databaseUrl(): string {
  const url = env().DATABASE_URL;
  if (url === undefined)
    throw new Error('DATABASE_URL is not set. `npm start` sets it for its processes; a part that runs alone has to be told.');
  return url;
}
