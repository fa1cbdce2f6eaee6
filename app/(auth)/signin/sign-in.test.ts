// The form that signs in with a password: what its action sets, and what it never tells.
import { beforeEach, expect, test, vi } from 'vitest';
import { readSessionCookie, sessionCookieName } from '@/lib/accounts/web/cookies';
import { findSessionUser } from '@/lib/accounts/sign-in';
import { signUp } from '@/lib/accounts/sign-up';
import { createUser } from '@/lib/credits/free-credits';
import { IDLE_FORM } from '@/lib/platform/form-state';
import { CLIENT_ADDRESS_HEADER } from '@/lib/platform/http/client-address';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { signInAction } from './_actions';

interface Kept {
  value: string;
  options: object;
}
const jar = new Map<string, Kept>();
vi.mock('next/headers', () => ({
  cookies: () =>
    Promise.resolve({
      get: (name: string) => (jar.has(name) ? { name, value: jar.get(name)?.value } : undefined),
      set: (name: string, value: string, options: object) => void jar.set(name, { value, options }),
    }),
  headers: () => Promise.resolve(new Headers({ [CLIENT_ADDRESS_HEADER]: '192.0.2.1' })),
}));
vi.mock('next/navigation', () => ({
  redirect: (path: string) => {
    throw new Error(`redirected to ${path}`);
  },
}));

useTestDatabase();
useTestOutbox();
beforeEach(() => jar.clear());

const PASSWORD = 'marble-otter-quilt-92';

function submit(fields: Record<string, string>): Promise<unknown> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ callbackUrl: '', ...fields })) form.append(name, value);
  return signInAction(IDLE_FORM, form);
}

const openSession = async (value: string | undefined) => {
  const claims = await readSessionCookie(value);
  return claims && (await findSessionUser(claims));
};

test('a password signs in with a cookie that scripts cannot read, and leads where the visitor was going', async () => {
  await createUser({ email: 'pass@example.com', password: PASSWORD });
  const submitted = submit({ email: 'Pass@Example.com', password: PASSWORD, callbackUrl: '/lists?status=running' });
  await expect(submitted).rejects.toThrow('redirected to /lists?status=running');
  const cookie = jar.get(sessionCookieName());
  expect(cookie?.options).toMatchObject({ httpOnly: true, sameSite: 'lax', path: '/' });
  expect(await openSession(cookie?.value)).toMatchObject({ email: 'pass@example.com' });
});

test.each(['https://evil.example/', '//evil.example', '/signin'])('%s is nowhere to go after signing in', async (callbackUrl) => {
  await createUser({ email: 'leads@example.com', password: PASSWORD });
  await expect(submit({ email: 'leads@example.com', password: PASSWORD, callbackUrl })).rejects.toThrow(
    'redirected to /dashboard',
  );
});

test('a second sign-in in the same browser ends the first session', async () => {
  await createUser({ email: 'twice@example.com', password: PASSWORD });
  const credentials = { email: 'twice@example.com', password: PASSWORD };
  await expect(submit(credentials)).rejects.toThrow('redirected');
  const first = jar.get(sessionCookieName())?.value;
  await expect(submit(credentials)).rejects.toThrow('redirected');
  expect(await openSession(first)).toBeNull();
  expect(await openSession(jar.get(sessionCookieName())?.value)).not.toBeNull();
});

test('a wrong password and an unknown address get the same answer, which repeats the address and no password', async () => {
  await createUser({ email: 'known@example.com', password: PASSWORD });
  const answers = [
    await submit({ email: 'known@example.com', password: 'wrong' }),
    await submit({ email: 'unknown@example.com', password: 'wrong' }),
  ];
  expect(answers[0]).toMatchObject({
    status: 'failed',
    code: 'unauthenticated',
    message: 'The address or the password is wrong.',
    typed: { email: 'known@example.com' },
  });
  expect(answers[1]).toEqual({ ...Object(answers[0]), typed: { email: 'unknown@example.com' } });
  expect(JSON.stringify(answers)).not.toContain('"wrong"');
  expect(jar.has(sessionCookieName())).toBe(false);
});

test('the right password of an unconfirmed address signs nobody in, and says what is missing', async () => {
  const email = 'waiting@example.com';
  await signUp({ email, password: PASSWORD, browserHash: 'browser', callbackPath: '/dashboard' }, null);
  expect(await submit({ email, password: PASSWORD })).toMatchObject({ status: 'failed', code: 'forbidden', typed: { email } });
  expect(jar.has(sessionCookieName())).toBe(false);
});

test('guessing ends after ten attempts, even for the right password', async () => {
  const email = 'guessed@example.com';
  await createUser({ email, password: PASSWORD });
  for (let attempt = 0; attempt < 10; attempt++) await submit({ email, password: `guess ${attempt}` });
  expect(await submit({ email, password: PASSWORD })).toMatchObject({ status: 'failed', code: 'rate_limited' });
});

test('an empty form has a sentence at each field', async () => {
  expect(await submit({ email: '', password: '' })).toMatchObject({
    status: 'failed',
    fields: { email: 'Enter your email address.', password: 'Enter your password.' },
  });
});
