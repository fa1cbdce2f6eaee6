// The journeys run against the whole product as `npm start` runs it: built web, worker, real PostgreSQL, the sandbox. Its data
// lies in a folder of its own, so a product already running here is not disturbed.
import { defineConfig, devices } from 'playwright/test';
import { findBrowser } from './scripts/find-browser';
import { E2E_DATA_DIR, OPERATOR_EMAIL } from './tests/e2e/accounts';

const PORT = Number(process.env.E2E_PORT ?? 3187);
const PROCESSES = ['supervisor.spec.ts', 'reconnect.spec.ts'];
const MONEY = ['billing.spec.ts', 'money-back.spec.ts', 'out-of-credits.spec.ts'];
const url = `http://localhost:${PORT}`;

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  // Journeys share one product and have an account each, so that they don't meet. One of three waits for processes most of its time, and
  // a machine of perhaps two cores is busy.
  workers: 3,
  fullyParallel: true,
  retries: 0,
  // They end what hangs; nothing is measured by them, so that a busy machine fails no journey.
  timeout: 480_000,
  expect: { timeout: 90_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  projects: [
    // These kill processes of a product of their own, and wait most of their time.
    { name: 'processes', testMatch: PROCESSES, workers: 1 },
    // There is one stand-in of Stripe, whose clock they move and whose newest payment they dispute: one after the other.
    { name: 'money', testMatch: MONEY, workers: 1 },
    { name: 'journeys', testIgnore: [...PROCESSES, ...MONEY] },
  ],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: url,
    // Recording costs a third of a journey's time: E2E_TRACE=1 records what is looked into.
    trace: process.env.E2E_TRACE === undefined ? 'off' : 'retain-on-failure',
    screenshot: 'only-on-failure',
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
    timeout: 300_000,
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
