// The app on the narrowest phone and at twice the text size: nothing is cut off, and no table has to be scrolled sideways to be read. Also
// with the reader's own (forced) colors, where anything drawn only by a background would vanish.
import { expect, test, type Page } from 'playwright/test';
import { OPERATOR_EMAIL, signInAs, signInAsNewUser } from './accounts';
import { untilAlive } from './examine';
import { seedHealth } from './seed-health';
import { fetchNothingAhead } from './visitor';

const NARROW = { width: 320, height: 640 };
/** A window of 1,280 by 900 at 200 %. */
const ZOOMED = { width: 640, height: 450 };

/** Tables wider than their container. Folded parts and a file's own columns may scroll. */
const clipped = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('[role=region]')]
      .filter((region) => region.querySelector('table') !== null && region.closest('details') === null)
      .filter((region) => region.scrollWidth > region.clientWidth + 1)
      .map((region) => `${region.getAttribute('aria-label') ?? '?'} ${region.scrollWidth} > ${region.clientWidth}`),
  );

async function expectToFit(page: Page, path: string, sizes = [NARROW, ZOOMED]): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    await page.goto(path);
    await untilAlive(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect({ path, size, over, clipped: await clipped(page) }).toEqual({
      path,
      size,
      over: 0,
      clipped: [],
    });
  }
}

test('every page of the app fits', async ({ page }) => {
  await signInAsNewUser(page);
  await page.goto('/verify');
  await page.getByLabel('Email address').fill('alice.with.a.rather.long.name@deliverable.sandbox.test');
  await page.getByRole('button', { name: /^Verify ·/ }).click();
  await expect(page.locator('article[data-phase="final"]')).toBeVisible();
  await page.getByRole('link', { name: 'Permanent link' }).click();
  await expect(page).toHaveURL(/\/verifications\/ver_/);
  const verification = new URL(page.url()).pathname;
  await page.goto('/lists/new?by=paste');
  await page.getByLabel('Addresses', { exact: true }).fill('alice@deliverable.sandbox.test\nnobody@deliverable.sandbox.test');
  await page.getByRole('button', { name: 'Count the addresses · free' }).click();
  await page.getByRole('button', { name: /^Verify 2 addresses/ }).click();
  await expect(page.getByText('Completed').first()).toBeVisible();
  const list = new URL(page.url()).pathname;
  await fetchNothingAhead(page);
  for (const path of [
    ...['/dashboard', '/verify', verification, '/verifications', '/lists', '/lists/new', list],
    ...['/keys', '/webhooks', '/usage', '/billing', '/settings', '/settings/blocklist'],
  ]) {
    await test.step(path, () => expectToFit(page, path));
  }
});

test('on a phone, an address has one line in the history and in the ledger', async ({ page }) => {
  const email = 'alice@deliverable.sandbox.test';
  await page.setViewportSize({ width: 390, height: 844 });
  await signInAsNewUser(page);
  await page.goto('/verify');
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: /^Verify ·/ }).click();
  await expect(page.locator('article[data-phase="final"]')).toBeVisible();
  for (const path of ['/dashboard', '/verifications', '/usage']) {
    await page.goto(path);
    const link = page.getByRole('main').getByRole('link', { name: email });
    await expect(link).toBeVisible();
    const shown = await link.evaluate((element) => {
      const box = element.closest('.truncate') ?? element;
      return { lines: Math.round(element.getBoundingClientRect().height / 20), isCut: box.scrollWidth > box.clientWidth };
    });
    expect({ path, ...shown }).toEqual({ path, lines: 1, isCut: false });
  }
});

test('on a phone, so do the tables of the guides for moving', async ({ page }) => {
  for (const path of ['/docs/from-zerobounce', '/docs/from-neverbounce', '/docs/from-reacher']) {
    await test.step(path, () => expectToFit(page, path, [NARROW]));
  }
});

test('so does the operator’s', async ({ page }) => {
  await seedHealth();
  await signInAs(page, OPERATOR_EMAIL);
  await expectToFit(page, '/operator');
});

test('in the reader’s own colors, the current place and progress bars are still visible', async ({ page }) => {
  await signInAsNewUser(page);
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('/usage');
  await untilAlive(page);
  const current = page.getByRole('navigation', { name: 'App' }).getByRole('link', { name: 'Usage' });
  await expect(current).toHaveCSS('outline-style', 'solid');
  await expect(page.getByRole('progressbar', { name: 'Rows kept' })).toHaveCSS('border-top-style', 'solid');
});

test.describe('under a finger', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('text controls have 16 px, so that iOS does not zoom to them, and buttons and their icons are large enough', async ({
    page,
  }) => {
    await fetchNothingAhead(page);
    await signInAsNewUser(page);
    for (const path of ['/verify', '/verifications', '/keys', '/lists/new?by=paste', '/usage', '/billing', '/settings']) {
      await test.step(path, async () => {
        await page.goto(path);
        await untilAlive(page);
        expect(await tooSmall(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      });
    }
  });
});

/** Text controls with letters below 16 px, buttons with words lower than 36 px, and squeezed icons. */
const tooSmall = (page: Page) =>
  page.evaluate(() => {
    const seen = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)].filter((it) => it.checkVisibility());
    const small = seen('input:not([type=checkbox], [type=radio], [type=hidden], [type=file]), select, textarea').filter(
      (control) => Number.parseFloat(getComputedStyle(control).fontSize) < 16,
    );
    const low = seen('main button').filter((button) => button.innerText.trim() !== '' && button.offsetHeight < 36);
    const squeezed = [...document.querySelectorAll('main button svg')].filter(
      (icon) => icon.checkVisibility() && icon.getBoundingClientRect().width < 12,
    );
    return [...small, ...low, ...squeezed].map((it) => it.outerHTML.slice(0, 120));
  });
