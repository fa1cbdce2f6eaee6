// The outbox holds links that open accounts. A browser on this machine sees it; nobody who comes through a proxy does, whatever host name
// the proxy was asked for or passes on.
import { request } from 'node:http';
import { expect, test } from 'playwright/test';

function statusOf(baseURL: string | undefined, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((done, failed) => {
    const url = new URL(path, baseURL);
    request({ host: '127.0.0.1', port: url.port, path, headers }, (answer) => {
      answer.resume().on('end', () => done(answer.statusCode ?? 0));
    })
      .on('error', failed)
      .end();
  });
}

const PAGES = ['/dev/outbox', '/dev/outbox/1700000000000-0123abcd', '/dev/outbox/1700000000000-0123abcd/html'];

test('on this machine the outbox is there', async ({ baseURL, page }) => {
  expect(await statusOf(baseURL, '/dev/outbox', { host: 'localhost' })).toBe(200);
  await page.goto('/dev/outbox');
  await expect(page.getByRole('heading', { name: 'Outbox' })).toBeVisible();
});

for (const [name, headers] of [
  ['a proxy that passes its own name on', { host: 'verify.example.com' }],
  ['a proxy that says localhost and who it brings', { host: 'localhost', 'x-forwarded-for': '203.0.113.9' }],
  ['a proxy on this machine for a client on this machine', { host: 'localhost', 'x-forwarded-for': '127.0.0.1' }],
  ['a proxy that says only what it is', { host: 'localhost', via: '1.1 proxy' }],
  ['a client that claims to be local', { host: 'verify.example.com', 'x-local-request': '1' }],
] as const) {
  test(`through ${name} there is no outbox`, async ({ baseURL }) => {
    for (const path of PAGES) expect(await statusOf(baseURL, path, headers)).toBe(404);
  });
}
