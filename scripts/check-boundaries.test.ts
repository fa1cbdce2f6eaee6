// Each rule has to catch a planted violation, because a rule that never fires protects nothing.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkBoundaries } from './check-boundaries.mjs';

/** rule → [file, what it imports, the file imported]. */
const PLANTED = {
  'the-widget-stands-alone': ['widget/planted.ts', '../lib/verdict/address', 'lib/verdict/address.ts'],
  'nobody-imports-the-widget': ['components/planted.ts', '../widget/ask', 'widget/ask.ts'],
  'platform-comes-before': ['lib/platform/planted.ts', '../verdict/other', 'lib/verdict/other.ts'],
  'verdict-comes-before': ['lib/verdict/planted.ts', '../accounts/rules', 'lib/accounts/rules.ts'],
  'accounts-comes-before': ['lib/accounts/planted.ts', '../credits/other', 'lib/credits/other.ts'],
  'credits-comes-before': ['lib/credits/planted.ts', '../billing/other', 'lib/billing/other.ts'],
  'billing-comes-before': ['lib/billing/planted.ts', '../webhooks/other', 'lib/webhooks/other.ts'],
  'webhooks-comes-before': ['lib/webhooks/planted.ts', '../verifications/other', 'lib/verifications/other.ts'],
  'verifications-comes-before': ['lib/verifications/planted.ts', '../lists/other', 'lib/lists/other.ts'],
  'lists-comes-before': ['lib/lists/planted.ts', '../dashboard/other', 'lib/dashboard/other.ts'],
  'operator-comes-before': ['lib/operator/planted.ts', '../dashboard/other', 'lib/dashboard/other.ts'],
  'dashboard-comes-before': ['lib/dashboard/planted.ts', '../operator/other', 'lib/operator/other.ts'],
  'rules-are-pure': ['lib/lists/rules.ts', './upload', 'lib/lists/upload.ts'],
  'a-store-is-its-noun-s-own': ['lib/lists/planted.ts', '../credits/store/other', 'lib/credits/store/other.ts'],
  'a-store-is-not-for-pages-or-programs': ['app/planted.ts', '../lib/lists/store', 'lib/lists/store.ts'],
  'only-stores-touch-the-database': ['lib/lists/planted.ts', 'pg', 'node_modules/pg/index.js'],
  'engine-is-pure': ['worker/engine/planted.ts', '../adapters/planted', 'worker/adapters/planted.ts'],
  'layers-are-siblings': ['worker/engine/layers/planted.ts', './other', 'worker/engine/layers/other.ts'],
  'tasks-do-not-call-tasks': ['worker/tasks/planted.ts', './other', 'worker/tasks/other.ts'],
  'readers-are-pure': ['worker/lists/ingest/text/planted.ts', '../../../../lib/lists/other', 'lib/lists/other.ts'],
  'adapters-serve-ports': ['worker/adapters/planted.ts', '../../lib/lists/other', 'lib/lists/other.ts'],
  'smtp-wire-has-one-door': [
    'worker/adapters/smtp/session/planted.ts',
    '../wire/commands',
    'worker/adapters/smtp/wire/commands.ts',
  ],
  'smtp-session-has-one-door': [
    'worker/adapters/smtp/host/planted.ts',
    '../session/opening',
    'worker/adapters/smtp/session/opening.ts',
  ],
  'smtp-reputation-has-one-door': [
    'worker/adapters/smtp/host/planted.ts',
    '../reputation/gate',
    'worker/adapters/smtp/reputation/gate.ts',
  ],
  'smtp-destinations-has-one-door': [
    'worker/adapters/smtp/host/planted.ts',
    '../destinations/session-line',
    'worker/adapters/smtp/destinations/session-line.ts',
  ],
  'smtp-doubt-has-one-door': [
    'worker/adapters/smtp/host/planted.ts',
    '../doubt/witness',
    'worker/adapters/smtp/doubt/witness.ts',
  ],
  'smtp-catch-all-has-one-door': [
    'worker/adapters/smtp/planted.ts',
    './catch-all/found',
    'worker/adapters/smtp/catch-all/found.ts',
  ],
  'smtp-host-has-one-door': ['worker/adapters/smtp/planted.ts', './host/recipient', 'worker/adapters/smtp/host/recipient.ts'],
  'smtp-wire-knows-what-is-below': [
    'worker/adapters/smtp/wire/planted.ts',
    '../session/session',
    'worker/adapters/smtp/session/session.ts',
  ],
  'smtp-session-knows-what-is-below': [
    'worker/adapters/smtp/session/planted.ts',
    '../host/host',
    'worker/adapters/smtp/host/host.ts',
  ],
  'smtp-reputation-knows-what-is-below': [
    'worker/adapters/smtp/reputation/planted.ts',
    '../host/host',
    'worker/adapters/smtp/host/host.ts',
  ],
  'smtp-destinations-knows-what-is-below': [
    'worker/adapters/smtp/destinations/planted.ts',
    '../session/session',
    'worker/adapters/smtp/session/session.ts',
  ],
  'smtp-doubt-knows-what-is-below': [
    'worker/adapters/smtp/doubt/planted.ts',
    '../host/host',
    'worker/adapters/smtp/host/host.ts',
  ],
  'smtp-catch-all-knows-what-is-below': [
    'worker/adapters/smtp/catch-all/planted.ts',
    '../host/host',
    'worker/adapters/smtp/host/host.ts',
  ],
  'smtp-host-knows-what-is-below': [
    'worker/adapters/smtp/host/planted.ts',
    '../catch-all/catch-all',
    'worker/adapters/smtp/catch-all/catch-all.ts',
  ],
  'smtp-words-know-no-room': ['worker/adapters/smtp/exchange.ts', './wire/wire', 'worker/adapters/smtp/wire/wire.ts'],
  'engine-knows-no-sandbox': ['worker/adapters/planted.ts', '../../simulators/mail/other', 'simulators/mail/other.ts'],
  'worker-is-not-web': ['worker/planted.ts', '../lib/lists/web/other', 'lib/lists/web/other.ts'],
  'shared-lib-stays-shared': ['lib/lists/planted.ts', './web/other', 'lib/lists/web/other.ts'],
  'web-never-runs-the-engine': ['lib/planted.ts', '../worker/other', 'worker/other.ts'],
  'lib-knows-no-ui': ['lib/planted.ts', '../components/other', 'components/other.ts'],
  'components-know-rules-only': ['components/planted.ts', '../lib/lists/upload', 'lib/lists/upload.ts'],
  'ui-is-generic': ['components/ui/planted.ts', '../verification/other', 'components/verification/other.ts'],
  'nothing-imports-programs': ['lib/planted.ts', '../scripts/other', 'scripts/other.ts'],
  'programs-use-the-sdk-s-door': ['cli/planted.ts', '../sdks/typescript/src/transport', 'sdks/typescript/src/transport.ts'],
  'simulators-know-no-product': ['simulators/stripe/planted.ts', '../../lib/lists/upload', 'lib/lists/upload.ts'],
  'production-loads-no-simulator': ['worker/planted.ts', '../simulators/mail/other', 'simulators/mail/other.ts'],
  'production-needs-dependencies-only': ['worker/planted.ts', 'tsx', 'node_modules/tsx/index.js'],
  'only-billing-touches-stripe': ['lib/billing/planted.ts', 'stripe', 'node_modules/stripe/index.js'],
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
  const folder = plant({ 'lib/lists/a.ts': "import '../platform/errors';\n", 'lib/platform/errors.ts': 'export {};\n' });
  expect(await checkBoundaries(folder)).toEqual({ modules: 2, violations: [] });
});
