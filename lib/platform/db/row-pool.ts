// Plain connections for reading very many rows: Prisma converts every value, which a million rows do not need. The pool is separate so
// that pages and API calls still find a free connection however many exports run.
import { Pool } from 'pg';
import { log } from '../log';
import { databaseUrl } from './client';

const POOL_SIZE = 4;
const CONNECT_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 60_000;
/** A window of rows is small, so parallel workers or JIT compilation would cost more than they save. */
const SESSION = '-c TimeZone=UTC -c max_parallel_workers_per_gather=0 -c jit=off';

declare global {
  // Next reloads modules in development; the pool must survive that.
  var emailVerifierRowPool: Pool | undefined;
}

export function rowPool(): Pool {
  globalThis.emailVerifierRowPool ??= open();
  return globalThis.emailVerifierRowPool;
}

/** Ends all its connections; for programs about to exit, and for tests. */
export async function closeRowPool(): Promise<void> {
  const pool = globalThis.emailVerifierRowPool;
  globalThis.emailVerifierRowPool = undefined;
  await pool?.end();
}

function open(): Pool {
  const pool = new Pool({
    connectionString: databaseUrl(),
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'email-verifier rows',
    options: SESSION,
    allowExitOnIdle: true,
  });
  pool.on('error', (error) => log('rows').warn({ error: error.message }, 'an idle connection was lost'));
  return pool;
}
