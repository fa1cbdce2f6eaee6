// A list that runs out of credits in the middle waits for a purchase, goes on by itself, and costs what it answered, no more.
import { expect, test } from '@playwright/test';
import { signInAsNewUser } from './accounts';
import { examineAsItIs } from './examine';

const PLAN_CREDITS = 100;
const ADDRESSES = 130;
const PACK = 2_000;

const csv = ['email', ...Array.from({ length: ADDRESSES }, (_, index) => `person${index}@deliverable.sandbox.test`)].join('\n');

test('out of credits in the middle of a list: paused, topped up, resumed, charged once', async ({ page }) => {
  test.setTimeout(180_000);
  await signInAsNewUser(page);
  await page.goto('/lists/new');
  await page.locator('input[type=file]').setInputFiles({ name: 'long.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.getByRole('button', { name: 'Upload and count · free' }).click();
  await expect(page.getByText('Ready to start').first()).toBeVisible({ timeout: 30_000 });
  const list = page.url();

  await expect(page.getByText(`${ADDRESSES - PLAN_CREDITS} are missing to verify all of it.`)).toBeVisible();
  await page.getByRole('radio', { name: /Until the credits run out/ }).check();
  await page.getByRole('button', { name: `Verify ${ADDRESSES} addresses · up to ${PLAN_CREDITS} credits` }).click();
  await expect(page.getByText('Paused').first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/ran out|run out|used up/).first()).toBeVisible();
  await examineAsItIs(page, 'list-out-of-credits');

  await page
    .getByRole('main')
    .getByRole('link', { name: /buy|credits/i })
    .first()
    .click();
  await expect(page).toHaveURL(/\/billing/);
  await page.getByRole('button', { name: /^Buy 2,000 credits/ }).click();
  await page.getByLabel('Card number').fill('4242 4242 4242 4242');
  await page.getByRole('button', { name: /^Pay / }).click();
  await expect(page.getByText('You have 2,000 credits now.')).toBeVisible({ timeout: 30_000 });

  await page.goto(list);
  await expect(page.getByText('Completed').first()).toBeVisible({ timeout: 60_000 });
  const left = (PACK + PLAN_CREDITS - ADDRESSES).toLocaleString('en');
  await expect(page.getByText(`${left} credits left`).first()).toBeVisible();
});
