// Two tiers: `db`, the files that call for PostgreSQL themselves, and `unit`, all others. No PostgreSQL is started for `unit`, so a
// file that gets at one on a way that is not seen here fails and says so.
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
const ROOMS = ['app', 'components', 'lib', 'worker', 'cli', 'scripts', 'simulators', 'tests'];
const NOT_OURS = /^tests\/(e2e|mta)\//;
const CALLS_FOR_POSTGRES = /\b(useTestDatabase|startPostgres)\(|inject\('postgresUrl'\)/;

const files = ROOMS.flatMap((room) =>
  readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).map((path) => `${room}/${path.replaceAll('\\', '/')}`),
).filter((path) => /\.test\.tsx?$/.test(path) && !NOT_OURS.test(path));

const callsForPostgres = (path: string): boolean => CALLS_FOR_POSTGRES.test(readFileSync(join(ROOT, path), 'utf8'));
/** Next's folder names have brackets and parentheses, which mean something in a pattern. */
const asPattern = (path: string): string => path.replaceAll(/[()[\]{}!*?@+|]/g, String.raw`\$&`);

export default defineConfig({
  resolve: {
    alias: {
      '@': ROOT,
      'server-only': fileURLToPath(new URL('tests/server-only.ts', import.meta.url)),
    },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: files.filter((path) => !callsForPostgres(path)).map(asPattern),
          // Files share what they import: loading it anew for each took a quarter of the time.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: files.filter(callsForPostgres).map(asPattern),
          globalSetup: ['tests/database/global-setup.ts'],
        },
      },
    ],
    globalSetup: ['tests/bundle-programs.ts'],
    setupFiles: ['tests/patience.ts'],
    env: { APP_MODE: 'local', AUTH_SECRET: 'a-secret-for-tests-only-0123456789' },
    // They end what hangs; nothing is measured by them, so that a busy machine fails no test.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    // Mostly waits for PostgreSQL and sockets, so that two files at once are worth it on two cores too.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    restoreMocks: true,
  },
});
