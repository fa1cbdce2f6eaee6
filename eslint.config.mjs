import nextVitals from 'eslint-config-next/core-web-vitals';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const TYPED = ['**/*.ts', '**/*.tsx'];

/** Settings have one reader, so that a missing one is found at start and not at first use. */
const noProcessEnv = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only lib/platform/env.ts reads process.env.',
};

const uncheckedRows = [
  'TaggedTemplateExpression[typeArguments] > MemberExpression.tag[property.name=/^[$]queryRaw/]',
  'CallExpression[typeArguments][callee.property.name=/^([$]queryRaw(Unsafe)?|query)$/]',
].map((selector) => ({ selector, message: 'A type argument checks nothing: rows are parsed by lib/platform/db/rows.ts.' }));

export default defineConfig(
  globalIgnores([
    '.next/',
    'dist/',
    '.data/',
    'lib/platform/db/_prisma/',
    'coverage/',
    'artifacts/',
    'test-results/',
    'next-env.d.ts',
  ]),
  nextVitals,
  ...[...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked].map((config) => ({
    ...config,
    files: TYPED,
  })),
  {
    files: TYPED,
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './worker/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'as', objectLiteralTypeAssertions: 'never' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off', // `return send(…)` ends a branch in one line
      '@typescript-eslint/require-await': 'off', // ports are async by contract, their fakes need not wait
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', noProcessEnv, ...uncheckedRows],
    },
  },
  // Pages and components are one JSX expression; their length is markup.
  {
    files: ['app/**/*.tsx', 'components/**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 120, skipBlankLines: true }] },
  },
  // One object of Stripe's each, whose length is Stripe's.
  { files: ['simulators/stripe/objects/**'], rules: { 'max-lines-per-function': ['error', { max: 90, skipBlankLines: true }] } },
  // Tables; the limits are one, and stand in one place.
  { files: ['**/*.data.ts', 'lib/platform/limits.ts'], rules: { 'max-lines': 'off' } },
  {
    files: ['lib/platform/env.ts', '*.config.ts', 'scripts/**', 'bench/**', 'tests/**', '**/*.test.ts', '**/*.test.tsx'],
    rules: { 'no-restricted-syntax': ['error', ...uncheckedRows] },
  },
  // `useTestDatabase` sets up a test file; only components have hooks.
  {
    files: ['**/*.test.ts', 'lib/**', 'worker/**', 'cli/**', 'scripts/**', 'simulators/**', 'tests/**'],
    rules: { 'react-hooks/rules-of-hooks': 'off' },
  },
  {
    files: ['**/*.test.ts', '**/*.test.tsx', 'tests/**'],
    rules: { 'max-lines-per-function': 'off', 'max-lines': 'off', '@typescript-eslint/unbound-method': 'off' },
  },
);
