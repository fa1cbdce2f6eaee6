// Accounts as users meet them: confirming in the same browser and in another one, a password reset with existing keys, the list of
// signed-in devices, and a copied cookie after signing out. The pages are examined on the way, in both themes and views.
import { randomUUID } from 'node:crypto';
import { expect, test, type Browser, type BrowserContext, type Page } from 'playwright/test';
import { PASSWORD, signInAs } from './accounts';
import { examineInAllViews } from './examine';
import { confirmAndSignIn, fillSignUp, followMailedLink } from './sign-up';

const NEW_PASSWORD = 'marble otter quilt 92';
const newAddress = (name: string) => `${name}-${randomUUID()}@example.org`;

/** Does something in a separate browser context, as on another device. */
async function elsewhere(browser: Browser, baseURL: string | undefined, work: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ baseURL: baseURL ?? '' });
  try {
    await work(await context.newPage());
  } finally {
    await context.close();
  }
}

const sessionCookieOf = async (context: BrowserContext) =>
  (await context.cookies()).filter(({ name }) => name.endsWith('next-auth.session-token'));

test('confirming in the browser that signed up signs in, leads on and brings the free credits', async ({ page }) => {
  const email = newAddress('own');
  await page.goto('/signup?callbackUrl=%2Fusage');
  await fillSignUp(page, email);
  await followMailedLink(page, email);
  await examineInAllViews(page, 'confirm-own');
  await page.getByRole('button', { name: 'Confirm my address' }).click();
  await expect(page).toHaveURL(/\/usage/);
  await expect(page.getByText('100 credits left').filter({ visible: true }).first()).toBeVisible();
});

test('in another browser the password of the sign-up is worth nothing, and a new one is chosen', async ({
  page,
  browser,
  baseURL,
}) => {
  const email = newAddress('victim');
  await page.goto('/signup');
  await fillSignUp(page, email);
  await elsewhere(browser, baseURL, async (owner) => {
    await followMailedLink(owner, email);
    await expect(owner.getByRole('heading', { name: 'Confirm and choose a password' })).toBeVisible();
    await examineInAllViews(owner, 'confirm-elsewhere');
    await owner.getByRole('button', { name: 'Confirm my address' }).click();
    await expect(owner.getByText(/Use at least|Accept the terms/).first()).toBeVisible();
    await owner.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD);
    await owner.getByRole('checkbox').check();
    await owner.getByRole('button', { name: 'Confirm my address' }).click();
    await expect(owner).toHaveURL(/\/dashboard/);
  });
  await page.goto('/signin');
  await page.getByLabel('Email address').first().fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert').first()).toContainText('wrong');
});

test('a reset signs in, tells which devices it signed out, and offers the keys from before', async ({
  page,
  browser,
  baseURL,
}) => {
  const email = newAddress('reset');
  await signInAs(page, email);
  for (const name of ['Nightly import', 'Planted']) {
    await page.goto('/keys');
    await page.getByRole('button', { name: 'Create a key' }).first().click();
    await page.getByLabel('Name').fill(name);
    await page.getByRole('button', { name: 'Create key' }).click();
    await expect(page.getByTestId('api-key')).toBeVisible();
  }
  await elsewhere(browser, baseURL, async (owner) => {
    await owner.goto('/forgot-password');
    await owner.getByLabel('Email address').fill(email);
    await owner.getByRole('button', { name: 'Email me the link' }).click();
    await expect(owner.getByRole('heading', { name: 'Check your email' })).toBeVisible();
    await followMailedLink(owner, email);
    await owner.getByLabel('New password').fill(NEW_PASSWORD);
    await owner.getByRole('button', { name: 'Save the new password' }).click();
    await expect(owner).toHaveURL(/\/settings\/access/);
    await expect(owner.getByText('1 device was signed out when the password changed.')).toBeVisible();
    await owner.getByRole('checkbox', { name: /Planted/ }).check();
    await examineInAllViews(owner, 'access-review');
    await owner.getByRole('button', { name: 'Revoke selected (1)' }).click();
    await owner.getByRole('alertdialog').getByRole('button', { name: 'Revoke', exact: true }).click();
    await expect(owner.getByRole('checkbox', { name: /Planted/ })).toHaveCount(0);
    await owner.getByRole('button', { name: 'Revoke all' }).click();
    await owner.getByRole('alertdialog').getByRole('button', { name: 'Revoke', exact: true }).click();
    await expect(owner.getByText('None from before the change still works.')).toBeVisible();
    await expect(async () => {
      await owner.goto('/dev/outbox');
      await expect(owner.getByText('Your password was changed').first()).toBeVisible({ timeout: 1_000 });
    }).toPass();
  });
  // The device that was signed in before no longer is.
  await page.goto('/dashboard');
  await expect(page).toHaveURL(/\/signin/);
});

test('devices are listed, one is signed out from another, and a copied cookie ends with its session', async ({
  page,
  browser,
  baseURL,
  context,
}) => {
  const email = newAddress('devices');
  await signInAs(page, email);
  await elsewhere(browser, baseURL, async (other) => {
    await signInAs(other, email);
    await page.goto('/settings');
    const sessions = page.getByRole('list', { name: 'Sessions' });
    await expect(sessions.getByRole('listitem')).toHaveCount(2);
    await expect(sessions.getByText('This device')).toHaveCount(1);
    await examineInAllViews(page, 'settings-sessions');
    await sessions.getByRole('button', { name: /^Sign out/ }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out', exact: true }).click();
    await expect(sessions.getByRole('listitem')).toHaveCount(1);
    await other.goto('/dashboard');
    await expect(other).toHaveURL(/\/signin/);
  });
  const copied = await sessionCookieOf(context);
  expect(copied).toHaveLength(1);
  await page.goto('/dashboard');
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/$/);
  await context.addCookies(copied);
  await page.goto('/dashboard');
  await expect(page).toHaveURL(/\/signin/);
  expect((await context.request.get('/api/usage/days')).status()).toBe(401);
});

test('the workspace is renamed and gets another policy, with which a new list begins', async ({ page }) => {
  await signInAs(page, newAddress('workspace'));
  await page.goto('/settings');
  await page.getByLabel('Workspace name').fill('Harbor & Sons');
  await page.getByLabel('What the addresses are for').selectOption('First contact');
  const section = page.locator('form', { has: page.getByLabel('Workspace name') });
  await section.getByRole('button', { name: 'Save' }).click();
  await expect(section.getByText('Saved.')).toBeVisible();
  await expect(page.getByText('Harbor & Sons').filter({ visible: true }).first()).toBeVisible();
  await page.goto('/lists/new?by=paste');
  await expect(page.getByLabel('What the list is for')).toHaveValue('cold');
  await page.goto('/settings');
  await expect(page.getByLabel('What the addresses are for')).toHaveValue('cold');
});

test('a temporary mailbox has no free credits and is told so kindly', async ({ page }) => {
  const email = `quick-${randomUUID()}@mailinator.com`;
  await page.goto('/signup');
  await fillSignUp(page, email);
  await confirmAndSignIn(page, email);
  await expect(page.getByText('No free credits for this address')).toBeVisible();
  await examineInAllViews(page, 'no-free-credits');
  await page.goto('/billing');
  await expect(page.getByText('No free credits for this address')).toBeVisible();
  await expect(page.getByText(/Your plan’s next 100 arrive/)).toHaveCount(0);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a visitor signs up, confirms, and signs in with the password in another browser', async ({ page, browser, baseURL }) => {
    const email = newAddress('plain');
    await page.goto('/signup');
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Create my account' }).click();
    await expect(page.getByText('Use at least 10 characters.')).toBeVisible();
    // The form comes back filled in, except for the password.
    await expect(page.getByLabel('Email address')).toHaveValue(email);
    await expect(page.getByRole('checkbox')).toBeChecked();
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create my account' }).click();
    await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();

    const context = await browser.newContext({ baseURL: baseURL ?? '', javaScriptEnabled: false });
    const other = await context.newPage();
    await other.goto('/signin?callbackUrl=%2Fusage');
    await signInByForm(other, email, PASSWORD);
    await expect(other.getByText('Confirm your address first')).toBeVisible();
    await other.getByRole('button', { name: 'Send the link again' }).click();
    await expect(other.getByText(/An email is on its way|Check your email/).first()).toBeVisible();

    await followMailedLink(page, email);
    await page.getByRole('button', { name: 'Confirm my address' }).click();
    await expect(page).toHaveURL(/\/dashboard/);

    await other.goto('/signin?callbackUrl=%2Fusage');
    await signInByForm(other, email, 'not the password');
    await expect(other.getByRole('alert').filter({ hasText: 'The address or the password is wrong.' })).toBeVisible();
    await expect(other.getByLabel('Email address')).toHaveValue(email);
    expect(await sessionCookieOf(context)).toHaveLength(0);
    await other.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await other.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(other).toHaveURL(/\/usage/);
    expect(await sessionCookieOf(context)).toHaveLength(1);
    await context.close();
  });
});

async function signInByForm(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
