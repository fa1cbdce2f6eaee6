// A visitor becomes a user: the form, the mail, the button behind its link.
import { expect, type Page } from 'playwright/test';
import { PASSWORD } from './accounts';

export async function fillSignUp(page: Page, email: string): Promise<void> {
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Create my account' }).click();
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();
}

/** Opens the newest mail to the address in the outbox and follows its link. A mail may be sent after the page that speaks of it. */
export async function followMailedLink(page: Page, email: string): Promise<void> {
  const mail = page.getByRole('link').filter({ hasText: email }).first();
  await expect(async () => {
    await page.goto('/dev/outbox');
    await expect(mail).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await mail.click();
  const link = page.getByRole('link', { name: /\/(verify-email|magic-link|reset-password)/ }).first();
  const href = await link.getAttribute('href');
  await page.goto(href ?? '');
}

/** Confirms by the mailed link in the browser that signed up, which signs in; ends where the user was going. */
export async function confirmAndSignIn(page: Page, email: string): Promise<void> {
  await followMailedLink(page, email);
  await page.getByRole('button', { name: 'Confirm my address' }).click();
  await expect(page).not.toHaveURL(/verify-email|\/signin/);
}
