// Call at the top of a test file. Every test file gets its own database, copied from the migrated template, and the code under test finds
// it through DATABASE_URL as in production. Files that run one after another in one process find it under one name, because settings are
// read once.
import { Client } from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { closeDatabase } from '@/lib/platform/db/transaction';
import { env } from '@/lib/platform/env';
import { closeListener } from '@/lib/platform/queue/listen';
import { TEMPLATE_DATABASE } from './names';

export function useTestDatabase(): void {
  const name = `test_${process.env.VITEST_POOL_ID ?? ''}`;

  beforeAll(async () => {
    await maintain(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await maintain(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
    const url = new URL(inject('postgresUrl'));
    url.pathname = `/${name}`;
    process.env.DATABASE_URL = url.toString();
    // Another file of the process may have read the settings before.
    Object.assign(env(), { DATABASE_URL: process.env.DATABASE_URL });
  });

  afterAll(async () => {
    await Promise.all([closeListener(), closeDatabase()]);
    await maintain(`DROP DATABASE ${name} WITH (FORCE)`);
  });
}

/** Two files can't copy the template at the same moment; the second one retries. */
async function maintain(sql: string): Promise<void> {
  const client = new Client(inject('postgresUrl'));
  await client.connect();
  try {
    for (let tries = 1; ; tries++) {
      try {
        await client.query(sql);
        return;
      } catch (error) {
        if (tries === 20 || !(error instanceof Error) || !error.message.includes('being accessed')) throw error;
      }
    }
  } finally {
    await client.end();
  }
}
