// Each rule is seen to catch a planted violation: a rule that never fires would promise what nobody checks.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkBoundaries } from './check-boundaries.mjs';

/** rule → [file, what it imports, the file imported]. */
const PLANTED = {
  'domain-is-a-leaf': ['lib/domain/planted.ts', '../errors', 'lib/errors.ts'],
  'engine-is-pure': ['worker/engine/planted.ts', '../adapters/planted', 'worker/adapters/planted.ts'],
  'layers-are-siblings': ['worker/engine/layers/planted.ts', './other', 'worker/engine/layers/other.ts'],
  'tasks-do-not-call-tasks': ['worker/tasks/planted.ts', './other', 'worker/tasks/other.ts'],
  'readers-are-pure': ['worker/ingest/text/planted.ts', '../../../lib/data/other', 'lib/data/other.ts'],
  'adapters-serve-ports': ['worker/adapters/planted.ts', '../../lib/data/other', 'lib/data/other.ts'],
  'engine-knows-no-sandbox': ['worker/adapters/planted.ts', '../sandbox/other', 'worker/sandbox/other.ts'],
  'worker-is-not-web': ['worker/planted.ts', '../components/other', 'components/other.ts'],
  'shared-lib-stays-shared': ['lib/services/planted.ts', '../auth/other', 'lib/auth/other.ts'],
  'web-never-runs-the-engine': ['lib/planted.ts', '../worker/other', 'worker/other.ts'],
  'lib-knows-no-ui': ['lib/planted.ts', '../components/other', 'components/other.ts'],
  'components-know-no-server': ['components/planted.ts', '../lib/services/other', 'lib/services/other.ts'],
  'ui-is-generic': ['components/ui/planted.ts', '../verification/other', 'components/verification/other.ts'],
  'app-goes-through-services': ['app/planted.ts', '../lib/queue/other', 'lib/queue/other.ts'],
  'only-data-touches-the-database': ['lib/services/planted.ts', 'pg', 'node_modules/pg/index.js'],
  'nothing-imports-programs': ['lib/planted.ts', '../scripts/other', 'scripts/other.ts'],
  'stand-in-knows-no-product': ['stand-in/planted.ts', '../lib/services/other', 'lib/services/other.ts'],
  'only-billing-touches-stripe': ['lib/services/planted.ts', 'stripe', 'node_modules/stripe/index.js'],
} as const;

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function plant(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'boundaries-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

test.each(Object.entries(PLANTED))('the rule %s catches its violation', async (rule, [file, imported, target]) => {
  const folder = plant({ [file]: `import '${imported}';\n`, [target]: 'export {};\n' });
  const { violations } = await checkBoundaries(folder);
  expect(violations.join('\n')).toContain(`${rule}: ${file}`);
});

test('a cycle is caught', async () => {
  const folder = plant({ 'lib/a.ts': "import './b';\n", 'lib/b.ts': "import './a';\n" });
  const { violations } = await checkBoundaries(folder);
  expect(violations.join('\n')).toContain('no-cycles');
});

test('clean rooms have no violations and were really read', async () => {
  const folder = plant({ 'lib/services/a.ts': "import '../errors';\n", 'lib/errors.ts': 'export {};\n' });
  expect(await checkBoundaries(folder)).toEqual({ modules: 2, violations: [] });
});
