// Public keys, which are visible in a page: what they may do, from where, and how little they are told.
import { beforeEach, expect, it } from 'vitest';
import { publicAnswerSchema } from '@/lib/verdict/verification-schema';
import type { Scope } from '@/lib/platform/scope';
import { getApiKey, createApiKey, listApiKeys } from '@/lib/accounts/keys';
import { call, makeKey } from '@/tests/api/call';
import { useWorker } from '@/tests/api/use-worker';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET as credits } from '../../credits/route';
import { OPTIONS, POST } from './route';

useTestDatabase();
useWorker();

const PAGE = 'https://shop.example';
let scope: Scope;
let key: string;
beforeEach(async () => {
  scope = await makeWorkspace(10, 'business');
  key = await makeKey(scope, { mode: 'pub', scopes: ['verify:write'], allowedOrigins: [PAGE] });
});

const ask = (headers: Record<string, string> = { origin: PAGE }, body: unknown = { email: 'mailbox-not-found@example.com' }) =>
  call(POST, { key, body, headers });

it('its page gets a short form of the verdict, and nothing about the workspace', async () => {
  const answered = await ask();
  expect(answered.status).toBe(200);
  expect(publicAnswerSchema.parse(answered.json)).toEqual({
    status: 'undeliverable',
    reason: 'mailbox_not_found',
    did_you_mean: null,
    recommendation: 'do_not_send',
  });
  expect(answered.headers.get('access-control-allow-origin')).toBe(PAGE);
  expect(answered.headers.get('vary')).toBe('Origin');
  expect([...answered.headers.keys()].filter((name) => name.includes('credits'))).toEqual([]);
});

it('202: while it is pending, nothing is revealed', async () => {
  const answered = await ask({ origin: PAGE }, { email: 'greylisted@example.com', timeout_ms: 500 });
  expect(answered).toMatchObject({ status: 202, json: { status: 'pending', reason: null, recommendation: null } });
  publicAnswerSchema.parse(answered.json);
});

it('its page may read refusals too', async () => {
  const refused = await ask({ origin: PAGE }, { email: 1 });
  expect(refused.status).toBe(400);
  expect(refused.headers.get('access-control-allow-origin')).toBe(PAGE);
});

it.each<Record<string, string>>([
  {},
  { origin: 'https://other.example' },
  { origin: 'null' },
  { origin: `${PAGE}.evil.example` },
])('403: from anywhere else (%j), and no page may read the answer', async (headers) => {
  const refused = await ask(headers);
  expect(refused).toMatchObject({ status: 403, json: { code: 'origin_not_allowed' } });
  expect(refused.headers.get('access-control-allow-origin')).toBeNull();
});

it('403: any other call', async () => {
  expect(await call(credits, { key, headers: { origin: PAGE } })).toMatchObject({
    status: 403,
    json: { code: 'insufficient_scope' },
  });
});

it('a live key gives no page access to the API', async () => {
  const live = await makeKey(scope);
  const answered = await call(POST, { key: live, body: { email: 'ann@example.com' }, headers: { origin: PAGE } });
  expect(answered.status).toBe(200);
  expect(answered.headers.get('access-control-allow-origin')).toBeNull();
});

it('a preflight lets the page ask, with the headers that it needs', async () => {
  const headers = { origin: PAGE, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
  const { status, headers: answered } = await call(OPTIONS, { method: 'OPTIONS', headers });
  expect(status).toBe(204);
  expect(answered.get('access-control-allow-origin')).toBe(PAGE);
  expect(answered.get('access-control-allow-headers')).toContain('Authorization');
  expect((await call(OPTIONS, { method: 'OPTIONS' })).headers.get('access-control-allow-origin')).toBeNull();
});

it('from its creation it has an origin and can only verify', async () => {
  const make = (more: object) =>
    createApiKey(scope, { name: 'Page', mode: 'pub', scopes: ['verify:write'], allowedOrigins: [PAGE], ...more });
  const problems = async (more: object) => {
    const refused = await make(more);
    return refused.ok ? [] : Object.keys(refused.error.fields);
  };
  expect(await problems({ allowedOrigins: [] })).toEqual(['allowedOrigins']);
  expect(await problems({ scopes: ['credits:read'] })).toEqual(['scopes']);
  const [made] = await listApiKeys(scope);
  expect(await getApiKey(scope, made?.id ?? '')).toMatchObject({ ok: true, value: { allowedOrigins: [PAGE] } });
});
