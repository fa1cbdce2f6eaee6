import { expect, test, vi } from 'vitest';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { maySeeOutbox } from './may-see-outbox';

const request = vi.hoisted(() => ({ headers: new Headers() }));
vi.mock('next/headers', () => ({ headers: () => Promise.resolve(request.headers) }));
vi.stubEnv('APP_URL', 'http://verifier.lan:3000');
useTestOutbox();

const ask = (address: string, host: string): Promise<boolean> => {
  request.headers = new Headers({ 'x-client-address': address, host });
  return maySeeOutbox();
};

test.each([
  ['127.0.0.1', 'localhost:3000'],
  ['::1', '[::1]:3000'],
  ['172.17.0.1', '127.0.0.1:3000'],
  ['192.168.1.20', 'verifier.lan:3000'],
  ['fe80::1', '192.168.1.10:3000'],
])('%s may see it at %s', async (address, host) => {
  expect(await ask(address, host)).toBe(true);
});

test.each([
  ['203.0.113.9', 'localhost:3000'],
  ['8.8.8.8', '198.51.100.7:3000'],
  ['2001:4860:4860::8888', 'verifier.lan:3000'],
  ['127.0.0.1', 'rebound.evil.example:3000'],
  ['127.0.0.1', 'localhost.evil.example'],
  ['127.0.0.1', ''],
  ['', 'localhost:3000'],
])('%s may not see it at "%s"', async (address, host) => {
  expect(await ask(address, host)).toBe(false);
});
