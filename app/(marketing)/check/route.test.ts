import { expect, it } from 'vitest';
import { API_BODY_MAX_BYTES, FREE_CHECKS_A_DAY, FREE_CHECKS_A_SITE_A_DAY } from '@/lib/platform/limits';
import { VISITORS_WORKSPACE_ID } from '@/lib/platform/scope';
import { getVerification } from '@/lib/verifications/read';
import { findVisitor } from '@/lib/verifications/web/free';
import { ORIGIN } from '@/tests/api/call';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET, POST } from './route';

useTestDatabase();

const send = (body: string, { origin = ORIGIN, from = '2001:db8:77:1::1' } = {}) =>
  POST(
    new Request(`${ORIGIN}/check`, {
      method: 'POST',
      body,
      headers: {
        ...{ origin, host: new URL(ORIGIN).host, 'x-client-address': from },
        'content-type': 'application/x-www-form-urlencoded',
      },
    }),
  );
const locationOf = (response: Response): string => {
  expect(response.status).toBe(303);
  return response.headers.get('location') ?? '';
};

it('303: starts the check and leads to its page, which only this visitor can open', async () => {
  const response = await send('email=+jane%40example.com+');
  const [, id = ''] = /^\/check\/(ver_\w+)$/.exec(locationOf(response)) ?? [];
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const visitor = findVisitor(new Headers({ cookie }));
  const scope = { workspaceId: VISITORS_WORKSPACE_ID };
  expect(await getVerification(scope, id, { visitorKey: visitor?.visitorKey })).toMatchObject({
    ok: true,
    value: { email: 'jane@example.com', source: 'landing' },
  });
  expect((await getVerification(scope, id, { visitorKey: 'another' })).ok).toBe(false);
});

it('303 back to the form, with one word and never the address: no address, too large, from another origin, allowance used up', async () => {
  expect(locationOf(await send('email='))).toBe('/?problem=invalid_request');
  expect(locationOf(await send(`email=${'a'.repeat(API_BODY_MAX_BYTES)}`))).toBe('/?problem=unavailable');
  expect(locationOf(await send('email=jane%40example.com', { origin: 'https://evil.example' }))).toBe('/?problem=unavailable');
  const from = '2001:db8:78:1::1';
  const many = Math.max(FREE_CHECKS_A_DAY, FREE_CHECKS_A_SITE_A_DAY);
  const ends: string[] = [];
  for (let n = 0; n <= many; n++) ends.push(locationOf(await send(`email=jane${n}%40example.com`, { from })));
  expect(ends.at(-1)).toBe('/?problem=rate_limited');
});

it('a reload of the address leads to the form', () => expect(locationOf(GET())).toBe('/'));
