// Accounts for the journeys, made by the command line, which finds the running product's database.
import { spawnSync } from 'node:child_process';
import { expect, type Page } from '@playwright/test';

export const E2E_DATA_DIR = '.data/e2e';
/** The product under test runs with this as its OPERATOR_EMAILS. */
export const OPERATOR_EMAIL = 'operator@example.org';
export const PASSWORD = 'violet harbour lantern 42';

/** Signs in, with an account made for it where there is none. */
export async function signInAs(page: Page, email: string): Promise<void> {
  const command = ['--import', 'tsx', 'cli/main.ts', 'user', 'create', '--email', email, '--password', PASSWORD];
  const made = spawnSync(process.execPath, command, { env: { ...process.env, DATA_DIR: E2E_DATA_DIR }, encoding: 'utf8' });
  if (made.status !== 0 && !made.stderr.includes('There is an account with this address already.')) throw new Error(made.stderr);
  await page.goto('/signin');
  await page.getByLabel('E-mail address').first().fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/\/dashboard/);
}

export const signInAsNewUser = (page: Page): Promise<void> =>
  signInAs(page, `pages-${Date.now()}-${Math.floor(performance.now())}@example.org`);
