// The documentation in a real browser: how readers use it, and its console against the product's own API. The look of its pages is examined
// in pages.spec.ts.
import { type APIRequestContext, expect, test } from 'playwright/test';
import { readSnippets } from '@/content/docs/read-snippets';
import { signInAsNewUser } from './accounts';
import { examineAsItIs, untilAlive } from './examine';

test('search by keyboard leads to a place on a page', async ({ page }) => {
  await page.goto('/docs');
  await untilAlive(page);
  await page.keyboard.press('Control+k');
  const search = page.getByPlaceholder('Search the docs');
  await expect(search).toBeFocused();
  await search.fill('idempotency_mismatch');
  await expect(page.getByRole('option').first()).toContainText('idempotency_mismatch');
  await examineAsItIs(page, 'docs-search');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/docs\/errors#idempotency_mismatch$/);
  await expect(page.getByRole('heading', { name: 'idempotency_mismatch' })).toBeInViewport();
});

test('the search and the current page are in view on every page', async ({ page }) => {
  for (const [path, label] of [
    ['/docs', 'Quick start'],
    ['/docs/webhooks', 'Webhooks'],
    ['/docs/from-reacher', 'Reacher'],
  ] as const) {
    await page.goto(path);
    const current = page.getByRole('navigation', { name: 'Documentation' }).getByRole('link', { name: label, exact: true });
    await expect(page.getByRole('button', { name: 'Search the docs' })).toBeInViewport();
    await expect(current.and(page.locator('[aria-current=page]'))).toBeInViewport();
  }
});

test('the chosen language applies to all examples, on other pages, and after a reload', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/docs');
  await untilAlive(page);
  await page.getByRole('tab', { name: 'Ruby' }).first().click();
  await expect(page.getByRole('tab', { name: 'Ruby', selected: true })).toHaveCount(2);
  await page.getByRole('button', { name: 'Copy: Verify one address' }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe(readSnippets()['verify-one']?.ruby?.trimEnd());
  // The reference has a section of the same name.
  await page
    .getByRole('navigation', { name: 'Documentation' })
    .getByRole('link', { name: 'Webhooks', exact: true })
    .first()
    .click();
  await expect(page).toHaveURL(/\/docs\/webhooks$/);
  await expect(page.getByRole('tab', { name: 'Ruby', selected: true })).toHaveCount(1);
  await page.reload();
  await expect(page.getByRole('tab', { name: 'Ruby', selected: true })).toHaveCount(1);
  await page.getByRole('tab', { name: 'Ruby' }).press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Go', selected: true })).toBeFocused();
  await page.getByRole('button', { name: 'Copy page' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('# Webhooks\n');
});

/** The Markdown versions that llms.txt lists, by path. */
async function findTwins(request: APIRequestContext): Promise<readonly string[]> {
  const index = await (await request.get('/llms.txt')).text();
  return [...index.matchAll(/\]\(([^)]+\.md)\)/g)].map(([, address = '']) => new URL(address).pathname);
}

test('llms.txt lists a Markdown version of every page in the sitemap, and each is served', async ({ request }) => {
  const twins = await findTwins(request);
  const sitemap = await (await request.get('/sitemap.xml')).text();
  const pages = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address = '']) => new URL(address).pathname);
  const docs = pages.filter((path) => /^\/docs(\/|$)/.test(path));
  expect(docs.length).toBeGreaterThan(50);
  expect(twins.toSorted()).toEqual(docs.map((path) => `${path}.md`).toSorted());
  for (const twin of twins) {
    const response = await request.get(twin);
    expect([twin, response.status(), response.headers()['content-type']]).toEqual([twin, 200, 'text/markdown; charset=utf-8']);
    expect(await response.text()).toMatch(/^# /);
  }
  expect((await request.get('/docs/no-such-page.md')).status()).toBe(404);
});

test('every link of the documentation leads somewhere', async ({ page, request }) => {
  const found = new Set<string>();
  for (const twin of (await findTwins(request)).filter((path) => !path.startsWith('/docs/reasons/'))) {
    await page.goto(twin.replace(/\.md$/, ''), { waitUntil: 'domcontentloaded' });
    const hrefs = await page.locator('a[href^="/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
    for (const href of hrefs) found.add(href.replace(/#.*/, ''));
  }
  expect(found.size).toBeGreaterThan(60);
  for (const href of found) expect([href, (await request.get(href)).status()]).toEqual([href, 200]);
});

test('on a phone the list of pages opens, leads on and closes; without JavaScript nothing is hidden', async ({
  browser,
  baseURL,
}) => {
  const phone = await browser.newPage({ ...(baseURL !== undefined && { baseURL }), viewport: { width: 390, height: 844 } });
  await phone.goto('/docs');
  await untilAlive(phone);
  const pages = phone.getByRole('navigation', { name: 'Documentation' });
  await expect(pages).toBeHidden();
  await phone.getByRole('button', { name: /^All pages/ }).click();
  await pages.getByRole('link', { name: 'Test mode' }).click();
  await expect(phone.getByRole('heading', { level: 1, name: 'Test mode' })).toBeVisible();
  await expect(pages).toBeHidden();
  await phone.close();

  const plain = await browser.newPage({
    ...(baseURL !== undefined && { baseURL }),
    viewport: { width: 390, height: 844 },
    javaScriptEnabled: false,
  });
  await plain.goto('/docs');
  await expect(plain.getByRole('navigation', { name: 'Documentation' })).toBeVisible();
  for (const word of ['client.verify("mailbox-not-found@example.com")', 'EmailVerifier::Client.new'])
    await expect(plain.getByText(word).first()).toBeVisible();
  await plain.close();
});

test('the console of the reference calls the API with a test key, and accepts no other', async ({ page }) => {
  await signInAsNewUser(page);
  await page.goto('/keys');
  await page.getByRole('button', { name: 'Create a key' }).first().click();
  await page.getByLabel('Name').fill('Console');
  await page.getByLabel('Kind').selectOption('test');
  await page.getByRole('button', { name: 'Create key' }).click();
  const key = (await page.getByTestId('api-key').innerText()).trim();
  await page.goto('/docs/api');
  await untilAlive(page);

  await page.getByLabel('Test key').fill(key.replace('_test_', '_live_'));
  await page.getByLabel('email', { exact: true }).fill('catch-all@example.com');
  await page.getByRole('button', { name: 'Send the call' }).click();
  await expect(page.getByText('That is no test key')).toBeVisible();

  await page.getByLabel('Test key').fill(key);
  await page.getByRole('button', { name: 'Send the call' }).click();
  const answer = page.getByRole('region', { name: 'Code: The answer', exact: true });
  await expect(answer).toContainText('"reason": "catch_all"');

  await page.getByLabel('Call').selectOption('getVerification');
  await page.getByLabel('id', { exact: true }).fill('ver_01KB7W6C8E1G4J7M0P3R6T9W2Z');
  await page.getByRole('button', { name: 'Send the call' }).click();
  await expect(answer).toContainText('"code": "not_found"');
});
