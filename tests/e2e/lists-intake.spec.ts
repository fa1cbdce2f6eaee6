// How a list comes in: a file is chosen, counted, priced and started; interrupted and resumed; pasted; refused with a reason.
import { writeFileSync } from 'node:fs';
import { expect, test, type Page } from 'playwright/test';
import { signInAsNewUser } from './accounts';
import { holdScripts } from './hold-scripts';
import { examine, examineAsItIs, inEachSize, untilAlive } from './examine';
import { fetchNothingAhead } from './visitor';

const CSV = [
  'name,email,backup',
  'Alice,alice@deliverable.sandbox.test,alice@rejecting.sandbox.test',
  'Bob,bob@deliverable.sandbox.test,bob@rejecting.sandbox.test',
  'Alice again,ALICE@deliverable.sandbox.test,',
  'Nobody,nobody@deliverable.sandbox.test,',
  'Wrong,not an address @ all,',
  'None,,',
].join('\r\n');

const asFile = (name: string, text: string | Buffer) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

/** Generated content, or the path of a file. */
type TestFile = ReturnType<typeof asFile> | string;

async function chooseFile(page: Page, file: TestFile): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(file);
}

async function upload(page: Page, file: TestFile): Promise<void> {
  await page.goto('/lists/new');
  await chooseFile(page, file);
  await page.getByRole('button', { name: 'Upload and count · free' }).click();
  await expect(page).toHaveURL(/\/lists\/lst_/);
}

const figure = (page: Page, term: string) => page.locator('dl > div', { hasText: term }).locator('dd');
const isReady = (page: Page) => expect(page.getByText('Ready to start').first()).toBeVisible();

test('a file is uploaded, counted, priced by the chosen column and started', async ({ page }) => {
  await signInAsNewUser(page);
  await page.goto('/dashboard');
  await page.getByRole('link', { name: 'Upload a list' }).click();
  await chooseFile(page, asFile('spring customers.csv', CSV));
  await page.getByLabel('Keep the rows for').selectOption('7');
  await page.getByRole('button', { name: 'Upload and count · free' }).click();
  await isReady(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('spring customers');
  await expect(page.getByRole('navigation', { name: 'Breadcrumb' })).toHaveText('Lists/spring customers');
  await expect(page).toHaveTitle('spring customers · Email Verifier');

  await test.step('the quote adds up', async () => {
    await expect(figure(page, 'Rows').first()).toHaveText('6');
    await expect(figure(page, 'Other spellings of the same mailbox')).toHaveText('−1');
    await expect(figure(page, 'Addresses to verify')).not.toHaveText('0');
    await expect(page.getByRole('button', { name: /^Verify \d+ addresses · up to 3 credits$/ })).toBeVisible();
  });

  await test.step('another column is another price', async () => {
    await expect(page.getByRole('button', { name: 'email', exact: true })).toHaveAttribute('aria-pressed', 'true');
    await page.getByRole('button', { name: 'backup', exact: true }).click();
    await page.getByRole('button', { name: 'Count again · free' }).click();
    await expect(page.getByRole('button', { name: 'Verify 2 addresses · up to 2 credits' })).toBeVisible();
    await page.getByLabel('Column').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Count again · free' }).click();
    await expect(page.getByRole('button', { name: /up to 3 credits$/ })).toBeVisible();
  });

  await test.step('it starts, and the table of lists tells how far it is', async () => {
    await page.getByRole('button', { name: /^Verify / }).click();
    await expect(page.getByText('Completed').first()).toBeVisible();
    await page.goto('/lists?status=completed');
    await expect(page.getByRole('link', { name: 'spring customers' })).toBeVisible();
    await page.goto('/dashboard');
    await expect(
      page.getByRole('region', { name: 'Lists', exact: true }).getByRole('link', { name: 'spring customers' }),
    ).toBeVisible();
    await expect(page.getByRole('list', { name: 'First steps' }).getByText('Done')).toHaveCount(2);
    await expect(page.getByText(/answers?, lists included/)).not.toHaveText(/^0 /);
  });
});

test('an interrupted upload resumes with the same file, and no other', async ({ page }, info) => {
  await signInAsNewUser(page);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.route('**/parts/*', (route) => route.abort());
  // On disk, because the same file is recognized by its modification time too.
  const file = info.outputPath('long list.csv');
  writeFileSync(file, CSV);
  await upload(page, file);
  await expect(page.getByText('Connection lost.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Choose the same file again to continue')).toBeVisible();
  await examineAsItIs(page, 'list-broken-off');
  await page.unroute('**/parts/*');
  await chooseFile(page, asFile('other list.csv', CSV));
  await expect(page.getByText('This is another file')).toBeVisible();
  await chooseFile(page, file);
  await isReady(page);
});

test('a file that is chosen before the page’s scripts have loaded is not lost', async ({ page }) => {
  await signInAsNewUser(page);
  const comeAlive = await holdScripts(page);
  await page.goto('/lists/new', { waitUntil: 'commit' });
  await chooseFile(page, asFile('quick hands.csv', CSV));
  comeAlive();
  await expect(page.getByText('quick hands.csv')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Upload and count · free' })).toBeEnabled();
});

test('addresses are pasted, counted, and discarded', async ({ page }) => {
  await signInAsNewUser(page);
  await page.goto('/lists/new?by=paste');
  await page.getByRole('button', { name: 'Count the addresses · free' }).click();
  await expect(page.getByText('Paste some addresses first.')).toBeVisible();
  await page
    .getByLabel('Addresses', { exact: true })
    .fill('alice@deliverable.sandbox.test\nbob@deliverable.sandbox.test\nalice@deliverable.sandbox.test');
  await expect(page.getByText('3 lines')).toBeVisible();
  await page.getByRole('button', { name: 'Count the addresses · free' }).click();
  await isReady(page);
  await expect(page.getByRole('button', { name: 'Verify 2 addresses · up to 2 credits' })).toBeVisible();
  await page.getByRole('button', { name: 'Discard the list' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard the list' }).click();
  await expect(page).toHaveURL(/\/lists$/);
  await expect(page.getByText('Canceled').first()).toBeVisible();
});

test('a file that can’t be read says why, and what to do', async ({ page }) => {
  await signInAsNewUser(page);
  await page.goto('/lists/new');
  await chooseFile(page, asFile('old.xls', 'x'));
  await expect(page.getByText('This is an old Excel format.')).toBeVisible();
  await upload(page, asFile('picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])));
  await expect(page.getByText('The file can’t be read')).toBeVisible();
});

test('if no column looks like addresses, one can be chosen without another upload', async ({ page }) => {
  await signInAsNewUser(page);
  const blank = Array.from({ length: 500 }, () => 'Nobody,').join('\n');
  await upload(page, asFile('words.csv', `name,contact\n${blank}\nAlice,alice@deliverable.sandbox.test\n`));
  await expect(page.getByText('Which column holds the addresses?')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Verify/ })).toBeHidden();
  await expect(page.getByRole('row', { name: /^2 Nobody/ })).toBeVisible();
  await examineAsItIs(page, 'list-no-column');
  await page.getByRole('button', { name: 'contact', exact: true }).click();
  await page.getByRole('button', { name: 'Count the addresses · free' }).click();
  await expect(page.getByRole('button', { name: 'Verify 1 address · up to 1 credit' })).toBeVisible();
});

test('not enough credits: the missing number is named, and the list can start until they run out', async ({ page }) => {
  await signInAsNewUser(page);
  const rows = Array.from({ length: 150 }, (_, n) => `person-${n}@deliverable.sandbox.test`);
  await upload(page, asFile('many.csv', ['email', ...rows].join('\n')));
  await isReady(page);
  await expect(page.getByText('You need 50 more to verify all of it.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Buy credits' })).toHaveAttribute('href', '/billing');
  await expect(page.getByRole('button', { name: 'Verify 150 addresses · up to 100 credits' })).toBeEnabled();
  await page.getByLabel('Spend at most').fill('20');
  await expect(page.getByRole('button', { name: 'Verify 150 addresses · up to 20 credits' })).toBeVisible();
  await page.getByLabel('In full').check();
  await expect(page.getByRole('button', { name: /^Verify 150 addresses/ })).toBeDisabled();
});

test('every page on the way', async ({ page }) => {
  await fetchNothingAhead(page);
  await signInAsNewUser(page);
  await examine(page, '/lists', 'lists-empty');
  await examine(page, '/lists/new');
  await inEachSize(page, async () => {
    await page.goto('/lists/new');
    await untilAlive(page);
    await chooseFile(page, asFile('spring customers.csv', CSV));
    await expect(page.getByText('spring customers.csv')).toBeVisible();
    return 'lists-new-chosen';
  });
  await examine(page, '/lists/new?by=paste', 'lists-new-paste');
  await upload(page, asFile('spring customers.csv', CSV));
  await isReady(page);
  await examine(page, new URL(page.url()).pathname, 'list-ready');
  await examine(page, '/lists');
  await examine(page, '/dashboard', 'dashboard-with-lists');
});
