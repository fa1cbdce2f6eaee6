import { NextRequest } from 'next/server';
import { expect, test } from 'vitest';
import { GET, POST } from './route';

const SITE = 'http://localhost:3000';
const context = (path: string) => ({ params: Promise.resolve({ nextauth: path.split('/') }) });
const request = (path: string, init: { method?: string; headers?: Record<string, string> } = {}) =>
  new NextRequest(`${SITE}/api/auth/${path}`, init);

test('303: opening a sign-in link consumes nothing, it shows the page with the button', async () => {
  const answer = await GET(request('callback/email?token=t&email=e'), context('callback/email'));
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/magic-link?token=t&email=e');
});

test('404: links are asked for through the form with its limits, not here', async () => {
  expect((await POST(request('signin/email', { method: 'POST' }), context('signin/email'))).status).toBe(404);
});

test('404: nobody writes into our log', async () => {
  expect((await POST(request('_log', { method: 'POST' }), context('_log'))).status).toBe(404);
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
