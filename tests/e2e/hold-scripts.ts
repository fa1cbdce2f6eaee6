// Simulates a slow connection: the page has arrived, its scripts have not.
import type { Page } from 'playwright/test';

/** No script file arrives until the returned function is called. */
export async function holdScripts(page: Page): Promise<() => void> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((done) => (release = done));
  await page.route('**/_next/static/**/*.js', async (route) => {
    await released;
    await route.continue();
  });
  return release;
}
