// How a list is exported: rejected rows before the start, results filtered and whole, and finally the rows deleted.
import { readFile } from 'node:fs/promises';
import { expect, test, type Download, type Locator, type Page } from 'playwright/test';
import { readCsv } from '../database/read-csv';
import { readZip } from '../database/read-zip';
import { signInAsNewUser } from './accounts';
import { examine, examineAsItIs } from './examine';

const CSV = [
  'name,email',
  'Alice,alice@deliverable.sandbox.test',
  '=1+1,bob@deliverable.sandbox.test',
  'Alice again,ALICE@deliverable.sandbox.test',
  'Nobody,nobody@deliverable.sandbox.test',
  'None,',
].join('\r\n');

async function save(page: Page, press: Locator): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download'), press.click()]);
  return download;
}

const bytesOf = async (download: Download): Promise<Buffer> => readFile(await download.path());
const rowsOf = async (download: Download): Promise<string[][]> =>
  readCsv((await bytesOf(download)).toString().replace(/^\ufeff/, ''));

async function upload(page: Page): Promise<void> {
  await page.goto('/lists/new');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'spring customers.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) });
  await page.getByRole('button', { name: 'Upload and count · free' }).click();
  await expect(page.getByText('Ready to start').first()).toBeVisible();
}

async function chooseDownload(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More downloads' }).click();
  await page.getByRole('menuitem', { name: /^Choose rows/ }).click();
}

test('a list is exported: rejected rows, filtered rows, and everything; then its rows are deleted', async ({ page }) => {
  await signInAsNewUser(page);
  await upload(page);

  await test.step('the rejected rows, before anything is paid', async () => {
    const rejected = await save(page, page.getByRole('button', { name: /^Download them/ }));
    expect(rejected.suggestedFilename()).toBe('spring customers-rejected.csv');
    expect(await rowsOf(rejected)).toEqual([
      ['name', 'email', 'ev_row', 'ev_problem'],
      ['None', '', '5', 'The cell for the address is empty.'],
    ]);
  });

  await page.getByRole('button', { name: /^Verify / }).click();
  await expect(page.getByText('Completed').first()).toBeVisible();
  const list = new URL(page.url()).pathname;
  const dialog = page.getByRole('dialog');

  await test.step('what can be mailed, in one click, and what the table shows in two', async () => {
    const mailable = await save(page, page.getByRole('button', { name: /^Download deliverable · \d+ addresses$/ }));
    expect((await rowsOf(mailable)).map(([name]) => name)).toEqual(['name', 'Alice', "'=1+1", 'Alice again']);
    await page.goto(`${list}?status=undeliverable`);
    await page.getByRole('button', { name: 'More downloads' }).click();
    await examineAsItIs(page, 'list-download-menu');
    const shown = await save(page, page.getByRole('menuitem', { name: /^What the table shows/ }));
    expect((await rowsOf(shown)).map(([name]) => name)).toEqual(['name', 'Nobody']);
  });

  await test.step('the kinds of columns that are chosen', async () => {
    await page.goto(`${list}?status=undeliverable`);
    await chooseDownload(page);
    await dialog.getByRole('checkbox', { name: /^Your \d+ columns/ }).uncheck();
    await dialog.getByRole('checkbox', { name: /^The details/ }).uncheck();
    const file = await save(page, dialog.getByRole('button', { name: 'Download', exact: true }));
    expect((await rowsOf(file)).map((row) => row.slice(0, 2))).toEqual([
      ['ev_email', 'ev_status'],
      ['nobody@deliverable.sandbox.test', 'undeliverable'],
    ]);
  });

  await test.step('what the table shows', async () => {
    await page.goto(`${list}?status=undeliverable`);
    await chooseDownload(page);
    await expect(dialog.getByLabel('What the table shows')).toBeChecked();
    const shown = await save(page, dialog.getByRole('button', { name: 'Download', exact: true }));
    expect(shown.suggestedFilename()).toBe('spring customers-verified-filtered.csv');
    expect((await rowsOf(shown)).map(([name]) => name)).toEqual(['name', 'Nobody']);
  });

  await test.step('everything, in its order, with no formula in it', async () => {
    await page.goto(list);
    await chooseDownload(page);
    await dialog.getByLabel('Everything').check();
    const all = await rowsOf(await save(page, dialog.getByRole('button', { name: 'Download', exact: true })));
    expect(all.map(([name, , status]) => [name, status])).toEqual([
      ['name', 'ev_status'],
      ['Alice', 'deliverable'],
      ["'=1+1", 'deliverable'],
      ['Alice again', 'deliverable'],
      ['Nobody', 'undeliverable'],
      ['None', ''],
    ]);
    await dialog.getByLabel('File', { exact: true }).selectOption('xlsx');
    const workbook = await save(page, dialog.getByRole('button', { name: 'Download', exact: true }));
    expect(workbook.suggestedFilename()).toBe('spring customers-verified.xlsx');
    expect(readZip(await bytesOf(workbook)).get('xl/worksheets/sheet1.xml')).toContain('nobody@deliverable.sandbox.test');
    await examineAsItIs(page, 'list-download');
    await page.keyboard.press('Escape');
  });

  await test.step('kept longer, then deleted for good', async () => {
    await page.getByLabel('Keep the rows for').selectOption('90');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    await page.getByRole('button', { name: 'Delete the rows now' }).click();
    await dialog.getByRole('button', { name: 'Delete the rows', exact: true }).click();
    await expect(page.getByText('The rows are deleted').first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'More downloads' })).toBeHidden();
  });

  await test.step('what is left looks right everywhere', async () => {
    await examine(page, list, 'list-deleted');
  });
});
