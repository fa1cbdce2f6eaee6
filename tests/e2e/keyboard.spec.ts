// By keyboard alone, from signing up to the exported file. After each step, something on the page has the focus: if the focus falls back to
// the body, keyboard users start at the top again, and a screen reader says nothing.
import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { expect, test, type Locator, type Page } from 'playwright/test';
import { PASSWORD, signInAsNewUser } from './accounts';
import { expectAccessible, untilAlive } from './examine';
import { holdScripts } from './hold-scripts';
import { followMailedLink } from './sign-up';

const CSV = 'name,email\nAlice,alice@deliverable.sandbox.test\nNobody,nobody@deliverable.sandbox.test\n';
/** More tab stops than there are between any two consecutive steps. */
const TABS_MAX = 60;

const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    return element === null || element === document.body ? 'nothing' : `${element.tagName} ${element.textContent.slice(0, 60)}`;
  });

/** A page that is being replaced may briefly have no title. */
const expectFocus = (page: Page, after: string) =>
  expect.poll(() => focused(page), { message: `focus after ${after}` }).not.toBe('nothing');

/** Presses Tab until the target has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let press = 0; press < TABS_MAX; press++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The Tab key does not lead to ${String(target)}; ${await focused(page)} has the focus`);
}

async function press(page: Page, target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(text);
}

test('sign up, upload, verify and export, and the focus is never lost', async ({ page }) => {
  const email = `keyboard-${randomUUID()}@example.org`;
  await page.goto('/signup');
  await untilAlive(page);

  await test.step('sign up', async () => {
    await type(page, page.getByLabel('Email address'), email);
    await type(page, page.getByLabel('Password', { exact: true }), PASSWORD);
    await press(page, page.getByRole('checkbox'), 'Space');
    await press(page, page.getByRole('button', { name: 'Create my account' }));
    await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();
    await expectFocus(page, 'signing up');
  });

  await test.step('confirm', async () => {
    await followMailedLink(page, email);
    await untilAlive(page);
    await press(page, page.getByRole('button', { name: 'Confirm my address' }));
    await expect(page).toHaveURL(/\/dashboard/);
    await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
    await expectFocus(page, 'confirming');
  });

  await test.step('choose a file', async () => {
    await press(page, page.getByRole('link', { name: 'Upload a list' }).first());
    await expect(page.getByRole('heading', { name: 'New list' })).toBeVisible();
    await expectFocus(page, 'opening the page');
    const chooser = page.waitForEvent('filechooser');
    await press(page, page.getByRole('button', { name: 'Choose a file' }).first());
    await (await chooser).setFiles({ name: 'spring.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) });
    await expect(page.getByText('spring.csv')).toBeVisible();
    await expect(page.getByText('spring.csv')).toBeFocused();
  });

  await test.step('upload', async () => {
    await press(page, page.getByRole('button', { name: 'Upload and count · free' }));
    await expectFocus(page, 'pressing upload');
    await expect(page.getByText('Ready to start').first()).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  });

  await test.step('start', async () => {
    await press(page, page.getByRole('button', { name: /^Verify 2 addresses/ }));
    await expectFocus(page, 'pressing start');
    await expect(page.getByText('Completed').first()).toBeVisible();
    await expectFocus(page, 'the list’s end');
  });

  await test.step('look at a row', async () => {
    const row = page.getByRole('link', { name: 'alice@deliverable.sandbox.test' }).first();
    await press(page, row);
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(row).toBeFocused();
  });

  await test.step('export', async () => {
    const download = page.waitForEvent('download');
    await press(page, page.getByRole('button', { name: /^Download deliverable/ }));
    expect(await readFile(await (await download).path(), 'utf8')).toContain('alice@deliverable.sandbox.test');
    await expectFocus(page, 'exporting');
  });
});

test('alternative addresses of sign-in and sign-up redirect, with their query', async ({ request }) => {
  for (const [from, to] of [
    ['/login?callbackUrl=%2Flists', '/signin?callbackUrl=%2Flists'],
    ['/log-in', '/signin'],
    ['/sign-in', '/signin'],
    ['/register', '/signup'],
    ['/sign-up', '/signup'],
    ['/join', '/signup'],
  ] as const) {
    const answer = await request.get(from, { maxRedirects: 0 });
    expect([answer.status(), answer.headers().location]).toEqual([308, to]);
  }
});

test('a chart is read by the arrow keys, and has the same values as a table', async ({ page }) => {
  await page.goto('/dev/components');
  await untilAlive(page);
  const figure = page.getByRole('figure', { name: 'Specimen: verdicts by day.' });
  const plot = figure.getByRole('application', { name: /^Specimen: verdicts by day\. Use the arrow keys/ });
  await plot.focus();
  await page.keyboard.press('ArrowRight');
  await expect(figure.getByRole('status')).toContainText('Nov 11');
  await expect(figure.getByRole('status')).toContainText('Deliverable7');
  await figure.getByText('Show as table').click();
  await expect(figure.getByRole('row', { name: /^Nov 11 7 5 1 3 16$/ })).toBeVisible();
});

test('letters typed right after ⌘K arrive, however late the rest of the palette comes', async ({ page }) => {
  await signInAsNewUser(page);
  await page.goto('/dashboard');
  await untilAlive(page);
  const release = await holdScripts(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('webh');
  await expect(page.getByRole('combobox', { name: 'Command menu' })).toHaveValue('webh');
  await expectAccessible(page, { part: 'dialog' });
  release();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/webhooks');
  // Where the sidebar is a drawer.
  await page.setViewportSize({ width: 640, height: 800 });
  await page.getByRole('button', { name: 'Go to…' }).click();
  await expect(page.getByRole('combobox', { name: 'Command menu' })).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Command menu' })).toBeHidden();
});

test('letters typed right after ⌘K arrive on a page whose scripts have not', async ({ page }) => {
  const release = await holdScripts(page);
  await page.goto('/docs');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('idempotency_mismatch');
  release();
  await expect(page.getByRole('option').first()).toContainText('idempotency_mismatch');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/docs\/errors#idempotency_mismatch$/);
});
