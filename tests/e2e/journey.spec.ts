// A new visitor's first steps: try the landing page, sign up, follow the mailed link, verify live, create a key, and call the API with
// curl.
import { execFileSync } from 'node:child_process';
import { expect, test, type Page } from 'playwright/test';
import { examine, untilAlive } from './examine';
import { holdScripts } from './hold-scripts';
import { confirmAndSignIn, fillSignUp } from './sign-up';

const newAddress = () => `stranger-${Date.now()}@example.org`;

async function becomeUser(page: Page): Promise<void> {
  const email = newAddress();
  await page.goto('/signup');
  await fillSignUp(page, email);
  await confirmAndSignIn(page, email);
  await expect(page).toHaveURL(/\/dashboard/);
}

test('a visitor checks an address on the landing page and sees why', async ({ page }) => {
  await page.goto('/');
  // A press before that is the next test's: then the browser may send the form itself, and the answer has a page of its own.
  await untilAlive(page);
  await page.getByRole('textbox').first().fill('alice@deliverable.sandbox.test');
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  const answer = page.getByRole('article', { name: /^Verification of/ });
  await expect(answer.getByText('Deliverable', { exact: true })).toBeVisible();
  await expect(answer.getByText('250', { exact: true }).first()).toBeVisible();
  await expect(page.getByText(/9 of 10 free checks left today|free checks left/)).toBeVisible();
});

test('an address that is sent before the page’s scripts have loaded is checked', async ({ page }) => {
  const comeAlive = await holdScripts(page);
  await page.goto('/', { waitUntil: 'commit' });
  await page.getByRole('textbox').first().fill('alice@deliverable.sandbox.test');
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  comeAlive();
  const answer = page.getByRole('article', { name: /^Verification of/ });
  await expect(answer.getByText('Deliverable', { exact: true })).toBeVisible();
});

test('a blocked probe is shown as unknown, never as "does not exist"', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('textbox').first().fill('alice@blocking.sandbox.test');
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  const answer = page.getByRole('article', { name: /^Verification of/ });
  await expect(answer.getByText('Unknown', { exact: true })).toBeVisible();
  await expect(answer.getByText('Undeliverable', { exact: true })).toHaveCount(0);
});

test('from sign-up to a working API key', async ({ page, baseURL }) => {
  await becomeUser(page);

  await test.step('verify live', async () => {
    await page.goto('/verify');
    await page.getByLabel('Email address').fill('bob@deliverable.sandbox.test');
    await page.getByRole('button', { name: /^Verify ·/ }).click();
    await expect(page.getByRole('article').getByText('Deliverable', { exact: true }).first()).toBeVisible();
    await expect(page.getByText('250').first()).toBeVisible();
    await page.goto('/verifications');
    await expect(page.getByText('bob@deliverable.sandbox.test').first()).toBeVisible();
  });

  await test.step('a key that works with curl', async () => {
    await page.goto('/keys');
    await page.getByRole('button', { name: 'Create a key' }).first().click();
    await page.getByLabel('Name').fill('Journey');
    await page.getByRole('button', { name: 'Create key' }).click();
    const key = (await page.getByTestId('api-key').innerText()).trim();
    expect(key).toMatch(/^evk_live_[0-9A-Za-z]{38}$/);
    const answer: unknown = JSON.parse(
      execFileSync('curl', [
        ...['-sS', '-X', 'POST', `${baseURL ?? ''}/v1/verify/single`],
        ...['-H', `Authorization: Bearer ${key}`, '-H', 'Content-Type: application/json'],
        ...['-d', JSON.stringify({ email: 'nobody@deliverable.sandbox.test' })],
      ]).toString(),
    );
    expect(answer).toMatchObject({ status: 'undeliverable', reason: 'mailbox_not_found', credits_charged: 1 });
  });

  await test.step('the key’s page shows its last request', async () => {
    await page.goto('/keys');
    await page.getByRole('link', { name: 'Journey' }).click();
    await expect(page.getByText('/v1/verify/single').first()).toBeVisible();
    await examine(page, new URL(page.url()).pathname, 'key');
  });

  await test.step('the dashboard shows what was spent', async () => {
    await page.goto('/dashboard');
    await expect(page.getByText('98').first()).toBeVisible();
  });
});

test('a greylisted address goes from pending to its answer while the page is open', async ({ page }) => {
  await becomeUser(page);
  await page.goto('/verify');
  await page.getByLabel('Email address').fill('alice@greylist.sandbox.test');
  await page.getByRole('button', { name: /^Verify ·/ }).click();
  await expect(page.getByText(/asked us to wait|next try/i).first()).toBeVisible();
  await expect(page.getByRole('article').getByText('Deliverable', { exact: true }).first()).toBeVisible();
});

test('a wrong password says no more than that', async ({ page }) => {
  await page.goto('/signin');
  await page.getByLabel('Email address').first().fill('nobody@example.org');
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await expect(page).toHaveURL(/\/signin/);
});

test('a page of the app sends a visitor to sign in and back', async ({ page }) => {
  await page.goto('/verifications?status=risky');
  await expect(page).toHaveURL(/\/signin\?callbackUrl=%2Fverifications%3Fstatus%3Drisky/);
});
