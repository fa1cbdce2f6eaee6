import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

async function read(contact: string): Promise<Response> {
  vi.resetModules();
  vi.stubEnv('APP_URL', 'http://127.0.0.1:4321');
  vi.stubEnv('CONTACT_EMAIL', contact);
  const { GET } = await import('./route');
  return GET();
}

test('names the operator’s address, and never expires', async () => {
  const text = await (await read('help@verifier.example')).text();
  expect(text).toContain('Contact: mailto:help@verifier.example\n');
  expect(text).toContain('Canonical: http://127.0.0.1:4321/.well-known/security.txt\n');
  expect(Date.parse(/^Expires: (.+)$/m.exec(text)?.[1] ?? '')).toBeGreaterThan(Date.now());
});

test('an installation without a contact has no such file', async () => {
  expect((await read('')).status).toBe(404);
});
