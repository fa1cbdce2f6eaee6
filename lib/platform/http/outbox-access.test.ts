import { expect, test, vi } from 'vitest';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { maySeeOutbox } from './outbox-access';

const request = vi.hoisted(() => ({ headers: new Headers() }));
vi.mock('next/headers', () => ({ headers: () => Promise.resolve(request.headers) }));
useTestOutbox();

const ask = (headers: Record<string, string>): Promise<boolean> => {
  request.headers = new Headers(headers);
  return maySeeOutbox();
};

test.each(['localhost:3000', 'localhost', 'verify.localhost:3000', '127.0.0.1:3000', '[::1]:3000'])(
  'a request from this machine may see the outbox at %s',
  async (host) => {
    expect(await ask({ 'x-local-request': '1', host })).toBe(true);
  },
);

test.each([
  'verify.example.com',
  'verifier.lan:3000',
  '192.168.1.10:3000',
  'rebound.evil.example:3000',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  '0.0.0.0:3000',
  '',
])('a request from this machine may not see the outbox at "%s"', async (host) => {
  expect(await ask({ 'x-local-request': '1', host })).toBe(false);
});

test('a request from elsewhere may not see the outbox, whatever host it names', async () => {
  expect(await ask({ host: 'localhost:3000' })).toBe(false);
  expect(await ask({ 'x-local-request': '', 'x-client-address': '127.0.0.1', host: 'localhost:3000' })).toBe(false);
});
