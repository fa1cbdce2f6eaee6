// A person who must not be mailed: put on the workspace's blocklist, answered without asking anybody, found, and taken off again.
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from 'playwright/test';
import { signInAsNewUser } from './accounts';
import { examine, examineInAllViews, untilAlive } from './examine';

const ALICE = 'alice@deliverable.sandbox.test';

async function verify(page: Page, verdict: 'Risky' | 'Deliverable'): Promise<void> {
  await page.goto('/verify');
  await page.getByLabel('Email address').fill(ALICE);
  await page.getByRole('button', { name: /^Verify ·/ }).click();
  await expect(page.getByRole('article').getByText(verdict, { exact: true }).first()).toBeVisible();
}

test('an address is blocked, answered as such, and unblocked', async ({ page }) => {
  await signInAsNewUser(page);
  await page.goto('/settings');
  await page.getByRole('link', { name: 'Open the blocklist' }).click();
  await expect(page.getByText('Nothing is blocked')).toBeVisible();
  await examine(page, '/settings/blocklist', 'blocklist-empty');

  const table = page.getByRole('region', { name: 'Blocklist' });
  const field = page.getByLabel('Addresses or domains, one per line');
  await expect(field).not.toHaveAttribute('aria-invalid', 'true');
  await test.step('good lines are added, and a bad one stays with what is wrong with it', async () => {
    await untilAlive(page);
    await field.fill(`Alice@deliverable.sandbox.test\nann@@example.com\n@example.org\njane.doe+news@gmail.com\n${ALICE}`);
    await page.getByRole('button', { name: 'Add to the blocklist' }).click();
    await expect(page.getByText('3 entries added.')).toBeVisible();
    await expect(page.getByText('The address has more than one @ sign.')).toBeVisible();
    await expect(field).toHaveValue('ann@@example.com');
    await expect(table.getByRole('row')).toHaveCount(4);
    await expect(page.getByText('3 of 10,000')).toBeVisible();
    await examineInAllViews(page, 'blocklist-added');
    await field.fill(ALICE);
    await page.getByRole('button', { name: 'Add to the blocklist' }).click();
    await expect(page.getByText('0 entries added. 1 was already there.')).toBeVisible();
    await expect(field).toHaveValue('');
  });

  await test.step('it is found in any spelling, and downloaded', async () => {
    await page.getByLabel('Search the blocklist').fill('janedoe@googlemail.com');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(page).toHaveURL(/q=janedoe/);
    await expect(table.getByRole('row')).toHaveCount(2);
    await expect(table).toContainText('janedoe@gmail.com');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download as CSV' }).click(),
    ]);
    expect(readFileSync(await file.path(), 'utf8')).toMatch(/^\uFEFFentry,added_at\r\nalice@deliverable\.sandbox\.test,20/);
    await page.getByLabel('Search the blocklist').fill('nobody');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(page.getByText('No entry contains this.')).toBeVisible();
  });

  await test.step('a check says so, costs nothing and leads back', async () => {
    await verify(page, 'Risky');
    await expect(page.getByText('The address or its domain is on your own blocklist.')).toBeVisible();
    await expect(page.getByText('No server had to be asked for this answer.')).toBeVisible();
    await expect(page.getByText(`Not asked: your blocklist names ${ALICE}.`)).toHaveCount(1);
    await examineInAllViews(page, 'blocklist-verdict');
    await page.getByRole('link', { name: 'On your blocklist' }).click();
    await expect(page).toHaveURL('/settings/blocklist');
  });

  await test.step('once removed, the mail server is asked', async () => {
    const row = table.getByRole('row').filter({ hasText: ALICE });
    await row.getByRole('button', { name: /^Remove/ }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await expect(page.getByText(`${ALICE} is no longer blocked.`)).toBeVisible();
    await expect(table.getByRole('row')).toHaveCount(3);
    await verify(page, 'Deliverable');
  });
});
