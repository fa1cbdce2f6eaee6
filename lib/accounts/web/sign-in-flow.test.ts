import NextAuth from 'next-auth';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { giveFreeCredits, createUser } from '@/lib/credits/free-credits';
import { db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { acceptTerms } from '../profile';
import { findSessionUser, signOutEverywhere, startSession, requestMagicLink, signInWithPassword } from '../sign-in';
import { confirmSignUp, signUp } from '../sign-up';
import { authAdapter } from '../store/auth-adapter';
import { readSessionCookie, sealSessionCookie, sessionCookieName } from './cookies';
import { authOptions } from './next-auth';

vi.stubEnv('NEXTAUTH_URL', 'http://localhost:3000');
useTestDatabase();
const { tokenFor } = useTestOutbox();

const PASSWORD = 'marble-otter-quilt-92';
interface Asked {
  path: string;
  method?: 'GET' | 'POST';
  query?: Record<string, string>;
  body?: Record<string, string>;
  cookies?: Record<string, string>;
}

interface Answer {
  status: number;
  redirect: string | null;
  cookies: { name: string; value: string; attributes: string }[];
  body: unknown;
}

/** next-auth itself with our options, called through its plain request and response. */
async function ask({ path, method = 'GET', query = {}, body = {}, cookies = {} }: Asked): Promise<Answer> {
  const headers = new Map<string, string | string[]>();
  const answer: { status: number; body: unknown } = { status: 200, body: undefined };
  const response = {
    status: (code: number) => Object.assign(response, { statusCode: (answer.status = code) }),
    setHeader: (name: string, value: string | string[]) => (headers.set(name.toLowerCase(), value), response),
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    end: () => undefined,
    json: (value: unknown) => (answer.body = value),
    send: (value: unknown) => (answer.body = value),
  };
  const request = { method, query: { ...query, nextauth: path.split('/') }, body, cookies, headers: {} };
  await Reflect.apply(NextAuth, undefined, [request, response, authOptions()]);
  const set = [headers.get('set-cookie') ?? []].flat().map((line) => /^([^=]+)=([^;]*)(.*)$/.exec(line));
  return {
    ...answer,
    redirect: z.string().safeParse(headers.get('location')).data ?? null,
    cookies: set.map((match) => ({
      name: match?.[1] ?? '',
      value: decodeURIComponent(match?.[2] ?? ''),
      attributes: match?.[3] ?? '',
    })),
  };
}

const sessionIn = (answer: Answer) => answer.cookies.find(({ name }) => name === sessionCookieName());

const useMagicLink = (email: string, token: string, callbackUrl = '/settings'): Promise<Answer> =>
  ask({ path: 'callback/email', method: 'POST', query: { email, token }, body: { callbackUrl } });

async function signInByLink(email: string): Promise<Answer> {
  await requestMagicLink({ email, callbackPath: '/settings' }, null);
  return useMagicLink(email, await tokenFor(email));
}

test('a mailed link creates the account, signs in once, and leaves terms and workspace for later', async () => {
  await requestMagicLink({ email: 'link@example.com', callbackPath: '/settings' }, null);
  const token = await tokenFor('link@example.com');
  const answer = await useMagicLink('link@example.com', token);
  expect(answer.redirect).toBe('http://localhost:3000/settings');
  const claims = await readSessionCookie(sessionIn(answer)?.value);
  const user = claims && (await findSessionUser(claims));
  expect(user).toMatchObject({ email: 'link@example.com', hasAcceptedTerms: false, workspace: null });
  const again = await useMagicLink('link@example.com', token);
  expect(again.redirect).toContain('error=Verification');
  expect(sessionIn(again)).toBeUndefined();
});

test('accepting the terms creates one workspace with its free credits, whether pressed once or twice', async () => {
  await requestMagicLink({ email: 'terms@example.com', callbackPath: '/settings' }, null);
  await useMagicLink('terms@example.com', await tokenFor('terms@example.com'));
  const { id } = await db().user.findUniqueOrThrow({ where: { email: 'terms@example.com' } });
  const [scope, again] = await Promise.all([acceptTerms(id), acceptTerms(id)]);
  expect(again).toEqual(scope);
  if (scope !== null) await giveFreeCredits(scope, new Date(), () => 'mailbox');
  const memberships = await db().membership.findMany({
    where: { userId: id },
    select: { workspace: { select: { balance: true } } },
  });
  expect(memberships.map(({ workspace }) => workspace.balance?.balance)).toEqual([100]);
});

test('a mailed link for another address, or after its time, signs nobody in', async () => {
  await requestMagicLink({ email: 'late@example.com', callbackPath: '/settings' }, null);
  const token = await tokenFor('late@example.com');
  expect(sessionIn(await useMagicLink('other@example.com', token))).toBeUndefined();
  await db().verificationToken.updateMany({
    where: { identifier: 'late@example.com' },
    data: { expires: new Date(Date.now() - 1) },
  });
  expect(sessionIn(await useMagicLink('late@example.com', token))).toBeUndefined();
});

test('proving a mailbox by link discards the password that a stranger had prepared for it', async () => {
  await signUp({ email: 'claimed@example.com', password: PASSWORD, browserHash: 'stranger', callbackPath: '/dashboard' }, null);
  const strangersLink = await tokenFor('claimed@example.com');
  await requestMagicLink({ email: 'claimed@example.com', callbackPath: '/settings' }, null);
  expect(sessionIn(await useMagicLink('claimed@example.com', await tokenFor('claimed@example.com')))).toBeDefined();
  expect(await signInWithPassword({ email: 'claimed@example.com', password: PASSWORD }, null)).toMatchObject({ ok: false });
  expect(await db().signUp.count({ where: { email: 'claimed@example.com' } })).toBe(0);
  const pressed = { token: strangersLink, browserHash: 'stranger', password: null, hasAcceptedTerms: true };
  expect(await confirmSignUp(pressed, null)).toMatchObject({ ok: false });
  expect(await db().user.findUniqueOrThrow({ where: { email: 'claimed@example.com' } })).toMatchObject({
    passwordHash: null,
    termsAcceptedAt: null,
  });
});

test('a stranger’s sign-up with an address does not keep Google or GitHub from creating its account', async () => {
  await signUp({ email: 'google@example.com', password: PASSWORD, browserHash: 'stranger', callbackPath: '/dashboard' }, null);
  // If an account were found here, next-auth would refuse the provider: "this address signs in another way".
  expect(await authAdapter().getUserByEmail?.('google@example.com')).toBeNull();
});

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  'http://localhost:3000.evil.example/x',
  'javascript:alert(1)',
])('after signing in, %s leads to the first page', async (callbackUrl) => {
  const email = 'redirect@example.com';
  // This test is not about the limit of mails per address.
  await db().rateLimit.deleteMany();
  await requestMagicLink({ email, callbackPath: '/settings' }, null);
  const answer = await useMagicLink(email, await tokenFor(email), callbackUrl);
  expect(answer.redirect).toBe('http://localhost:3000/dashboard');
});

test('a mailed link signs in with a cookie that scripts cannot read, and that contains only a person, a session and an epoch', async () => {
  const cookie = sessionIn(await signInByLink('pass@example.com'));
  expect(cookie?.attributes).toMatch(/Path=\/; .*HttpOnly; SameSite=Lax/);
  const claims = await readSessionCookie(cookie?.value);
  expect(claims?.epoch).toBe(0);
  expect(claims && (await findSessionUser(claims))?.email).toBe('pass@example.com');
});

test('a password is not tried through next-auth, which would be a second way around our form', async () => {
  const csrf = await ask({ path: 'csrf' });
  const cookies = Object.fromEntries(csrf.cookies.map(({ name, value }) => [name, value]));
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(csrf.body);
  await createUser({ email: 'known@example.com', password: PASSWORD });
  const body = { email: 'known@example.com', password: PASSWORD, csrfToken };
  const answer = await ask({ path: 'callback/credentials', method: 'POST', body, cookies });
  expect(sessionIn(answer)).toBeUndefined();
});

test('a session of an older epoch is invalid, for next-auth too', async () => {
  const made = await createUser({ email: 'epoch@example.com', password: PASSWORD });
  if (!made.ok) throw made.error;
  const value = await sealSessionCookie(await startSession(made.value.userId, 'Chrome on Linux'));
  const read = () => ask({ path: 'session', cookies: { [sessionCookieName()]: value } });
  expect(z.strictObject({ expires: z.string() }).safeParse((await read()).body).success).toBe(true);
  await signOutEverywhere(made.value.userId);
  expect((await read()).body).toEqual({});
  const claims = await readSessionCookie(value);
  expect(claims && (await findSessionUser(claims))).toBeNull();
});

test('a copy of the cookie opens nothing after signing out, and other devices stay signed in', async () => {
  const [here, elsewhere] = [await signInByLink('copied@example.com'), await signInByLink('copied@example.com')];
  const copy = sessionIn(here)?.value ?? '';
  const open = async (value: string | undefined) => {
    const claims = await readSessionCookie(value);
    return claims && (await findSessionUser(claims));
  };
  expect(await open(copy)).toMatchObject({ email: 'copied@example.com' });
  const csrf = await ask({ path: 'csrf' });
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(csrf.body);
  const cookies = { ...Object.fromEntries(csrf.cookies.map(({ name, value }) => [name, value])), [sessionCookieName()]: copy };
  await ask({ path: 'signout', method: 'POST', body: { csrfToken, callbackUrl: '/' }, cookies });
  expect(await open(copy)).toBeNull();
  expect((await ask({ path: 'session', cookies: { [sessionCookieName()]: copy } })).body).toEqual({});
  expect(await open(sessionIn(elsewhere)?.value)).toMatchObject({ email: 'copied@example.com' });
});

test('a cookie that was changed or sealed elsewhere is invalid', async () => {
  const claims = { sessionId: 'ses_1', userId: 'usr_1', epoch: 0 };
  const value = await sealSessionCookie(claims);
  expect(await readSessionCookie(value)).toEqual(claims);
  expect(await readSessionCookie(`${value.slice(0, -8)}AAAAAAAA`)).toBeNull();
  expect(await readSessionCookie('nonsense')).toBeNull();
  expect(await readSessionCookie(undefined)).toBeNull();
});

test('Google and GitHub are offered only if they are set up', () => {
  const ids = () => authOptions().providers.map(({ id }) => id);
  expect(ids()).toEqual(['email']);
  Object.assign(env(), { GOOGLE_CLIENT_ID: 'g', GOOGLE_CLIENT_SECRET: 's', GITHUB_CLIENT_ID: 'h' });
  expect(ids()).toEqual(['email', 'google']);
});
