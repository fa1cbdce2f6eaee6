// Writes what the workers report about their DNS resolver. Each worker overwrites it with its own report within half a minute.
import { Client } from 'pg';
import { findRuntime } from '../../scripts/runtime';
import { E2E_DATA_DIR } from './accounts';

export async function seedResolver(state: 'healthy' | 'denies_known'): Promise<void> {
  const runtime = await findRuntime(E2E_DATA_DIR);
  if (typeof runtime?.databaseUrl !== 'string') throw new Error('the product under test does not run');
  const client = new Client({ connectionString: runtime.databaseUrl, options: '-c TimeZone=UTC' });
  await client.connect();
  try {
    await client.query(`UPDATE "WorkerHeartbeat" SET "resolver" = $1, "resolverChosen" = false, "resolverCheckedAt" = now()`, [
      state,
    ]);
  } finally {
    await client.end();
  }
}
