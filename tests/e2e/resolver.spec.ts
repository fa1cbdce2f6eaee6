// Pages while the installation's DNS is wrong, and once it is right again.
import { expect, test } from 'playwright/test';
import { signInAsNewUser } from './accounts';
import { expectAccessible } from './examine';
import { seedResolver } from './seed-resolver';

test('a resolver that denies everything is reported on every page, until it works again', async ({ page }) => {
  await signInAsNewUser(page);
  const banner = page.getByRole('region', { name: 'DNS problem' });
  const note = page.getByText('can’t see the internet’s DNS right now');
  for (const path of ['/dashboard', '/verify']) {
    // The worker may report its own state in between.
    await expect(async () => {
      await seedResolver('denies_known');
      await page.goto(path);
      await expect(banner).toContainText('says that big mail providers such as gmail.com do not exist', { timeout: 2_000 });
    }).toPass();
  }
  await expectAccessible(page, { part: 'section[aria-label="DNS problem"]' });
  await expect(async () => {
    await seedResolver('denies_known');
    await page.goto('/');
    await expect(note).toBeVisible({ timeout: 2_000 });
  }).toPass();

  for (const [path, told] of [
    ['/dashboard', banner],
    ['/', note],
  ] as const) {
    await expect(async () => {
      await seedResolver('healthy');
      await page.goto(path);
      await expect(page.getByRole('heading').first()).toBeVisible({ timeout: 2_000 });
      await page.waitForLoadState('networkidle');
      await expect(told).toHaveCount(0, { timeout: 2_000 });
    }).toPass();
  }
});
