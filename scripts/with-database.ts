// For commands that need the database: uses DATABASE_URL, else that of the instance running on this folder, else the embedded PostgreSQL,
// started for as long as the command runs.
import { join } from 'node:path';
import { parseEnv } from '../lib/platform/env';
import { ensureDatabase, migrate } from './migrate';
import { DATABASE_NAME, findRuntimeDatabase, keepSecrets } from './runtime';

export async function withDatabase(work: () => Promise<void>): Promise<void> {
  const settings = parseEnv(process.env);
  if (settings.DATABASE_URL !== undefined) {
    await migrate(settings.DATABASE_URL);
    return work();
  }
  const sayWaiting = () => console.error('Email Verifier is starting on this folder; waiting for its database …');
  const databaseUrl = await findRuntimeDatabase(settings.DATA_DIR, sayWaiting);
  if (databaseUrl !== null) {
    process.env.DATABASE_URL = databaseUrl;
    return work();
  }
  const { postgresPassword } = keepSecrets(settings.DATA_DIR);
  // Loaded only here, because it is not needed where DATABASE_URL is set.
  const { startPostgres } = await import('./embedded-postgres');
  const postgres = await startPostgres({ dataDir: join(settings.DATA_DIR, 'pg'), password: postgresPassword });
  try {
    process.env.DATABASE_URL = postgres.url(DATABASE_NAME);
    await ensureDatabase(process.env.DATABASE_URL);
    await migrate(process.env.DATABASE_URL);
    await work();
  } finally {
    await postgres.stop();
  }
}
