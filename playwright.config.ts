// The journeys run against the whole product as `npm start` runs it: built web, worker, real PostgreSQL, the sandbox. Its data is in a
// separate folder, so a product that already runs here is not disturbed.
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
  // The journeys share one product, but each has its own account, so they don't interfere. Of three, one mostly waits, which keeps a machine
  // of perhaps two cores busy.
  workers: 3,
  fullyParallel: true,
  retries: 0,
  // Only to end what hangs. No test measures time by it, so a busy machine fails no journey.
  timeout: 480_000,
  expect: { timeout: 90_000 },
  reporter: [['list'], ['./tests/e2e/page-reporter.ts'], ['json', { outputFile: 'test-results/playwright.json' }]],
  projects: [
    // These kill processes of their own copy of the product, start it again and again, and wait for that: `npm run test:processes`.
    { name: 'processes', testMatch: PROCESSES, workers: 1 },
    // Of those, the one that is soon over.
    { name: 'stop', testMatch: PROCESSES, grep: /@stop/ },
    // They share one stand-in for Stripe, move its clock and dispute its newest payment, so they run one after the other.
    { name: 'money', testMatch: MONEY, workers: 1 },
    { name: 'journeys', testIgnore: [...PROCESSES, ...MONEY] },
  ],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: url,
    // Recording costs a third of a journey's time. Set E2E_TRACE=1 to record while investigating.
    trace: process.env.E2E_TRACE === undefined ? 'off' : 'retain-on-failure',
    screenshot: 'only-on-failure',
    // Frames of transitions that nobody looks at cost processor time.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: findBrowser(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // A page lives for seconds here, and compiling its scripts for speed takes a quarter of that.
        '--js-flags=--always-sparkplug --no-maglev --no-opt',
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
