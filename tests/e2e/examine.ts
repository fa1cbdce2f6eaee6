// What every page must stand: axe finds nothing, nothing scrolls sideways, the console is quiet. The screenshots are kept under
// test-results/screenshots.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

export const VIEWS = [
  { name: 'desktop', size: { width: 1280, height: 900 } },
  { name: 'phone', size: { width: 390, height: 844 } },
] as const;
export const THEMES = ['light', 'dark'] as const;

/** Opens a page and examines it. `label` tells the view in the screenshot's name; `name` the page, where its path does not. */
export async function examine(page: Page, path: string, label: string, name = nameOf(path)): Promise<void> {
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(path, { waitUntil: 'load' });
  await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
  await examineAsItIs(page, `${name}-${label}`);
  const wanted = path === '/no-such-page' ? complaints.filter((text) => !text.includes('404')) : complaints;
  expect(wanted).toEqual([]);
}

/** The page as it stands now, with what is open on it. */
export async function examineAsItIs(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await page.screenshot({ path: `test-results/screenshots/${name}.png`, fullPage: true });
}

const nameOf = (path: string): string => (path === '/' ? 'landing' : path.slice(1).replaceAll(/[/?=&]/g, '-'));
