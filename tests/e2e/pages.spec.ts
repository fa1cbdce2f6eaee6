// Every page, in both themes, on a desktop and a phone (examine.ts says what is asked of it).
import { expect, test } from '@playwright/test';
import { OPERATOR_EMAIL, signInAs, signInAsNewUser } from './accounts';
import { examine, THEMES, VIEWS } from './examine';
import { seedHealth } from './seed-health';

const PUBLIC_PAGES = [
  '/',
  '/pricing',
  '/pricing?addresses=75000&interval=year',
  '/learn',
  '/learn/smtp-verification',
  '/sandbox',
  '/signup',
  '/signin',
  '/sign-in-by-mail',
  '/forgot-password',
  '/terms',
  '/acceptable-use',
  '/privacy',
  '/dev/outbox',
  '/no-such-page',
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
for (const view of VIEWS) {
  for (const theme of THEMES) {
    test.describe(`${view.name}, ${theme}`, () => {
      test.use({ viewport: view.size, colorScheme: theme, reducedMotion: 'reduce' });

      for (const path of PUBLIC_PAGES) {
        test(path, async ({ page }) => examine(page, path, `${view.name}-${theme}`));
      }

      test('pages of the app', async ({ page }) => {
        test.setTimeout(120_000);
        await signInAsNewUser(page);
        await page.goto('/verify');
        await page.getByLabel('E-mail address').fill('alice@deliverable.sandbox.test');
        await page.getByRole('button', { name: /^Verify ·/ }).click();
        await expect(page.getByText('Deliverable', { exact: true }).first()).toBeVisible({ timeout: 20_000 });
        await page.screenshot({ path: `test-results/screenshots/verify-answer-${view.name}-${theme}.png`, fullPage: true });
        for (const path of APP_PAGES) await examine(page, path, `${view.name}-${theme}`);
        await page.goto('/verifications');
        await page
          .getByRole('link', { name: /alice@deliverable/ })
          .first()
          .click();
        await expect(page).toHaveURL(/\/verifications\/ver_/);
        await examine(page, new URL(page.url()).pathname, `${view.name}-${theme}`);
      });

      test('pages of the operator', async ({ page }) => {
        await seedHealth();
        await signInAs(page, OPERATOR_EMAIL);
        await examine(page, '/operator', `${view.name}-${theme}`);
      });
    });
  }
}
