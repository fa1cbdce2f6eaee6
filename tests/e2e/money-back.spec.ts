// Money that goes back and an account that ends, as the people concerned see it: a chargeback on the billing, usage and operator's pages,
// and the deletion of an account and how to undo it.
import { expect, test, type Page } from 'playwright/test';
import { findRuntime } from '../../scripts/runtime';
import { E2E_DATA_DIR, OPERATOR_EMAIL, PASSWORD, signInAs, signInAsNewUser } from './accounts';
import { examineAsItIs } from './examine';

async function atControls(page: Page, button: string): Promise<void> {
  const base = (await findRuntime(E2E_DATA_DIR))?.standIn?.STRIPE_API_BASE;
  if (base === undefined) throw new Error('no stand-in runs');
  await page.goto(`${base}/`);
  // The newest payment comes first.
  await page.getByRole('button', { name: button }).first().click();
  await expect(page.getByRole('heading', { name: 'Controls of the stand-in' })).toBeVisible();
}

test('a chargeback takes the credits back, and a won dispute gives them back', async ({ page }) => {
  await signInAsNewUser(page);
  await page.goto('/billing');
  await page.getByRole('button', { name: /^Buy 5,000 credits/ }).click();
  await page.getByLabel('Card number').fill('4242 4242 4242 4242');
  await page.getByRole('button', { name: /^Pay / }).click();
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();

  await atControls(page, 'Dispute it');
  await page.goto('/billing');
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/is disputed with your bank.*5,000 credits were taken back/)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await examineAsItIs(page, 'billing-disputed');
  await page.goto('/usage');
  await expect(page.getByRole('row').filter({ hasText: 'Taken back' })).toContainText('−5,000');

  await atControls(page, 'Decide for the merchant');
  await page.goto('/usage');
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Credits back after a dispute')).toBeVisible({ timeout: 1_000 });
  }).toPass();

  await page.context().clearCookies();
  await signInAs(page, OPERATOR_EMAIL);
  await page.goto('/operator');
  const disputes = page.getByRole('region', { name: 'Disputed payments' });
  await expect(disputes.getByText('won').first()).toBeVisible();
  await expect(disputes.getByText('5,000 of 5,000').first()).toBeVisible();
});

test('deleting an account names what goes, asks for the password, and can be undone', async ({ page }) => {
  await signInAsNewUser(page);
  await page.goto('/settings');
  await page.getByRole('link', { name: 'Delete my account…' }).click();
  await expect(page.getByText('100 credits', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Every movement of your credits' })).toBeVisible();
  await examineAsItIs(page, 'delete-account');

  await page.getByLabel('Your password').fill('not this one');
  await page.getByRole('button', { name: 'Schedule deletion' }).click();
  await expect(page.getByText('This is not your password.')).toBeVisible();
  await page.getByLabel('Your password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Schedule deletion' }).click();
  const banner = page.getByText(/Your account will be deleted on .* API keys and lists have stopped\./);
  await expect(banner).toBeVisible();
  await examineAsItIs(page, 'delete-account-scheduled');

  await page.goto('/dashboard');
  await banner.getByRole('link', { name: 'Keep my account' }).click();
  await page.getByRole('button', { name: 'Keep my account' }).click();
  await expect(banner).toHaveCount(0);
  await page.goto('/settings/delete');
  await expect(page.getByLabel('Your password')).toBeVisible();
});
