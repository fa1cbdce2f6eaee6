import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('.', import.meta.url)),
      'server-only': fileURLToPath(new URL('tests/server-only.ts', import.meta.url)),
    },
  },
  test: {
    include: ['{app,components,lib,worker,cli,scripts,stand-in,tests}/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**', 'tests/mta/**', 'node_modules/**'],
    globalSetup: ['tests/database/global-setup.ts'],
    env: { APP_MODE: 'local', AUTH_SECRET: 'a-secret-for-tests-only-0123456789' },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
});
