// A list that runs out of credits halfway waits for a purchase, resumes by itself, and costs what it answered, no more.
import { readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { signInAsNewUser } from './accounts';
import { examineAsItIs } from './examine';

const PLAN_CREDITS = 100;
const ADDRESSES = 130;
const PACK = 2_000;

const csv = ['email', ...Array.from({ length: ADDRESSES }, (_, index) => `person${index}@deliverable.sandbox.test`)].join('\n');

test('out of credits in the middle of a list: paused, topped up, resumed, charged once', async ({ page }) => {
  await signInAsNewUser(page);
  await page.goto('/lists/new');
  await page.locator('input[type=file]').setInputFiles({ name: 'long.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.getByRole('button', { name: 'Upload and count · free' }).click();
  await expect(page.getByText('Ready to start').first()).toBeVisible();
  const list = page.url();

  await expect(page.getByText(`You need ${ADDRESSES - PLAN_CREDITS} more to verify all of it.`)).toBeVisible();
  await page.getByRole('radio', { name: /Until the credits run out/ }).check();
  await page.getByRole('button', { name: `Verify ${ADDRESSES} addresses · up to ${PLAN_CREDITS} credits` }).click();
  await expect(page.getByText('Paused').first()).toBeVisible();
  await expect(page.getByText(/ran out|run out|used up/).first()).toBeVisible();
  await expect(
    page.getByText(`${PLAN_CREDITS} of ${ADDRESSES} addresses are answered, for ${PLAN_CREDITS} credits.`),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Stop here' })).toBeVisible();
  await examineAsItIs(page, 'list-out-of-credits');

  await test.step('its owner is mailed once, with the way to the purchase', async () => {
    await expect(async () => {
      await page.goto('/dev/outbox');
      await expect(page.getByText('is paused: out of credits').first()).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 200_000 });
    await page.goto(list);
  });

  await page
    .getByRole('main')
    .getByRole('link', { name: /buy|credits/i })
    .first()
    .click();
  await expect(page).toHaveURL(/\/billing/);
  await expect(page.getByText(/“long.*” waits for credits/)).toBeVisible();
  await examineAsItIs(page, 'billing-list-waits');
  await page.getByRole('button', { name: /^Buy 2,000 credits/ }).click();
  await page.getByLabel('Card number').fill('4242 4242 4242 4242');
  await page.getByRole('button', { name: /^Pay / }).click();
  await expect(page.getByText('You have 2,000 credits now.')).toBeVisible();

  await test.step('the page of the purchase leads back, and contradicts nothing', async () => {
    await expect(page.getByText(/Your list “long.*” (resumes now|is done)\./)).toBeVisible();
    await expect(page.getByText(/buy credits|waits for credits/i)).toHaveCount(0);
    await examineAsItIs(page, 'purchase-list-resumes');
    await page.getByRole('link', { name: 'Go to list' }).click();
    await expect(page).toHaveURL(list);
  });
  await expect(page.getByText('Completed').first()).toBeVisible();
  const left = (PACK + PLAN_CREDITS - ADDRESSES).toLocaleString('en');
  await expect(page.getByText(`${left} credits left`).first()).toBeVisible();

  await test.step('the dashboard counts it, and agrees with the usage page', async () => {
    await page.goto('/dashboard');
    const words = `${ADDRESSES} answers, lists included, for ${ADDRESSES} credits`;
    await expect(page.getByText(words)).toBeVisible();
    await examineAsItIs(page, 'dashboard-list-done');
    await page.getByRole('main').getByRole('link', { name: 'Usage', exact: true }).click();
    await expect(page.getByText(`${ADDRESSES} credits for ${ADDRESSES} answers in 14 days (UTC)`)).toBeVisible();
  });

  await test.step('the ledger has one line for it, which unfolds', async () => {
    const ledger = page.getByRole('region', { name: 'Ledger' });
    const line = ledger.getByRole('row').filter({ hasText: 'long' });
    await expect(line).toHaveCount(1);
    await expect(line).toContainText(`−${ADDRESSES}`);
    await line.getByRole('link', { name: /charges of long/ }).click();
    await expect(line.getByRole('link', { name: /charges of long/ })).toHaveAttribute('aria-expanded', 'true');
    await expect(
      ledger
        .getByRole('row')
        .filter({ hasText: /^Charge/ })
        .nth(1),
    ).toBeVisible();
    await examineAsItIs(page, 'usage-ledger-unfolded');
  });

  await test.step('the history finds one address of it, in any spelling, and takes it along as a file', async () => {
    await page.goto('/verifications');
    await expect(page.getByRole('region', { name: 'History' })).toContainText(`${ADDRESSES} verdicts`);
    await page.getByRole('searchbox').fill('PERSON7@deliverable.sandbox.test');
    await page.keyboard.press('Enter');
    const history = page.getByRole('region', { name: 'History' });
    await expect(history.getByRole('row').filter({ hasText: 'person7@' })).toContainText('Row 8 of');
    await examineAsItIs(page, 'history-found');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()]);
    expect(readFileSync(await file.path(), 'utf8')).toMatch(
      /,row,person7@deliverable\.sandbox\.test,undeliverable,mailbox_not_found,/,
    );
    await history.getByRole('link', { name: 'person7@deliverable.sandbox.test' }).click();
    await expect(page).toHaveURL(/\/lists\/lst_.*\?row=8/);
  });
});
