// The form widget in a real browser, with a public key and the product's own API: by keyboard, announced to screen readers, never in the
// way.
import { expect, test } from 'playwright/test';
import { signInAsNewUser } from './accounts';
import { examineAsItIs } from './examine';

test('a key for this site, a corrected typo, a blocked dead address, and a form that is sent when nobody answers', async ({
  page,
  baseURL,
}) => {
  await signInAsNewUser(page);
  await page.goto('/keys');
  await page.getByRole('button', { name: 'Create a key' }).first().click();
  await page.getByLabel('Name').fill('Widget');
  await page.getByLabel('Kind').selectOption('pub');
  await page.getByLabel('Origins of pages').fill(new URL(baseURL ?? '').origin);
  await page.getByRole('button', { name: 'Create key' }).click();
  const key = (await page.getByTestId('api-key').innerText()).trim();
  expect(key).toMatch(/^evk_pub_/);

  await page.goto('/widget');
  await page.getByLabel('Public key').fill(key);
  const email = page.getByLabel('Your email address');
  const said = page.locator('.email-verifier');
  await expect(said).toHaveAttribute('aria-live', 'polite');

  await test.step('a typo is mended by keyboard', async () => {
    await email.fill('ann@gmial.com');
    await email.press('Tab');
    const suggestion = page.getByRole('button', { name: 'Did you mean ann@gmail.com?' });
    await expect(suggestion).toBeVisible();
    await examineAsItIs(page, 'widget-typo');
    await suggestion.focus();
    await page.keyboard.press('Enter');
    await expect(email).toHaveValue('ann@gmail.com');
    await expect(email).toBeFocused();
    await expect(suggestion).toBeHidden();
  });

  await test.step('a dead address is an error of the field', async () => {
    await email.fill('nobody@deliverable.sandbox.test');
    await email.press('Enter');
    await expect(said).toContainText('does not seem to exist');
    await expect(email).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByText('The form was sent')).toBeHidden();
    await expect(page.getByLabel('Events your page receives')).toContainText('mailbox_not_found');
  });

  await test.step('a living one goes', async () => {
    await email.fill('alice@deliverable.sandbox.test');
    await email.press('Enter');
    await expect(page.getByText('The form was sent')).toBeVisible();
  });

  await test.step('nobody answers: the form goes all the same', async () => {
    await page.route('**/v1/verify/single', (route) => route.abort());
    await email.fill('bob@deliverable.sandbox.test');
    await email.press('Enter');
    await expect(page.getByText('The form was sent')).toBeVisible();
    await expect(page.getByLabel('Events your page receives')).toContainText('"failedOpen": "network"');
  });
});

test('the script is small, cached by browsers for an hour, and may be requested by any site', async ({ request }) => {
  const answered = await request.get('/widget/v1.js');
  expect(answered.status()).toBe(200);
  expect(answered.headers()).toMatchObject({
    'content-type': expect.stringContaining('javascript'),
    'cache-control': expect.stringContaining('max-age=3600'),
    'access-control-allow-origin': '*',
  });
});
