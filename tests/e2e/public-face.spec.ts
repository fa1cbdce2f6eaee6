// What search engines, link previews, slow phones, browsers without scripts and people who want less motion get of the public pages.
import { get } from 'node:http';
import { expect } from 'playwright/test';
import { LANDING_SCRIPTS_MAX_BYTES, PRELOADED_FONT_MAX_BYTES } from '@/lib/platform/limits';
import { untilAlive } from './examine';
import { holdScripts } from './hold-scripts';
import { test } from './visitor';

const contentOf = (html: string, name: string): string | undefined =>
  new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`).exec(html)?.[1];

test('every page of the sitemap has a title, a description, its own address, and a picture', async ({ request, baseURL }) => {
  const sitemap = await (await request.get('/sitemap.xml')).text();
  const paths = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = '']) => new URL(url).pathname);
  expect(paths.length).toBeGreaterThan(60);
  const titles = new Map<string, string>();
  for (const path of paths) {
    const response = await request.get(path);
    const html = await response.text();
    expect([path, response.status()]).toEqual([path, 200]);
    const title = /<title>([^<]+)<\/title>/.exec(html)?.[1] ?? '';
    expect(title, path).not.toBe('');
    expect(titles.get(title), `${path} has the title of another page`).toBeUndefined();
    titles.set(title, path);
    expect(contentOf(html, 'description')?.length ?? 0, path).toBeGreaterThanOrEqual(70);
    expect(contentOf(html, 'og:title'), path).toBeTruthy();
    expect(contentOf(html, 'og:description'), path).toBeTruthy();
    const canonical = /<link rel="canonical" href="([^"]+)"/.exec(html)?.[1] ?? '';
    expect(canonical.replace(/\/$/, ''), path).toBe(`${baseURL ?? ''}${path}`.replace(/\/$/, ''));
    const picture = contentOf(html, 'og:image') ?? '';
    expect(new URL(picture).pathname, path).toBe(`/og${path === '/' ? '/index' : path}.png`);
  }
  const picture = await request.get('/og/index.png');
  expect(picture.headers()['content-type']).toBe('image/png');
});

/** How many bytes are sent for a URL to a browser that reads Brotli. */
const weigh = (url: URL): Promise<number> =>
  new Promise((done, failed) => {
    get(url, { headers: { 'accept-encoding': 'gzip, deflate, br' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (part: Buffer) => (bytes += part.length));
      answer.on('end', () => done(bytes));
    }).on('error', failed);
  });

test('the landing page is light: what its form needs, and one small font before everything else', async ({
  request,
  baseURL,
}) => {
  const html = await (await request.get('/')).text();
  const sources = new Set([...html.matchAll(/<script\b[^>]*\bdata-asleep="([^"]+)"/g)].map(([, source = '']) => source));
  let bytes = 0;
  for (const source of sources) bytes += await weigh(new URL(source, baseURL));
  expect(sources.size).toBeGreaterThan(2);
  expect(bytes).toBeLessThanOrEqual(LANDING_SCRIPTS_MAX_BYTES);

  const response = await request.get('/');
  const preloads = `${response.headers().link ?? ''} ${[...html.matchAll(/<link[^>]*as="font"[^>]*>/g)].join(' ')}`;
  const fonts = new Set([...preloads.matchAll(/[^<"\s]+\.woff2/g)].map(([file]) => file));
  expect(fonts.size).toBe(1);
  for (const font of fonts) expect(await weigh(new URL(font, baseURL))).toBeLessThanOrEqual(PRELOADED_FONT_MAX_BYTES);
});

test('forms are sent without the library that reads them on the server', async ({ request }) => {
  for (const path of ['/signup', '/signin']) {
    const html = await (await request.get(path)).text();
    const sources = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"/g)].map(([, source = '']) => source);
    expect(sources.length).toBeGreaterThan(2);
    for (const source of sources) expect((await (await request.get(source)).text()).includes('ZodError'), source).toBe(false);
  }
});

test('reading loads no script; the form loads its own while an address is typed, and nothing typed or pressed is lost', async ({
  page,
}) => {
  const scripts: string[] = [];
  page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()));
  for (const path of ['/', '/pricing', '/status', '/developers', '/docs', '/learn/smtp-verification']) {
    await page.goto(path, { waitUntil: 'load' });
    await page.mouse.wheel(0, 2_000);
    await page.keyboard.press('Tab');
    await page.mouse.move(300, 300);
  }
  await page.goto('/', { waitUntil: 'load' });
  await page.getByRole('button', { name: 'Switch between light and dark' }).first().click();
  expect(scripts).toEqual([]);
  const release = await holdScripts(page);
  await page.getByRole('textbox', { name: 'Email address to verify' }).pressSequentially('nobody@deliv');
  await expect.poll(() => scripts.length).toBeGreaterThan(2);
  release();
  await page.waitForFunction(() => window.earlyEvents?.isAlive === true);
  await page.keyboard.type('erable.sandbox.test');
  await page.keyboard.press('Enter');
  await expect(page.locator('article[data-phase=final]').getByText('Undeliverable', { exact: true }).first()).toBeVisible();
  await expect(page).toHaveURL('/');
});

/** What happened since the page was opened, of the kind that a browser reports. */
const LAYOUT_SHIFTS = `window.shifted = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({ type: 'layout-shift', buffered: true });`;
const SHIFT_MAX = 0.01;

test('a font that loads late moves nothing', async ({ page }) => {
  await page.setViewportSize({ width: 412, height: 823 });
  await page.addInitScript(LAYOUT_SHIFTS);
  const held: (() => void)[] = [];
  await page.route(/geist_latin[.-].*woff2/, async (route) => {
    await new Promise<void>((resolve) => held.push(resolve));
    await route.continue();
  });
  await page.goto('/', { waitUntil: 'domcontentloaded' });
  await expect(page.getByRole('button', { name: 'Verify' })).toBeVisible();
  expect(await page.evaluate(() => document.fonts.status)).toBe('loading');
  for (const letCome of held) letCome();
  await page.evaluate(() => document.fonts.ready);
  await untilAlive(page);
  expect(Number(await page.evaluate('window.shifted'))).toBeLessThan(SHIFT_MAX);
});

test('hydration does not restyle the whole page', async ({ page }) => {
  // Adding a style element, or a class on the root, makes the browser recompute every element's style: a long task on a phone.
  await page.addInitScript(`addEventListener('DOMContentLoaded', () => {
    window.restyled = [];
    const watch = new MutationObserver((changes) => {
      for (const { type, addedNodes } of changes) {
        if (type === 'attributes') window.restyled.push('root');
        for (const { nodeName } of addedNodes) if (nodeName === 'STYLE') window.restyled.push('style');
      }
    });
    watch.observe(document.documentElement, { attributes: true });
    watch.observe(document.head, { childList: true });
  })`);
  await page.goto('/');
  await untilAlive(page);
  expect(await page.evaluate('window.restyled')).toEqual([]);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the free verifier answers on a separate page', async ({ page }) => {
    await page.goto('/');
    await page.getByLabel('Email address to verify').fill('nobody@deliverable.sandbox.test');
    await page.getByRole('button', { name: 'Verify', exact: true }).click();
    await expect(page).toHaveURL(/\/check\/ver_\w+$/);
    const answer = page.getByRole('article', { name: /^Verification of/ });
    await expect(answer.getByText('Undeliverable', { exact: true }).first()).toBeVisible();
    await expect(answer.getByText(/550 5\.1\.1/).first()).toBeVisible();
  });

  test('a form without an address comes back with a sentence', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Verify', exact: true }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Type the address' })).toBeVisible();
  });

  test('pricing and status can be read', async ({ page }) => {
    await page.goto('/pricing?addresses=75000&interval=packs');
    await expect(page.getByText('Recommended', { exact: true }).first()).toBeVisible();
    await page.goto('/status');
    await expect(page.getByRole('heading', { name: 'Database' })).toBeVisible();
  });
});

/** The narrowest phone, and a window of 1,280 pixels at 200 %. */
const WIDTHS = [320, 640];
const FITTING_PAGES = [
  ...['/', '/pricing', '/status', '/developers', '/accuracy', '/compare/zerobounce', '/learn/smtp-verification', '/glossary'],
  ...[
    '/docs',
    '/docs/errors',
    '/contact',
    '/sandbox',
    '/widget',
    '/changelog',
    '/security',
    '/sub-processors',
    '/signup',
    '/signin',
  ],
];

for (const path of FITTING_PAGES) {
  test(`nothing of ${path} is cut off at ${WIDTHS.join(' or ')} pixels`, async ({ visitor }) => {
    for (const width of WIDTHS) {
      await visitor.setViewportSize({ width, height: 800 });
      await visitor.goto(path, { waitUntil: 'load' });
      expect({ width, wide: await visitor.evaluate(wideParts) }).toEqual({ width, wide: [] });
      expect(await visitor.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
}

/** Runs in the page: finds what extends past the right edge and can't be scrolled to. */
function wideParts(): string[] {
  const isClipped = (element: Element): boolean => {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || element.closest('[class*=sr-only], details:not([open])') !== null) return false;
    for (let around = element.parentElement; around !== null; around = around.parentElement) {
      // Content of a container that scrolls can be reached.
      if (['auto', 'scroll'].includes(getComputedStyle(around).overflowX)) return false;
    }
    return box.right > innerWidth + 1;
  };
  return [...document.querySelectorAll('main *')].filter(isClipped).map((element) => element.outerHTML.slice(0, 120));
}

test('with reduced motion, a change of theme animates nothing', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto('/pricing');
  await untilAlive(page);
  const counted = await page.evaluateHandle(() => {
    const counts = { begun: 0 };
    document.addEventListener('transitionrun', () => (counts.begun += 1), true);
    return counts;
  });
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveClass(/\bdark\b/);
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  expect(await counted.jsonValue()).toEqual({ begun: 0 });
});
