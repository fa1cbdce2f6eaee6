// The one Prisma client of a process, created on first use. Only stores and lib/platform may import it.
import { PrismaPg } from '@prisma/adapter-pg';
import { DATABASE_CONNECT_TIMEOUT_MS } from '../limits';
import { env } from '../env';
import { type Prisma, PrismaClient } from './_prisma/client';

/** Connections a process may hold; the worker's queue has its own pool. */
const POOL_SIZE = 12;
/** Column defaults use the session's clock; columns without a time zone hold UTC. */
const SESSION = '-c TimeZone=UTC';
/**
 * A statement that begins with this is prepared once a connection and kept there, which saves reading and planning it again: for those
 * of calls that customers wait for. Its text must be the same each time but for a few variants. PostgreSQL may plan it for any values,
 * so a statement whose best plan depends on them goes without.
 */
const KEPT = '/* kept */';
const keptNames = new Map<string, string>();

/** '' for a statement that is forgotten. */
function statementName({ sql }: { sql: string }): string {
  if (!sql.startsWith(KEPT)) return '';
  const name = keptNames.get(sql) ?? `kept_${keptNames.size}`;
  keptNames.set(sql, name);
  return name;
}

/** A burst waits its turn: hundreds of requests that spend at the same moment queue up for one balance. */
const TRANSACTION = { maxWait: DATABASE_CONNECT_TIMEOUT_MS, timeout: 15_000 } as const;

export type Db = PrismaClient;
/** A client or an open transaction: store functions that can join one take it as their last argument. */
export type Tx = Prisma.TransactionClient;

declare global {
  // Next reloads modules in development; the client must survive that.
  var emailVerifierDb: PrismaClient | undefined;
}

export function db(): Db {
  globalThis.emailVerifierDb ??= new PrismaClient({
    adapter: new PrismaPg(
      {
        connectionString: databaseUrl(),
        max: POOL_SIZE,
        connectionTimeoutMillis: DATABASE_CONNECT_TIMEOUT_MS,
        options: SESSION,
      },
      { statementNameGenerator: statementName },
    ),
    transactionOptions: TRANSACTION,
  });
  return globalThis.emailVerifierDb;
}

/** Ends all connections; for programs about to exit, and for tests. */
export async function closeDb(): Promise<void> {
  await globalThis.emailVerifierDb?.$disconnect();
  globalThis.emailVerifierDb = undefined;
}

export function databaseUrl(): string {
  const url = env().DATABASE_URL;
  if (url === undefined)
    throw new Error('DATABASE_URL is not set. `npm start` sets it for its processes; a part that runs alone has to be told.');
  return url;
}
