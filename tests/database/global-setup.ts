// One embedded PostgreSQL for the whole test run, and a migrated template database that each test file copies.
import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../scripts/embedded-postgres';
import { ensureDatabase, migrate } from '../../scripts/migrate';
import { TEMPLATE_DATABASE } from './names';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'email-verifier-test-'));
  chmodSync(folder, 0o755);
  const postgres = await startPostgres({ dataDir: join(folder, 'pg'), password: 'test', fast: true });
  const template = postgres.url(TEMPLATE_DATABASE);
  await ensureDatabase(template);
  await migrate(template);
  project.provide('postgresUrl', postgres.url('postgres'));
  // A run that a signal ends gets no teardown.
  const end = () => {
    postgres.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', end);
  return async () => {
    process.off('exit', end);
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
