// Takes the pictures of docs/screenshots from a product that was started on a new folder: `DATA_DIR=/tmp/pictures npm start`, then
// `DATA_DIR=/tmp/pictures node --import tsx scripts/take-pictures.ts`. The checks and the list really run, against the sandbox; only the
// usage of earlier days is filled in. DNS_SERVERS has to name a resolver that reaches the internet, or the pages say that it doesn't.
import { chromium, expect, type Page } from 'playwright/test';
import { createUser } from '@/lib/credits/free-credits';
import { creditsFor } from '@/lib/credits/rules/ledger';
import { closeDatabase, inTransaction } from '@/lib/platform/db/transaction';
import { parseEnv } from '@/lib/platform/env';
import { unwrap } from '@/lib/platform/errors';
import { SANDBOX_CATALOGUE, type SandboxBehavior } from '@/lib/verdict/sandbox-catalog';
import type { Reason } from '@/lib/verdict/verdict';
import { untilAlive } from '@/tests/e2e/examine';
import { findBrowser } from './find-browser';
import { findRuntime } from './runtime';
import { withDatabase } from './with-database';

const FOLDER = 'docs/screenshots';
const ACCOUNT = { email: 'olivia@northwind.example', password: 'violet harbour lantern 42', credits: 5_000 };

/** Answers of a day, as a share of its busiest reason. */
const MIX: readonly (readonly [Reason, number])[] = [
  ['mailbox_exists', 1],
  ['mailbox_not_found', 0.31],
  ['catch_all', 0.17],
  ['probe_blocked', 0.1],
  ['mailbox_full', 0.07],
];
/** Deliverable answers of the days before today, latest first. */
const DAYS = [90, 76, 40, 35, 16, 20, 71, 37, 39, 74, 91, 16, 9];
const DAY_MS = 86_400_000;

/** What a list meets that answers within seconds. */
const LISTED: readonly SandboxBehavior[] = [
  ...(['deliverable', 'starttls-required', 'helo-picky', 'rcptmax-limited', 'catch-all', 'full', 'disabled'] as const),
  ...(['rejecting', 'blocking', 'implicit-mx', 'no-mx', 'null-mx'] as const),
];

const namesOf = (email: string) => (email[0] ?? '').toUpperCase() + email.slice(1, email.indexOf('@'));

const csvOf = (behaviors: readonly SandboxBehavior[]): string => {
  const tries = SANDBOX_CATALOGUE.filter(({ behavior }) => behaviors.includes(behavior)).flatMap(({ tries: some }) => some);
  return ['email,name', ...tries.map(({ email }) => `${email},${namesOf(email)}`)].join('\n');
};

async function fillEarlierDays(workspaceId: string): Promise<void> {
  const data = DAYS.flatMap((busiest, at) =>
    MIX.map(([reason, share]) => {
      const answers = Math.round(busiest * share);
      const day = new Date(Math.floor(Date.now() / DAY_MS - at - 1) * DAY_MS);
      return { workspaceId, day, source: 'app', reason, answers, credits: answers * creditsFor(reason) };
    }),
  );
  await inTransaction((tx) => tx.usageDay.createMany({ data }));
}

async function signIn(page: Page): Promise<void> {
  await page.goto('/signin');
  await page.getByLabel('Email address').fill(ACCOUNT.email);
  await page.getByLabel('Password', { exact: true }).fill(ACCOUNT.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/dashboard');
}

/** Returns the page of the answer. */
async function verify(page: Page, email: string): Promise<string> {
  await page.goto('/verify');
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: /^Verify ·/ }).click();
  await page.locator('article[data-phase=final]').waitFor();
  await page.goto('/verifications');
  return (await page.getByRole('link', { name: email }).first().getAttribute('href')) ?? '';
}

/** Returns the list's page, where it has its quote. */
async function upload(page: Page, name: string, behaviors: readonly SandboxBehavior[]): Promise<string> {
  await page.goto('/lists/new');
  const file = { name: `${name}.csv`, mimeType: 'text/csv', buffer: Buffer.from(csvOf(behaviors)) };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: 'Upload and count · free' }).click();
  await page.getByRole('button', { name: /^Verify \d+ addresses/ }).waitFor();
  return new URL(page.url()).pathname;
}

interface Picture {
  name: string;
  path: string;
  size: [width: number, height: number];
  theme?: 'dark';
}

async function take(page: Page, { name, path, size: [width, height], theme }: Picture): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: theme ?? 'light', reducedMotion: 'reduce' });
  await page.goto(path, { waitUntil: 'networkidle' });
  await untilAlive(page);
  await expect(page.locator('[class*=animate-pulse]')).toHaveCount(0);
  await page.screenshot({ path: `${FOLDER}/${name}.png` });
}

/** The workers check every few minutes. */
async function untilChecked(page: Page): Promise<void> {
  await expect(async () => {
    await page.goto('/status');
    await expect(page.getByText(/^Last checked/)).toBeVisible({ timeout: 1 });
  }).toPass({ timeout: 600_000, intervals: [5_000] });
}

async function takeAll(visitor: Page, member: Page): Promise<void> {
  await signIn(member);
  // What this one learns of the domain is remembered in the next one's catch-all layer.
  await verify(member, 'alice@deliverable.sandbox.test');
  const verdict = await verify(member, 'carol@deliverable.sandbox.test');
  const risky = await verify(member, 'alice@catch-all.sandbox.test');
  const list = await upload(member, 'Spring newsletter', LISTED);
  await member.getByRole('button', { name: /^Verify \d+ addresses/ }).click();
  await member.locator('h1 [data-status=completed]').waitFor({ timeout: 300_000 });
  await upload(member, 'Conference badges', ['null-sender-refused', 'too-many-recipients', 'utf8']);
  await take(visitor, { name: 'landing', path: '/', size: [1280, 900] });
  await take(visitor, { name: 'docs', path: '/docs', size: [1280, 1000] });
  await take(visitor, { name: 'pricing', path: '/pricing', size: [1280, 1100] });
  await take(visitor, { name: 'developers', path: '/developers', size: [1280, 1000] });
  await untilChecked(visitor);
  await take(visitor, { name: 'status', path: '/status', size: [1280, 1000] });
  await take(member, { name: 'verdict', path: verdict, size: [1280, 1180] });
  await take(member, { name: 'list', path: list, size: [1280, 1300], theme: 'dark' });
  await take(member, { name: 'usage', path: '/usage', size: [1280, 1300] });
  await take(member, { name: 'dashboard', path: '/dashboard', size: [1280, 880] });
  await take(member, { name: 'verdict-phone', path: risky, size: [390, 1400], theme: 'dark' });
}

await withDatabase(async () => {
  const runtime = await findRuntime(parseEnv(process.env).DATA_DIR);
  if (runtime === null) throw new Error('Start the product on this DATA_DIR first.');
  const browser = await chromium.launch({ executablePath: findBrowser() });
  try {
    // The first account is the operator's and has a page more in its menu.
    unwrap(await createUser({ ...ACCOUNT, email: 'operator@northwind.example' }));
    const { workspaceId } = unwrap(await createUser(ACCOUNT));
    await fillEarlierDays(workspaceId);
    const pageOf = async () => (await browser.newContext({ baseURL: runtime.appUrl })).newPage();
    await takeAll(await pageOf(), await pageOf());
  } finally {
    await browser.close();
    await closeDatabase();
  }
});
