// What every page must pass, in both themes, on a desktop and a phone: axe finds nothing, nothing scrolls sideways, and the console is
// quiet. With E2E_SCREENSHOTS=1 it saves a picture of each view under test-results/screenshots, for people to look at.
import AxeBuilder from '@axe-core/playwright';
import axeCore from 'axe-core';
import { expect, type ConsoleMessage, type Page } from 'playwright/test';
import { expectContrast } from './contrast';

type Theme = 'light' | 'dark';

/**
 * A page is loaded again for each size, in the first theme listed, and then switched to the other. So each size and each theme has its
 * first paint examined, and so does what a theme switch changes.
 */
export const VIEWS = [
  { name: 'desktop', size: { width: 1280, height: 900 }, themes: ['light', 'dark'] },
  { name: 'phone', size: { width: 390, height: 844 }, themes: ['dark', 'light'] },
] as const;

type Themes = 'both' | 'one a size';

/** Opens a page in every view and examines it. `name` names its screenshots, if the path can't. */
export const examine = (page: Page, path: string, name = nameOf(path)): Promise<void> =>
  examineIn(page, { path, name, themes: 'both' });

/** Examines a text page, whose layout all text pages share: each theme in only one size. */
export const examineReading = (page: Page, path: string): Promise<void> =>
  examineIn(page, { path, name: nameOf(path), themes: 'one a size' });

async function examineIn(page: Page, { path, name, themes }: { path: string; name: string; themes: Themes }): Promise<void> {
  const complaints: string[] = [];
  const hear = (message: ConsoleMessage) => void (message.type() === 'error' && complaints.push(message.text()));
  const hearOfError = (error: Error) => void complaints.push(error.message);
  page.on('console', hear).on('pageerror', hearOfError);
  const open = async () => {
    await page.goto(path, { waitUntil: 'load' });
    await untilAlive(page);
    return name;
  };
  await inEachSize(page, open, themes);
  // The page may be examined again, at another path.
  page.off('console', hear).off('pageerror', hearOfError);
  const wanted = path.endsWith('/no-such-page') ? complaints.filter((text) => !text.includes('404')) : complaints;
  expect(wanted).toEqual([]);
}

/** Prepares the page once for each size, then examines it in its themes. `prepare` returns the page's name. */
export async function inEachSize(page: Page, prepare: () => Promise<string>, themes: Themes = 'both'): Promise<void> {
  for (const view of VIEWS) {
    await page.setViewportSize(view.size);
    await switchTheme(page, view.themes[0]);
    const name = await prepare();
    for (const [at, theme] of view.themes.slice(0, themes === 'both' ? 2 : 1).entries()) {
      await switchTheme(page, theme);
      await examineAsItIs(page, `${name}-${view.name}-${theme}`, at === 0 ? 'everything' : 'colors');
    }
  }
  await page.setViewportSize(VIEWS[0].size);
}

/** Examines the current page in both themes, on a desktop and a phone. */
export const examineInAllViews = (page: Page, name: string): Promise<void> =>
  inEachSize(page, async () => {
    await untilAlive(page);
    return name;
  });

/**
 * Its scripts have run, of a page that sleeps too: buttons answer, nothing is hydrated any more, and what was streamed stands in its place:
 * React leaves a template where it shows something else meanwhile, and replaces it in a later frame.
 */
export async function untilAlive(page: Page): Promise<void> {
  await page.evaluate(() => window.earlyEvents?.wake());
  await page.waitForFunction(() => window.earlyEvents?.isAlive === true && !document.querySelector('template[id^="B:"]'));
}

/** What to check. After a full check, the page's other theme changes only colors. */
type Question = 'everything' | 'colors';

/** Examines the page in its current state, including what is open on it. */
export async function examineAsItIs(page: Page, name: string, question: Question = 'everything'): Promise<void> {
  await untilStill(page);
  // Render deferred content now: until it is rendered, a browser does not compute its colors in the other theme.
  await page.addStyleTag({ content: '.later { content-visibility: visible !important }' });
  await expectAccessible(page, { question });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  if (process.env.E2E_SCREENSHOTS !== undefined) {
    await page.screenshot({ path: `test-results/screenshots/${name}.png`, fullPage: true });
  }
}

/** Axe finds nothing on the page, or in the named part of it. */
export async function expectAccessible(
  page: Page,
  { part, question = 'everything' }: { part?: string; question?: Question } = {},
): Promise<void> {
  const isOneFrame = page.frames().length === 1;
  if (isOneFrame) await loadAxe(page);
  // The other mode exists for frames of other origins. It opens a tab for each check and takes twice as long.
  const axe = new AxeBuilder({ page, ...(isOneFrame && { axeSource: NOTHING_MORE }) })
    .setLegacyMode(isOneFrame)
    .options({ resultTypes: ['violations'] });
  if (question === 'colors') axe.withRules(isOneFrame ? [LINKS] : [LINKS, CONTRAST]);
  else if (isOneFrame) axe.disableRules(CONTRAST);
  const { violations } = await (part === undefined ? axe : axe.include(part)).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
  if (isOneFrame) await expectContrast(page, part);
}

/** The rules about colors. */
const LINKS = 'link-in-text-block';
const CONTRAST = 'color-contrast';

/** A script that does nothing. Left to itself, the builder sends all of axe (580 kB) to the page twice for each check. */
const NOTHING_MORE = 'void 0';

/** Once for each document, however often it is checked. */
async function loadAxe(page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeCore.source);
}

/** Waits for fades to end, since half-faded text has the wrong contrast. Scroll-driven animations never end, but rest without scrolling. */
const untilStill = (page: Page) =>
  page.waitForFunction(() =>
    document.getAnimations().every((animation) => {
      if (animation.timeline !== document.timeline) return true;
      const { endTime } = animation.effect?.getComputedTiming() ?? {};
      return endTime === Infinity || animation.playState !== 'running';
    }),
  );

/** An open page switches in a later frame. */
async function switchTheme(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  if (page.url() !== 'about:blank') await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${theme}\\b`));
}

const nameOf = (path: string): string => (path === '/' ? 'landing' : path.slice(1).replaceAll(/[/?=&]/g, '-'));
