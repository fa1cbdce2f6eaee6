// A list is watched while the web server, and then PostgreSQL, is killed under its page. The page says so, keeps what it showed, catches up
// by itself, and never shows an error. The product is the test's own, on a scratch folder.
import { randomUUID } from 'node:crypto';
import { expect, type Page } from 'playwright/test';
import { z } from 'zod';
import { signIn } from './accounts';
import { createUser, isReady, killChild, POSTGRES, test, WEB, type OwnProduct, type Product } from './own-product';

const ROWS = 600;
const listSchema = z.object({ id: z.string() });

test.describe.configure({ mode: 'default' });

/** Signs in a user with enough credits on this page. */
async function watch({ ready }: OwnProduct, page: Page): Promise<{ product: Product; key: string }> {
  const product = await ready();
  const email = `watcher-${randomUUID()}@example.org`;
  const key = await createUser(product, email, 1_000);
  await signIn(page, email, product.site);
  return { product, key };
}

/**
 * Some addresses are at a host that greylists, so that the list runs for as long as the test watches it. No address is from an earlier
 * list, whose answers would be remembered.
 */
async function startList({ site }: Product, key: string): Promise<string> {
  const made = Date.now();
  const emails = Array.from(
    { length: ROWS },
    (_, n) => `person-${made}-${n}@${n % 6 === 0 ? 'greylist' : 'deliverable'}.sandbox.test`,
  );
  const body = new FormData();
  body.set('start', 'true');
  body.set('file', new Blob([emails.join('\n')], { type: 'text/csv' }), 'watched.csv');
  const response = await fetch(`${site}/v1/lists`, { method: 'POST', headers: { authorization: `Bearer ${key}` }, body });
  return listSchema.parse(await response.json()).id;
}

for (const [what, pattern] of [
  ['the web server', WEB],
  ['PostgreSQL', POSTGRES],
] as const) {
  test(`${what} is killed under a running list: its page reconnects and goes on to the end`, async ({ page, own }) => {
    const { product, key } = await watch(own, page);
    const id = await startList(product, key);
    await page.goto(`${product.site}/lists/${id}`);
    const progress = page.getByRole('progressbar', { name: 'Progress of the list' });
    await expect(progress).toBeVisible();
    // A reload would lose this attribute.
    await page.evaluate(() => document.documentElement.setAttribute('data-watched', 'yes'));
    killChild(product, pattern);
    await expect(page.getByText(/Reconnecting…/).first()).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('h1 [data-status=completed]')).toBeVisible({ timeout: 200_000 });
    await expect(page.getByText(/Reconnecting…/)).toHaveCount(0);
    await expect(page.locator('html[data-watched=yes]')).toHaveCount(1);
    await expect(page.getByText('Something went wrong')).toHaveCount(0);
    await expect.poll(() => isReady(product)).toBe(true);
  });
}

test('while PostgreSQL is away a page waits and appears by itself', async ({ page, own }) => {
  const { product } = await watch(own, page);
  await page.goto(`${product.site}/usage`);
  killChild(product, POSTGRES);
  await page.goto(`${product.site}/usage`);
  await expect(page.getByRole('heading', { name: 'Usage', level: 1 })).toBeVisible({ timeout: 200_000 });
  await expect(page.getByText('Something went wrong')).toHaveCount(0);
});

test('a form that could not be sent says so and keeps what was typed', async ({ page, own }) => {
  const { product } = await watch(own, page);
  await page.goto(`${product.site}/verify`);
  await page.getByLabel('Email address').fill('alice@deliverable.sandbox.test');
  await page.route('**/verify', (route) =>
    route.request().method() === 'POST' ? route.abort('connectionrefused') : route.continue(),
  );
  await page
    .getByRole('button', { name: /^Verify/ })
    .first()
    .click();
  await expect(page.getByText('We couldn’t reach the server.', { exact: false })).toBeVisible();
  await expect(page.getByLabel('Email address')).toHaveValue('alice@deliverable.sandbox.test');
  await page.unroute('**/verify');
  await page
    .getByRole('button', { name: /^Verify/ })
    .first()
    .click();
  await expect(page.getByRole('article').getByText('Deliverable').first()).toBeVisible();
});
