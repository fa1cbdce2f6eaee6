// Where the credits went: a check is charged, the usage page shows it and links to its cause, files can be downloaded, a key has a budget,
// and a reported bounce refunds its credit.
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from 'playwright/test';
import { signInAsNewUser } from './accounts';
import { inEachSize, untilAlive } from './examine';
import { fetchNothingAhead } from './visitor';

async function check(page: Page, email: string): Promise<void> {
  await page.goto('/verify');
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: /^Verify ·/ }).click();
  await expect(page.getByRole('article').getByText('Deliverable', { exact: true }).first()).toBeVisible();
}

async function download(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
  return readFileSync(await file.path(), 'utf8');
}

test('a debit is followed to its cause and downloaded as a file', async ({ page }) => {
  await signInAsNewUser(page);
  await page.goto('/usage');
  await expect(page.getByText('No answers in these days')).toBeVisible();
  await check(page, 'alice@deliverable.sandbox.test');

  await page.getByRole('link', { name: 'Usage', exact: true }).click();
  await expect(page.getByText('1 credit for 1 answer in 30 days (UTC)')).toBeVisible();
  const ledger = page.getByRole('region', { name: 'Ledger' });
  const charge = ledger.getByRole('row').filter({ hasText: 'Charge' });
  await expect(charge).toContainText('−1');
  await expect(ledger.getByRole('row').filter({ hasText: 'Free credits of the month' })).toContainText('+100');

  await test.step('as CSV, the ledger and the usage', async () => {
    const lines = (await download(page, 'Ledger as CSV')).split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFFtime,kind,credits,cause/);
    expect(lines.find((line) => line.includes(',capture,-1,verification,ver_'))).toContain('alice@deliverable.sandbox.test');
    expect(await download(page, 'Usage as CSV')).toMatch(/,app,deliverable,mailbox_exists,1,1\r\n/);
  });

  await test.step('by kind, in the URL', async () => {
    await page.getByRole('link', { name: 'Holds', exact: true }).click();
    await expect(page).toHaveURL(/kind=hold/);
    await expect(page.getByText('Neither moves the balance.')).toBeVisible();
    await page.getByRole('link', { name: 'Charges', exact: true }).click();
    await expect(ledger.getByRole('row')).toHaveCount(2);
  });

  await test.step('to the check that was paid for', async () => {
    await ledger.getByRole('link', { name: 'alice@deliverable.sandbox.test' }).click();
    await expect(page).toHaveURL(/\/verifications\/ver_/);
    await expect(page.getByText('1 credit', { exact: true })).toBeVisible();
  });

  await test.step('and a bounce gives it back', async () => {
    await page.getByRole('button', { name: 'This bounced' }).click();
    await page.getByRole('button', { name: 'Report the bounce' }).click();
    await expect(page.getByText('A refund needs the code')).toBeVisible();
    await page.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('button', { name: 'This bounced' }).click();
    await page.getByLabel('Code from the server').fill('550 5.1.1 no such user');
    await page.getByRole('button', { name: 'Report the bounce' }).click();
    await expect(page.getByText('1 credit refunded')).toBeVisible();
    await page.getByRole('button', { name: 'Close' }).last().click();
    await expect(page.getByText('You reported a bounce · 1 credit refunded')).toBeVisible();
    await page.goto('/usage?kind=refund');
    await expect(ledger.getByRole('row').filter({ hasText: 'Refund' })).toContainText('+1');
  });
});

test('the threshold at which owners are notified can be changed', async ({ page }) => {
  await signInAsNewUser(page);
  await page.goto('/usage');
  await expect(page.getByText('Nobody gets an email when credits run low.')).toBeVisible();
  await page.getByRole('button', { name: /^Change/ }).click();
  await page.getByLabel('Notify below this many credits').fill('many');
  await page.getByRole('button', { name: 'Save the mark' }).click();
  await expect(page.getByText('Use a whole number')).toBeVisible();
  await page.getByLabel('Notify below this many credits').fill('100');
  await page.getByRole('button', { name: 'Save the mark' }).click();
  await expect(page.getByText('Owners get an email when fewer than 100 credits are left.')).toBeVisible();
  await check(page, 'bob@deliverable.sandbox.test');
  await expect(async () => {
    await page.goto('/dev/outbox');
    await expect(page.getByText('99 credits left').first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 200_000 });
});

test('a key stops at its monthly budget', async ({ page, request }) => {
  await signInAsNewUser(page);
  await page.goto('/keys');
  await page.getByRole('button', { name: 'Create a key' }).first().click();
  await page.getByLabel('Name').fill('Capped');
  await page.getByLabel('Monthly budget in credits').fill('1');
  await page.getByRole('button', { name: 'Create key' }).click();
  const key = (await page.getByTestId('api-key').innerText()).trim();
  const verify = (email: string) =>
    request.post('/v1/verify/single', { headers: { Authorization: `Bearer ${key}` }, data: { email } });
  expect((await verify('carol@deliverable.sandbox.test')).status()).toBe(200);
  const refused = await verify('dave@deliverable.sandbox.test');
  expect(refused.status()).toBe(402);
  expect(await refused.json()).toMatchObject({ code: 'budget_exceeded' });

  await page.goto('/keys');
  await expect(page.getByText('1 of 1 credit', { exact: true }).filter({ visible: true })).toBeVisible();
  await page.getByRole('button', { name: 'Budget of Capped' }).click();
  await page.getByLabel('Monthly budget in credits').fill('');
  await page.getByRole('button', { name: 'Save the budget' }).click();
  await expect(page.getByText('1 credit', { exact: true }).filter({ visible: true })).toBeVisible();
  // The Free plan's rate, two calls a second, may say 429 first.
  await expect.poll(async () => (await verify('dave@deliverable.sandbox.test')).status()).toBe(200);
});

test('the usage page with something on it, in every view', async ({ page }) => {
  await fetchNothingAhead(page);
  await signInAsNewUser(page);
  await check(page, 'alice@deliverable.sandbox.test');
  for (const [path, ready, name] of [
    ['/usage', 'By status and reason', 'usage-full'],
    ['/usage?kind=hold', 'Neither moves the balance.', 'usage-holds'],
  ] as const) {
    await inEachSize(page, async () => {
      await page.goto(path);
      await untilAlive(page);
      await expect(page.getByText(ready)).toBeVisible();
      return name;
    });
  }
  await inEachSize(page, async () => {
    await page.goto('/verifications');
    await page
      .getByRole('link', { name: /alice@/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'This bounced' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    return 'bounce-dialog';
  });
});
