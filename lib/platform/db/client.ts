// The one Prisma client of a process, created on first use. Only stores and lib/platform may import it.
import { PrismaPg } from '@prisma/adapter-pg';
import { DATABASE_CONNECT_TIMEOUT_MS } from '../limits';
import { env } from '../env';
import { type Prisma, PrismaClient } from './_prisma/client';

/** Connections that a process may hold. The worker's queue has its own pool. */
const POOL_SIZE = 12;
/** Column defaults use the session's clock, and columns without a time zone hold UTC. */
const SESSION = '-c TimeZone=UTC';
/**
 * A statement that begins with this is prepared once per connection and kept there, which saves parsing and planning it again. It is meant
 * for the calls that customers wait for. The text must always be the same, apart from a few variants. PostgreSQL may plan it for any
 * values, so a statement whose best plan depends on its values must not use it.
 */
const KEPT = '/* kept */';
const keptNames = new Map<string, string>();

/** Returns '' for a statement that is not kept. */
function statementName({ sql }: { sql: string }): string {
  if (!sql.startsWith(KEPT)) return '';
  const name = keptNames.get(sql) ?? `kept_${keptNames.size}`;
  keptNames.set(sql, name);
  return name;
}

/** Allows for bursts: hundreds of requests that spend at the same moment queue up for one balance. */
const TRANSACTION = { maxWait: DATABASE_CONNECT_TIMEOUT_MS, timeout: 15_000 } as const;

export type Db = PrismaClient;
/** A client or an open transaction. Store functions that can join one take it as their last argument. */
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
