import { NextRequest } from 'next/server';
import { expect, test } from 'vitest';
import { sealSessionCookie, sessionCookieName } from './cookies';
import { proxy } from '@/proxy';

const SITE = 'http://localhost:3000';
const visit = (path: string, headers: Record<string, string> = {}) => proxy(new NextRequest(`${SITE}${path}`, { headers }));
const policyOf = (response: Response) => response.headers.get('content-security-policy') ?? '';
/** The header through which Next is told what the page sees. */
const seenByPage = (response: Response, name: string) => response.headers.get(`x-middleware-request-${name}`);

test.each(['/dashboard', '/verifications/ver_1?tab=evidence', '/settings', '/keys'])(
  'a visitor who asks for %s is sent to sign in and back',
  async (path) => {
    const response = await visit(path);
    expect(response.status).toBe(307);
    const target = new URL(response.headers.get('location') ?? '', SITE);
    expect(target.pathname).toBe('/signin');
    expect(target.searchParams.get('callbackUrl')).toBe(path);
  },
);

test('a cookie that is not ours opens nothing; ours does', async () => {
  const cookie = (value: string) => ({ cookie: `${sessionCookieName()}=${value}` });
  expect((await visit('/dashboard', cookie('made-up'))).status).toBe(307);
  expect(
    (await visit('/dashboard', cookie(await sealSessionCookie({ sessionId: 'ses_1', userId: 'usr_1', epoch: 0 })))).status,
  ).toBe(200);
});

test.each(['/', '/learn/smtp-verification', '/signin', '/verify-email?token=x', '/verifying'])(
  'anybody may see %s',
  async (path) => {
    expect((await visit(path)).status).toBe(200);
  },
);

test('each answer has its own nonce, the same in the policy and for the page', async () => {
  const responses = [await visit('/'), await visit('/')];
  const nonces = responses.map((response) => /'nonce-([\w+/=]+)'/.exec(policyOf(response))?.[1]);
  expect(new Set(nonces).size).toBe(2);
  expect(responses.map((response) => seenByPage(response, 'x-nonce'))).toEqual(nonces);
});

test('the policy allows no inline script, no plug-in, and no framing by other sites', async () => {
  const policy = policyOf(await visit('/'));
  expect(/script-src ([^;]*)/.exec(policy)?.[1]).not.toContain('unsafe-inline');
  for (const rule of ["object-src 'none'", "frame-ancestors 'none'", "base-uri 'self'", "default-src 'self'"])
    expect(policy).toContain(rule);
});

test('the page is told the requested path, whatever the request claims', async () => {
  expect(seenByPage(await visit('/learn?x=1', { 'x-current-path': '//evil.example' }), 'x-current-path')).toBe('/learn?x=1');
});

test('a URL with a secret in it is not sent to other sites', async () => {
  expect((await visit('/reset-password?token=x')).headers.get('referrer-policy')).toBe('same-origin');
});

test('a page of text may be cached for visitors, and never for signed-in people', async () => {
  const kept = await visit('/learn/smtp-verification');
  expect(kept.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=300, stale-while-revalidate=60');
  const cookie = `${sessionCookieName()}=${await sealSessionCookie({ sessionId: 'ses_1', userId: 'usr_1', epoch: 0 })}`;
  expect((await visit('/learn/smtp-verification', { cookie })).headers.get('cache-control')).toBeNull();
});

test.each([
  '/',
  '/pricing',
  '/signin',
  '/signup',
  '/verify',
  '/changelog/feed.xml',
  '/learn/../dashboard',
  '/contact-us',
  '/dev/outbox',
])('%s is not marked as a page of text', async (path) => {
  expect((await visit(path)).headers.get('cache-control')).toBeNull();
});
