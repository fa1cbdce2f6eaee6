// Every page, in both themes, on a desktop and a phone (examine.ts says what is checked).
import { expect } from 'playwright/test';
import { OPERATOR_EMAIL, signInAs, signInAsNewUser } from './accounts';
import { examine, examineReading, inEachSize } from './examine';
import { seedHealth } from './seed-health';
import { fetchNothingAhead, test } from './visitor';

const PUBLIC_PAGES = [
  '/',
  '/pricing',
  '/pricing?addresses=75000&interval=year',
  '/pricing?addresses=75000&interval=packs',
  '/status',
  '/learn',
  '/sandbox',
  '/widget',
  '/signup',
  '/signin',
  '/sign-in-by-mail',
  '/forgot-password',
  '/dev/outbox',
  '/dev/components',
  '/no-such-page',
  '/docs/no-such-page',
];
/** Text in one shared layout, so each theme is examined in one size. */
const READING_PAGES = [
  '/developers',
  '/learn/what-is-email-verification',
  '/learn/how-it-works',
  '/learn/smtp-verification',
  '/learn/best-practices',
  '/use-cases',
  '/use-cases/signup-forms',
  '/use-cases/list-cleaning',
  '/use-cases/crm-hygiene',
  '/use-cases/agencies',
  '/glossary',
  '/accuracy',
  '/compare',
  '/compare/zerobounce',
  '/compare/neverbounce',
  '/compare/kickbox',
  '/compare/emailable',
  '/compare/reacher',
  '/docs',
  '/docs/test-mode',
  '/docs/limits',
  '/docs/reasons/mailbox-not-found',
  '/docs/api',
  '/docs/api/credits',
  '/docs/errors',
  '/docs/webhooks',
  '/docs/cli',
  '/docs/mcp',
  '/docs/google-sheets',
  '/docs/from-neverbounce',
  '/changelog',
  '/security',
  '/contact',
  '/terms',
  '/acceptable-use',
  '/privacy',
  '/dpa',
  '/sub-processors',
];
const APP_PAGES = [
  '/dashboard',
  '/verify',
  '/verifications',
  '/keys',
  '/webhooks',
  '/usage',
  '/billing',
  '/billing/checkout?pack=10k',
  '/settings',
];

for (const path of PUBLIC_PAGES) {
  test(path, async ({ visitor }) => examine(visitor, path));
}
for (const path of READING_PAGES) {
  test(path, async ({ visitor }) => examineReading(visitor, path));
}

test('pages of the app', async ({ page }) => {
  await fetchNothingAhead(page);
  await signInAsNewUser(page);
  await inEachSize(page, async () => {
    await page.goto('/verify');
    await page.getByLabel('Email address').fill('alice@deliverable.sandbox.test');
    await page.getByRole('button', { name: /^Verify ·/ }).click();
    await expect(page.getByRole('article').getByText('Deliverable', { exact: true }).first()).toBeVisible();
    return 'verify-answer';
  });
  for (const path of APP_PAGES) await test.step(path, () => examine(page, path));
  await page.goto('/verifications');
  await page
    .getByRole('link', { name: /alice@deliverable/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/verifications\/ver_/);
  await examine(page, new URL(page.url()).pathname, 'verification');
});

test('pages of the operator', async ({ page }) => {
  await seedHealth();
  await signInAs(page, OPERATOR_EMAIL);
  await examine(page, '/operator');
});
