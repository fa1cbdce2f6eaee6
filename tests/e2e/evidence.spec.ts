// The times on the page of a check: remembered evidence shows its date, and waiting time is counted once and correctly.
import { expect, test, type Page } from 'playwright/test';
import { signInAsNewUser } from './accounts';

async function verify(page: Page, email: string): Promise<string> {
  await page.goto('/verify');
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: /^Verify ·/ }).click();
  const answer = page.locator('article[data-phase="final"]');
  await expect(answer).toBeVisible();
  await expect(answer.getByText(email, { exact: true }).first()).toBeVisible();
  // Folded parts are evidence too.
  await answer.locator('details').evaluateAll((folds: HTMLDetailsElement[]) => folds.forEach((fold) => (fold.open = true)));
  return answer.innerText();
}

const secondsIn = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? Number.NaN);

test('the second check of a domain says what it remembered and from when', async ({ page }) => {
  await signInAsNewUser(page);
  const nobody = `nobody-${Date.now()}`;
  await verify(page, `${nobody}@deliverable.sandbox.test`);
  const second = await verify(page, `${nobody}-2@deliverable.sandbox.test`);
  expect(second).toMatch(
    /MX deliverable\.sandbox\.test: .*\s+Remembered from \d\d:\d\d, (\d+ (seconds?|minutes?)|less than a second) earlier/,
  );
  expect(second).toContain('The domain exists. Remembered from an earlier check.');
  expect(second).not.toMatch(/later, asked again/);

  const repeated = await verify(page, `${nobody}@deliverable.sandbox.test`);
  expect(repeated).toMatch(/Remembered from\s+\d\d:\d\d, .* earlier; nobody was asked again/);
  expect(repeated).not.toMatch(/\d ms/);
  expect(repeated).not.toContain('Took');
});

test('a check that a greylisting host put off says how long it really took', async ({ page }) => {
  await signInAsNewUser(page);
  const text = await verify(page, `alice.${Date.now()}@greylist.sandbox.test`);
  const waitedS = secondsIn(text, /([\d.]+) s later, asked again/);
  const tookS = secondsIn(text, /Took\s+([\d.]+) s/);
  expect(waitedS).toBeGreaterThanOrEqual(5);
  expect(tookS).toBeGreaterThanOrEqual(waitedS);
  expect(tookS).toBeLessThan(60);
});
