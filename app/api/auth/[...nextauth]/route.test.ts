import { NextRequest } from 'next/server';
import { expect, test, vi } from 'vitest';
import { GET, POST } from './route';

vi.mock('next/headers', () => ({ headers: () => Promise.resolve(new Headers()), cookies: () => Promise.resolve([]) }));
vi.stubEnv('AUTH_SECRET', 'a secret for this test only');
// next-auth's adapter creates a database client but never queries it.
vi.stubEnv('DATABASE_URL', 'postgresql://nobody@127.0.0.1:1/none');

const SITE = 'http://localhost:3000';
const context = (path: string) => ({ params: Promise.resolve({ nextauth: path.split('/') }) });
const request = (path: string, init: { method?: string; headers?: Record<string, string> } = {}) =>
  new NextRequest(`${SITE}/api/auth/${path}`, init);

test('303: opening a sign-in link consumes nothing and shows the page with the button', async () => {
  const answer = await GET(request('callback/email?token=t&email=e'), context('callback/email'));
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/magic-link?token=t&email=e');
});

test('404: links are requested through the form, which has limits, not here', async () => {
  expect((await POST(request('signin/email', { method: 'POST' }), context('signin/email'))).status).toBe(404);
});

test('404: nobody can write to our log', async () => {
  expect((await POST(request('_log', { method: 'POST' }), context('_log'))).status).toBe(404);
});

test('404: a session is neither shown nor extended here', async () => {
  expect((await GET(request('session'), context('session'))).status).toBe(404);
  expect((await POST(request('session', { method: 'POST' }), context('session'))).status).toBe(404);
});

test('400: a body that is not the JSON it claims to be', async () => {
  const headers = { 'content-type': 'application/json', 'content-length': '4' };
  const body = new NextRequest(`${SITE}/api/auth/signout`, { method: 'POST', headers, body: '{bad' });
  expect((await POST(body, context('signout'))).status).toBe(400);
});

test.each([
  [413, { 'content-length': '16385' }],
  [413, { 'content-length': 'many' }],
  [411, { 'transfer-encoding': 'chunked' }],
])('%i: a body without a known, small length is not read', async (status, headers) => {
  const answer = await POST(request('signout', { method: 'POST', headers }), context('signout'));
  expect(answer.status).toBe(status);
});

test.each([null, 'https://evil.example', 'null', 'http://localhost:3000.evil.example'])(
  '303: a button pressed on another site (origin %s) signs nobody in',
  async (origin) => {
    const headers = { host: 'localhost:3000', ...(origin !== null && { origin }) };
    const answer = await POST(request('callback/email?token=t&email=e', { method: 'POST', headers }), context('callback/email'));
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/signin?error=Verification');
  },
);
