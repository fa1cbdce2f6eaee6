// Accounts for the journeys, created in the running product's database as the command line creates them, and signed in by the request that
// the form sends without scripts. The form itself is tested where signing in is the subject.
import { randomUUID } from 'node:crypto';
import { expect, type Page } from 'playwright/test';
import { createUser } from '@/lib/credits/free-credits';
import { findRuntime } from '../../scripts/runtime';

export const E2E_DATA_DIR = '.data/e2e';
/** The product under test runs with this as its OPERATOR_EMAILS. */
export const OPERATOR_EMAIL = 'operator@example.org';
export const PASSWORD = 'violet harbour lantern 42';

/** How React names the form's action, for browsers without scripts. */
const HIDDEN_FIELD = /<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?/g;

/** Signs in, and creates the account first if there is none. The page does not navigate. */
export async function signInAs(page: Page, email: string): Promise<void> {
  await makeAccount(email);
  await signIn(page, email);
}

/** `site`: the address of another product. */
export async function signIn(page: Page, email: string, site = ''): Promise<void> {
  const { request } = page.context();
  const form = await request.get(`${site}/signin`);
  const hidden = [...(await form.text()).matchAll(HIDDEN_FIELD)].map(([, name = '', value = '']): [string, string] => [
    name,
    value.replaceAll('&quot;', '"'),
  ]);
  const answer = await request.post(`${site}/signin`, {
    multipart: { ...Object.fromEntries<string>(hidden), email, password: PASSWORD },
    headers: { origin: new URL(form.url()).origin },
    maxRedirects: 0,
  });
  expect(answer.headers()['set-cookie'] ?? answer.status()).toContain('next-auth.session-token=');
}

async function makeAccount(email: string): Promise<void> {
  const runtime = await findRuntime(E2E_DATA_DIR);
  if (typeof runtime?.databaseUrl !== 'string') throw new Error('the product under test is not running');
  process.env.DATABASE_URL = runtime.databaseUrl;
  const made = await createUser({ email, password: PASSWORD });
  if (!made.ok && made.error.code !== 'conflict') throw made.error;
}

/** Returns the email address. */
export async function signInAsNewUser(page: Page): Promise<string> {
  const email = `pages-${randomUUID()}@example.org`;
  await signInAs(page, email);
  return email;
}
