// The journeys run against the whole product as `npm start` runs it: built web, worker, real PostgreSQL, the sandbox. Its data
// lies in a folder of its own, so a product already running here is not disturbed.
import { defineConfig, devices } from '@playwright/test';
import { findBrowser } from './scripts/find-browser';
import { E2E_DATA_DIR, OPERATOR_EMAIL } from './tests/e2e/accounts';

const PORT = Number(process.env.E2E_PORT ?? 3187);
const url = `http://localhost:${PORT}`;

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  // Journeys share one product and one machine of perhaps two cores.
  workers: 1,
  retries: 0,
  timeout: 60_000,
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: url,
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: findBrowser(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `rm -rf ${E2E_DATA_DIR}; exec node --import tsx scripts/start.ts`,
    url: `${url}/readyz`,
    timeout: 120_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    env: {
      PORT: String(PORT),
      DATA_DIR: E2E_DATA_DIR,
      APP_MODE: 'local',
      DATABASE_URL: '',
      LOG_LEVEL: 'warn',
      OPERATOR_EMAILS: OPERATOR_EMAIL,
    },
  },
});
