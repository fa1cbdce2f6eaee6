// A page that the tests of one Playwright worker share, for public pages that are only looked at. A page of its own for each of these tests
// would begin with a new renderer process, an empty cache and nothing compiled. A failed test ends the worker, and the page with it.
// Nothing is fetched ahead for links on it, since nobody follows them.
import { test as base, type Page } from 'playwright/test';

export const test = base.extend<{ visitor: Page }, { sharedPage: Page }>({
  sharedPage: [
    async ({ browser }, use, { project }) => {
      const { baseURL, userAgent } = project.use;
      const page = await browser.newPage({
        ...(baseURL !== undefined && { baseURL }),
        ...(userAgent !== undefined && { userAgent }),
      });
      await fetchNothingAhead(page);
      await use(page);
      await page.close();
    },
    { scope: 'worker' },
  ],
  /** Without the theme, the motion and the cookies that the test before it left. */
  visitor: async ({ sharedPage }, use) => {
    await sharedPage.emulateMedia({ colorScheme: null, reducedMotion: null });
    await sharedPage.context().clearCookies();
    await use(sharedPage);
  },
});

/**
 * For pages that are only looked at: what Next fetches ahead, up to 50 requests on a page of the documentation, is a quarter of the work. It
 * takes 204 for a server without such answers, and is quiet about it.
 */
export const fetchNothingAhead = (page: Page) =>
  page.addInitScript(() => {
    const { fetch } = window;
    window.fetch = (input, init) =>
      new Headers(init?.headers).has('next-router-prefetch')
        ? Promise.resolve(new Response(null, { status: 204 }))
        : fetch(input, init);
  });
