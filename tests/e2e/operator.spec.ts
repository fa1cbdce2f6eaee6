// The operator checks the health of the sending identities; nobody else finds the page.
import { expect, test } from 'playwright/test';
import { OPERATOR_EMAIL, signInAs, signInAsNewUser } from './accounts';
import { IDENTITIES, seedHealth } from './seed-health';

test('the operator finds a resting identity, and reads why', async ({ page }) => {
  await seedHealth();
  await signInAs(page, OPERATOR_EMAIL);
  await page.goto('/dashboard');
  await page.getByRole('link', { name: 'Operator' }).click();
  await expect(page).toHaveURL(/\/operator$/);
  await expect(
    page
      .getByRole('region', { name: 'Workers' })
      .getByText(/\d+ s ago/)
      .first(),
  ).toBeVisible();

  const rows = page.getByRole('region', { name: 'Sending identities by provider' }).locator('tbody tr');
  await expect(rows).toHaveCount(50);
  await expect(rows.first()).toContainText('big-mail');
  await expect(rows.first()).toContainText('3rd rest in a row');
  await expect(
    rows
      .first()
      .getByText(/blocklist-one\.example/)
      .last(),
  ).toBeVisible();

  await test.step('the next page has the rest, and the state lives in the URL', async () => {
    await page.getByRole('link', { name: 'Next page' }).click();
    await expect(page).toHaveURL(/cursor=/);
    await expect(rows.first()).not.toContainText('big-mail');
    await page.getByRole('link', { name: /^Slowed/ }).click();
    await expect(page).toHaveURL(/\/operator\?state=slowed$/);
    await expect(rows).toHaveCount(2);
    await expect(rows.last()).toContainText('office-suite');
  });

  await test.step('so do identity and provider', async () => {
    await page.getByRole('combobox', { name: 'Identity' }).selectOption(IDENTITIES[1]);
    await expect(page).toHaveURL(/identity=mx2/);
    await expect(rows).toHaveCount(1);
    await page.goto('/operator?provider=BIG-');
    await expect(rows).toHaveCount(2);
    await page.goto('/operator?provider=nobody');
    await expect(page.getByText('Nothing matches')).toBeVisible();
  });
});

test('anybody else finds no such operator page and no link to it', async ({ page }) => {
  await signInAsNewUser(page);
  await page.goto('/dashboard');
  await expect(page.getByRole('link', { name: 'Dashboard', exact: true }).first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Operator' })).toHaveCount(0);
  const answer = await page.goto('/operator');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
  await expect(page).not.toHaveTitle(/Operator/);
  expect(await page.content()).not.toContain('Sending identities');
});

test('a visitor who asks for the operator page is sent to sign in', async ({ page, request }) => {
  expect((await request.get('/operator', { maxRedirects: 0 })).status()).toBe(307);
  await page.goto('/operator');
  await expect(page).toHaveURL(/\/signin\?callbackUrl=%2Foperator/);
});
