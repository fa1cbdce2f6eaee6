import { beforeEach, expect, test, vi } from 'vitest';
import { env } from '@/lib/platform/env';
import { startSession } from '@/lib/accounts/sign-in';
import { createUser } from '@/lib/credits/free-credits';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { requireOperator } from './require-operator';
import { sealSessionCookie, sessionCookieName } from '@/lib/accounts/web/cookies';

const request = vi.hoisted((): { cookie: { name: string; value: string } | undefined } => ({ cookie: undefined }));
vi.mock('next/headers', () => ({
  headers: () => Promise.resolve(new Headers({ 'x-current-path': '/operator' })),
  cookies: () => Promise.resolve({ get: (name: string) => (name === request.cookie?.name ? request.cookie : undefined) }),
}));
useTestDatabase();

beforeEach(() => {
  request.cookie = undefined;
  Object.assign(env(), { OPERATOR_EMAILS: ['ops@example.org'] });
});

async function signInAs(email: string): Promise<string> {
  const made = await createUser({ email, password: 'marble-otter-quilt-92' });
  if (!made.ok) throw made.error;
  request.cookie = {
    name: sessionCookieName(),
    value: await sealSessionCookie(await startSession(made.value.userId, 'Chrome on Linux')),
  };
  return made.value.userId;
}

/** How Next is told to answer 404, and never 403. */
const NOT_FOUND = { digest: 'NEXT_HTTP_ERROR_FALLBACK;404' };

test('an operator is let in', async () => {
  const userId = await signInAs('ops@example.org');
  expect((await requireOperator()).userId).toBe(userId);
});

test('anybody else who is signed in gets a 404', async () => {
  await signInAs('outsider@example.org');
  await expect(requireOperator()).rejects.toMatchObject(NOT_FOUND);
});

test('a visitor is sent to sign in and back', async () => {
  const digest: unknown = expect.stringContaining('/signin?callbackUrl=%2Foperator');
  await expect(requireOperator()).rejects.toMatchObject({ digest });
});
