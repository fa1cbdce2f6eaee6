// Buying, from the pricing page to the invoice, on the stand-in's pages: packs, plans and plan changes, late payments, and automatic
// top-ups. The last journeys move the stand-in's clock ahead.
import { randomUUID } from 'node:crypto';
import { expect, test, type Page } from 'playwright/test';
import { findRuntime } from '../../scripts/runtime';
import { E2E_DATA_DIR, signInAsNewUser } from './accounts';
import { examine, examineAsItIs } from './examine';
import { confirmAndSignIn, fillSignUp } from './sign-up';

const GOOD = '4242 4242 4242 4242';
const DECLINED = '4000 0000 0000 0002';
const ASKS_TO_CONFIRM = '4000 0027 6000 3184';
const FAILS_LATER = '4000 0000 0000 0341';

async function standIn(): Promise<string> {
  const base = (await findRuntime(E2E_DATA_DIR))?.standIn?.STRIPE_API_BASE;
  if (base === undefined) throw new Error('no stand-in runs');
  return base;
}

/** Pays on the payment page. */
async function pay(page: Page, card: string): Promise<void> {
  await expect(page).toHaveURL(/\/(c\/pay|i)\//);
  await page.getByLabel('Card number').fill(card);
  await page.getByRole('button', { name: /^(Pay|Subscribe) / }).click();
}

async function buyPack(page: Page, card: string): Promise<void> {
  await page.goto('/billing');
  await page.getByRole('button', { name: /^Buy 5,000 credits/ }).click();
  await pay(page, card);
}

async function subscribe(page: Page, card: string): Promise<void> {
  await page.goto('/billing');
  await page.getByRole('link', { name: 'Subscribe · $15 a month' }).click();
  await page.getByRole('button', { name: 'Go to payment · $15' }).click();
  await pay(page, card);
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
}

const creditsLeft = (page: Page) =>
  page.getByRole('complementary', { name: 'Sidebar' }).getByRole('link', { name: /credits? left/ });

test('from the pricing page to the invoice, as somebody new', async ({ page }) => {
  const email = `buyer-${randomUUID()}@example.org`;
  await page.goto('/pricing');
  await page.getByRole('slider').focus();
  await page.keyboard.press('Home');
  await expect(page.getByRole('heading', { name: 'Free', level: 2, exact: true })).toBeVisible();
  await page.keyboard.press('End');
  await expect(page.getByRole('heading', { name: 'Pack of 1,000,000' })).toBeVisible();
  await expect(page).toHaveURL(/addresses=1000000/);
  await page.getByRole('link', { name: 'Buy 5,000 credits for $19' }).click();

  await expect(page.getByText('Next you’ll pay for 5,000 credits.')).toBeVisible();
  await fillSignUp(page, email);
  await confirmAndSignIn(page, email);
  await expect(page).toHaveURL(/\/billing\/checkout\?pack=5k/);
  await page.getByRole('button', { name: 'Go to payment · $19' }).click();
  await pay(page, GOOD);

  await expect(page.getByText('You have 5,000 credits now.')).toBeVisible();
  await expect(creditsLeft(page)).toHaveText('5,100 credits left');
  await page.reload();
  await expect(page.getByText('There are 5,100 credits to spend.')).toBeVisible();

  await page.getByRole('link', { name: 'Go to billing' }).click();
  const invoice = page.getByRole('row').filter({ hasText: '5,000 credits' });
  await expect(invoice).toContainText('$19.00');
  await expect(invoice).toContainText('Paid');
  const popup = page.waitForEvent('popup');
  await invoice.getByRole('link', { name: /^Open/ }).click();
  await expect((await popup).getByText('Paid', { exact: true })).toBeVisible();
});

test('a card that is refused buys nothing, and another one does', async ({ page }) => {
  await signInAsNewUser(page);
  await buyPack(page, DECLINED);
  await expect(page.getByRole('alert')).toContainText('Your card was declined.');
  const payPage = page.url();
  await page.getByRole('link', { name: 'Back without paying' }).click();
  await expect(page).toHaveURL(/\/billing$/);
  await expect(creditsLeft(page)).toHaveText('100 credits left');
  await expect(page.getByText('No invoices yet')).toBeVisible();

  await page.goto(payPage);
  await pay(page, ASKS_TO_CONFIRM);
  await page.getByRole('button', { name: 'Confirm the payment' }).click();
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
  await expect(creditsLeft(page)).toHaveText('5,100 credits left');
});

test('a purchase is shown to no other workspace', async ({ page, browser }) => {
  await signInAsNewUser(page);
  await buyPack(page, GOOD);
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
  const other = await browser.newPage();
  await signInAsNewUser(other);
  await other.goto(page.url());
  await expect(other.getByRole('heading', { name: 'Purchase not found' })).toBeVisible();
  await expect(creditsLeft(other)).toHaveText('100 credits left');
  await other.close();
});

test('subscribe, upgrade, go down, stay, cancel, keep', async ({ page }) => {
  await signInAsNewUser(page);
  await subscribe(page, GOOD);
  await expect(creditsLeft(page)).toHaveText('5,100 credits left');
  await examine(page, '/billing', 'billing-starter');

  await page.getByRole('link', { name: 'Upgrade · $99 a month' }).click();
  await expect(page.getByText('Unused time on')).toBeVisible();
  await examine(page, new URL(page.url()).pathname + new URL(page.url()).search, 'billing-upgrade');
  await page.getByRole('button', { name: /^Change the plan · \$8\d\.\d\d$/ }).click();
  await expect(page.getByText('The plan is changed.')).toBeVisible();
  await expect(page.getByText('Next invoice: $99.00')).toBeVisible();
  await expect(creditsLeft(page)).toHaveText(/^50,1\d\d credits left$/);

  await page.getByRole('link', { name: 'Change · $15 a month' }).click();
  await page.getByRole('button', { name: 'Change at the end of the period · $0 now' }).click();
  await expect(page.getByText('The plan will change at the end of the paid period.')).toBeVisible();
  await expect(page.getByText('Comes next')).toBeVisible();
  await page.getByRole('button', { name: 'Stay on this plan' }).click();
  await expect(page.getByText('Comes next')).toHaveCount(0);

  await page.getByRole('button', { name: 'Cancel plan' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel plan' }).click();
  await expect(page.getByText('Canceled', { exact: true })).toBeVisible();
  await expect(page.getByText('This plan is set to end.')).toBeVisible();
  await page.getByRole('button', { name: 'Keep plan' }).click();
  await expect(page.getByText('Active', { exact: true })).toBeVisible();
});

test('a card is kept, and buys by itself when credits run low', async ({ page }) => {
  await signInAsNewUser(page);
  await page.goto('/billing');
  await expect(page.getByText('You need a card on file first.')).toBeVisible();
  await buyPack(page, GOOD);
  await page.getByRole('link', { name: 'Go to billing' }).click();
  await expect(page.getByText('Visa ending in 4242')).toBeVisible();
  await page.getByLabel('When credits fall below').fill('0');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByText('At least 1.')).toBeVisible();
  await examineAsItIs(page, 'billing-top-up-problem');
  await page.getByLabel('When credits fall below').fill('6000');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByText('Automatic top-up is on.')).toBeVisible();
  // The worker buys: 100 free, 5,000 by hand, 10,000 by itself, which is no longer below the threshold.
  await expect(async () => {
    await page.reload();
    await expect(creditsLeft(page)).toHaveText('15,100 credits left', { timeout: 1_000 });
  }).toPass({ timeout: 200_000 });
  await expect(page.getByRole('row').filter({ hasText: '10,000 credits' })).toContainText('$35.00');
  await page.getByRole('button', { name: 'Switch off' }).click();
  await expect(page.getByText('Automatic top-up is switched off.')).toBeVisible();

  await page.getByRole('button', { name: 'Manage at Stripe' }).click();
  await page.getByLabel('Card number').fill('5555 5555 5555 4444');
  await page.getByRole('button', { name: 'Change the card' }).click();
  await page.getByRole('link', { name: 'Back to the shop' }).click();
  await expect(page.getByText('Mastercard ending in 4444')).toBeVisible();
});

test('a failed renewal is shown on every page until it is paid', async ({ page }) => {
  await signInAsNewUser(page);
  await subscribe(page, FAILS_LATER);
  const controls = await page.context().newPage();
  await controls.goto(await standIn());
  await controls.getByRole('button', { name: 'Go on by a month' }).click();
  await controls.close();

  const banner = page.getByText('The payment for your plan didn’t go through.');
  await expect(async () => {
    await page.goto('/dashboard');
    await expect(banner).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 200_000 });
  // It comes with the page's frame, so it does not push away what somebody is about to press.
  const html = await (await page.request.get('/dashboard')).text();
  expect(html.split('</main>', 1)[0]).toContain('The payment for your plan didn’t go through.');
  await examine(page, '/billing', 'billing-past-due');
  await expect(page.getByText('Past due', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Pay the open invoice' }).click();
  await pay(page, GOOD);
  await expect(page.getByText('Paid', { exact: true })).toBeVisible();
  await expect(async () => {
    await page.goto('/billing');
    await expect(page.getByText('Active', { exact: true })).toBeVisible({ timeout: 1_000 });
    // A separate event says this, after the plan's.
    await expect(creditsLeft(page)).toHaveText('10,100 credits left', { timeout: 1_000 });
  }).toPass({ timeout: 200_000 });
  await expect(banner).toHaveCount(0);
});
