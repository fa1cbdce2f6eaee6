// Mutation tests, one section a run: `npm run test:mutation -- session` (see docs/mutation-testing.md). A section names the files to mutate
// and the test files that have to notice: only the subject's own tests, so that a survivor shows a guarantee that those tests don't cover.

const session = (name) => `worker/adapters/smtp/session/${name}.ts`;
const creditTests = (...names) => names.map((name) => `lib/credits/${name}.test.ts`);

/** `postgres`: its tests need a database. `excluded`: mutators that tell nothing there. */
export const SECTIONS = {
  decide: { mutate: ['worker/engine/decide.ts'], tests: ['worker/engine/decide.test.ts'] },
  pipeline: {
    mutate: ['worker/engine/pipeline.ts'],
    tests: ['worker/engine/pipeline.test.ts', 'worker/engine/remembered.test.ts'],
  },
  session: {
    mutate: ['protocol', 'asking', 'opening', 'state'].map(session),
    tests: ['worker/adapters/smtp/session/protocol.test.ts'],
  },
  rules: {
    mutate: ['lib/credits/rules/ledger.ts', 'lib/lists/rules/list.ts'],
    tests: ['lib/credits/rules/*.test.ts', 'lib/lists/rules/*.test.ts', 'lib/verdict/verdict.test.ts'],
  },
  holds: {
    mutate: ['lib/credits/holds.ts'],
    tests: creditTests('ledger', 'list-holds', 'low-balance', 'budget-exceeded'),
    postgres: true,
    excluded: ['StringLiteral', 'ObjectLiteral'],
  },
  ledger: {
    mutate: ['lib/credits/store/holds.ts', 'lib/credits/store/ledger.ts'],
    tests: [
      ...creditTests('ledger', 'list-holds', 'low-balance', 'running-balance'),
      'lib/verifications/refund-bounce.test.ts',
      'app/api/v1/credits/ledger/route.test.ts',
    ],
    postgres: true,
    // Nearly all of it is SQL. A statement without its text always fails, which only shows that a test runs it.
    excluded: ['StringLiteral'],
  },
  status: { mutate: ['lib/lists/store/status.ts'], tests: ['lib/lists/store/status.test.ts'], postgres: true },
};

export const section = process.env.MUTATION_SECTION ?? 'decide';

const config = {
  mutate: SECTIONS[section].mutate,
  mutator: { excludedMutations: SECTIONS[section].excluded ?? [] },
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'tests/mutation/vitest.config.mjs', related: false },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  ignorePatterns: ['.data', 'artifacts', 'dist'],
  tempDirName: '.data/mutation',
  cleanTempDir: 'always',
  allowEmpty: false,
  reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: `artifacts/mutation/${section}.html` },
  jsonReporter: { fileName: `artifacts/mutation/${section}.json` },
};

export default config;
