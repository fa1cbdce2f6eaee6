// The one Prisma client of a process, made at first use. Only files of lib/data and lib/queue may import it.
import { PrismaPg } from '@prisma/adapter-pg';
import { env } from '@/lib/env';
import { type Prisma, PrismaClient } from './_prisma/client';

/** Connections a process may hold; the worker's queue has a pool of its own. */
const POOL_SIZE = 12;
/** Column defaults use the session's clock; columns without a zone hold UTC. */
const SESSION = '-c TimeZone=UTC';
/** A burst waits for its turn: hundreds that spend at the same moment queue up at one balance. */
const TRANSACTION = { maxWait: 20_000, timeout: 15_000 } as const;

export type Db = PrismaClient;
/** A client or an open transaction: data functions that can join one take it as their last argument. */
export type Tx = Prisma.TransactionClient;

declare global {
  // Next reloads modules in development; the client must survive that.
  var emailVerifierDb: PrismaClient | undefined;
}

export function db(): Db {
  globalThis.emailVerifierDb ??= new PrismaClient({
    adapter: new PrismaPg({ connectionString: databaseUrl(), max: POOL_SIZE, options: SESSION }),
    transactionOptions: TRANSACTION,
  });
  return globalThis.emailVerifierDb;
}

/** Ends all connections; for programs that stop and for tests. */
export async function closeDb(): Promise<void> {
  await globalThis.emailVerifierDb?.$disconnect();
  globalThis.emailVerifierDb = undefined;
}

export function databaseUrl(): string {
  const url = env().DATABASE_URL;
  if (url === undefined) throw new Error('DATABASE_URL is not set; `npm start` sets it for its processes.');
  return url;
}
