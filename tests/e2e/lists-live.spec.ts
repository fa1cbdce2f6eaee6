// A list on its page while it runs: verdicts stream in, rows are filtered and opened, and the run is paused, resumed and cancelled.
import { expect, test, type Page } from 'playwright/test';
import { signInAsNewUser } from './accounts';
import { examineAsItIs, inEachSize, untilAlive } from './examine';
import { seedWaitingList } from './seed-waiting-list';

const NAMES = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'heidi'];
const DOMAINS = ['deliverable', 'rejecting', 'catch-all', 'blocking'].map((word) => `${word}.sandbox.test`);

const ADDRESSES = NAMES.flatMap((name) => DOMAINS.map((domain) => `${name}@${domain}`));

async function startPasted(page: Page, text: string): Promise<void> {
  await page.goto('/lists/new?by=paste');
  await page.getByLabel('Addresses', { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Count the addresses · free' }).click();
  await expect(page).toHaveURL(/\/lists\/lst_/);
  await page.getByRole('button', { name: /^Verify \d+ addresses/ }).click();
  await expect(page.getByRole('region', { name: 'Results' }).first()).toBeVisible();
}

const rows = (page: Page) => page.getByRole('region', { name: 'Result rows' }).locator('tbody tr');
const status = (page: Page, word: string) => page.locator(`h1 [data-status=${word}]`);

test('verdicts stream in, are filtered in the URL, and each row shows why', async ({ page }) => {
  await signInAsNewUser(page);
  await startPasted(page, ADDRESSES.join('\n'));
  await expect(status(page, 'completed')).toBeVisible();
  await expect(page.getByText(`All ${ADDRESSES.length} addresses have a verdict`)).toBeVisible();
  await expect(rows(page).first()).toBeVisible();

  await test.step('filters live in the URL', async () => {
    await page.getByRole('combobox', { name: 'Verdict' }).selectOption('undeliverable');
    await expect(page).toHaveURL(/status=undeliverable/);
    await expect(rows(page).filter({ hasNotText: 'Undeliverable' })).toHaveCount(0);
    await expect(rows(page).filter({ hasText: '@rejecting.sandbox.test' })).toHaveCount(NAMES.length);
    await page.getByRole('link', { name: 'Clear' }).click();
    await expect(page).not.toHaveURL(/status=/);
    // The URL changes before the page that it names has arrived.
    await expect(page.getByRole('combobox', { name: 'Verdict' })).toHaveValue('');
    await page.keyboard.press('/');
    await page.keyboard.type('ALICE@');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/q=ALICE/);
    await expect(rows(page)).toHaveCount(DOMAINS.length);
    await page.getByRole('searchbox').fill('@deliverable.sandbox.test');
    await page.keyboard.press('Enter');
    await expect(rows(page)).toHaveCount(NAMES.length);
  });

  await test.step('a row opens by the keyboard, with an address of its own', async () => {
    await page.getByRole('heading', { name: 'Results' }).click();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/row=\d+/);
    const drawer = page.getByRole('dialog');
    await expect(drawer.getByText('250').first()).toBeVisible();
    await expect(drawer.getByRole('list', { name: 'Seven layers' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page).not.toHaveURL(/row=/);
    await expect(rows(page)).toHaveCount(NAMES.length);
  });

  await test.step('pages go on, back, and to the end', async () => {
    await page.getByRole('link', { name: 'Clear' }).click();
    await expect(rows(page)).toHaveCount(25);
    await page.getByRole('link', { name: 'Next', exact: true }).click();
    await expect(rows(page)).toHaveCount(ADDRESSES.length - 25);
    await page.getByRole('link', { name: 'Previous', exact: true }).click();
    await expect(rows(page)).toHaveCount(25);
  });

  await test.step('it stands in every view, and so does a row', async () => {
    const path = new URL(page.url()).pathname;
    await inEachSize(page, async () => {
      await page.goto(path);
      await untilAlive(page);
      await expect(status(page, 'completed')).toBeVisible();
      return 'list-completed';
    });
    await inEachSize(page, async () => {
      await page.goto(`${path}?row=2`);
      await expect(page.getByRole('dialog').getByRole('list', { name: 'Seven layers' })).toBeVisible();
      return 'list-row';
    });
  });
});

test('a list that waits for a server is paused, resumed and cancelled', async ({ page }) => {
  const email = await signInAsNewUser(page);
  await page.goto(`/lists/${await seedWaitingList(email)}`);
  await expect(page.getByText(/1 will be asked again by \d\d:\d\d/)).toBeVisible();
  await examineAsItIs(page, 'list-running');

  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(status(page, 'paused')).toBeVisible();
  await expect(page.getByText(/Paused by you/)).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(status(page, 'paused')).toHaveCount(0);
  await page.getByRole('button', { name: 'Cancel list' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel list' }).click();
  await expect(status(page, 'cancelled')).toBeVisible();
  await expect(page.getByText(/the rest were not checked and cost nothing/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Retry 1 unanswered · up to 1 credit/ })).toBeVisible();
});
