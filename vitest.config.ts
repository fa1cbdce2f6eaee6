// Two tiers: `db`, the files that use PostgreSQL directly, and `unit`, all others. No PostgreSQL is started for `unit`, so a file that
// needs one in a way not detected here fails and says so. The files of a tier share their imports, since loading them again for each file
// takes a quarter of the time. Files that replace a module, change settings for good or turn the clock (ids never go back behind it) run
// isolated (`unit-alone`, `db-alone`); a file that puts settings back (tests/settings.ts) need not.
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
const ROOMS = ['app', 'components', 'content', 'lib', 'widget', 'worker', 'cli', 'scripts', 'simulators', 'tests'];
const NOT_OURS = /^tests\/(e2e|mta)\//;
const CALLS_FOR_POSTGRES = /\b(useTestDatabase|startPostgres)\(|inject\('postgresUrl'\)/;
const NEEDS_ITS_OWN_WORLD =
  /\bvi\.(mock|stubEnv|useFakeTimers)\(|\bprocess\.env\.\w+ = |\benv\(\)\.\w+ = |\bObject\.assign\(env\(\)|\bstartPostgres\(/;

const files = ROOMS.flatMap((room) =>
  readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).map((path) => `${room}/${path.replaceAll('\\', '/')}`),
).filter((path) => /\.test\.tsx?$/.test(path) && !NOT_OURS.test(path));

const source = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const db = files.filter((path) => CALLS_FOR_POSTGRES.test(source(path)));
const unit = files.filter((path) => !db.includes(path));
const isAlone = (path: string): boolean => NEEDS_ITS_OWN_WORLD.test(source(path));
/** Next's folder names contain brackets and parentheses, which are special in a glob pattern. */
const asPattern = (path: string): string => path.replaceAll(/[()[\]{}!*?@+|]/g, String.raw`\$&`);

const project = (
  name: string,
  paths: readonly string[],
  { isolate, globalSetup }: { isolate: boolean; globalSetup: string[] },
) => ({
  extends: true as const,
  test: { name, include: paths.map(asPattern), isolate, globalSetup },
});
const tier = (name: string, paths: readonly string[], globalSetup: string[]) => [
  project(
    name,
    paths.filter((path) => !isAlone(path)),
    { isolate: false, globalSetup },
  ),
  project(`${name}-alone`, paths.filter(isAlone), { isolate: true, globalSetup }),
];

/** They wait for servers and processes most of their time, so they run first, while lint and the build of `npm test` need the processors. */
const MOSTLY_WAITING = [
  'cli/verify.test.ts',
  'cli/hosted/hosted.test.ts',
  'worker/adapters/dns/hard-servers.test.ts',
  'worker/adapters/smtp/destinations/open-sessions.test.ts',
  'cli/asked-again.test.ts',
].map((path) => {
  if (!files.includes(path)) throw new Error(`vitest.config.ts puts ${path} first, but there is no such test file.`);
  return join(ROOT, path);
});

class WaitingFirst extends BaseSequencer {
  override async sort(specs: TestSpecification[]): Promise<TestSpecification[]> {
    const isWaiting = ({ moduleId }: TestSpecification): boolean => MOSTLY_WAITING.includes(moduleId);
    const sorted = await super.sort(specs);
    return [...sorted.filter(isWaiting), ...sorted.filter((spec) => !isWaiting(spec))];
  }
}

/** As in `next.config.mjs`: a page is made from CHANGELOG.md. */
const markdownAsText = {
  name: 'markdown-as-text',
  transform: (text: string, path: string) => (path.endsWith('.md') ? `export default ${JSON.stringify(text)};` : null),
};

export default defineConfig({
  plugins: [markdownAsText],
  resolve: {
    alias: {
      '@': ROOT,
      // The command line uses the SDK's sources; the SDK's package.json maps this name to its Node file.
      '#platform': fileURLToPath(new URL('sdks/typescript/src/platform-node.ts', import.meta.url)),
      'server-only': fileURLToPath(new URL('tests/server-only.ts', import.meta.url)),
    },
  },
  test: {
    sequence: { sequencer: WaitingFirst },
    projects: [...tier('unit', unit, []), ...tier('db', db, ['tests/database/global-setup.ts'])],
    globalSetup: ['tests/bundle-programs.ts'],
    setupFiles: ['tests/page.ts'],
    env: { APP_MODE: 'local', AUTH_SECRET: 'a-secret-for-tests-only-0123456789' },
    // Only to end what hangs. No test measures time by it, so a busy machine fails no test.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    // Tests mostly wait for PostgreSQL and sockets, and some for minutes, so four files at once pay off on two cores too.
    maxWorkers: Math.max(4, availableParallelism() - 1),
    restoreMocks: true,
  },
});
