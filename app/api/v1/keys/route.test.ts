// Keys by API. The rest of its answers is in tests/api/contract.test.ts.
import { beforeEach, describe, expect, it } from 'vitest';
import { keySchema, keyWithSecretSchema } from '@/lib/accounts/api';
import { flushApiRequests, listApiRequests } from '@/lib/accounts/requests';
import { db } from '@/lib/platform/db/client';
import { API_REQUEST_PATH_MAX_CHARS, API_REQUESTS_KEPT } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { call, makeKey } from '@/tests/api/call';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET as credits } from '../credits/route';
import { POST as rotate } from './[id]/rotate/route';
import { DELETE as remove, GET as read, PATCH as change } from './[id]/route';
import { GET as list, POST as create } from './route';

useTestDatabase();

let scope: Scope;
let admin: string;
beforeEach(async () => {
  scope = await makeWorkspace(10, 'business');
  admin = await makeKey(scope);
});

const make = async (body: object = {}) => {
  const answered = await call(create, { key: admin, body: { name: 'Form', scopes: ['credits:read'], ...body } });
  expect(answered.status).toBe(201);
  return keyWithSecretSchema.parse(answered.json);
};
const use = async (key: string, headers: Record<string, string> = {}) => (await call(credits, { key, headers })).status;
const one = (id: string, more: object = {}) => ({ key: admin, params: { id }, ...more });

it('a key is made, used, changed and revoked', async () => {
  const made = await make({ monthly_budget: 5, expires_at: '2099-01-01T00:00:00+02:00' });
  expect(made).toMatchObject({ mode: 'live', monthly_budget: 5, expires_at: '2098-12-31T22:00:00.000Z', allowed_ips: [] });
  expect(await use(made.key)).toBe(200);
  const changed = await call(
    change,
    one(made.id, { method: 'PATCH', body: { name: 'Other', monthly_budget: null, expires_at: null } }),
  );
  expect(keySchema.parse(changed.json)).toMatchObject({
    name: 'Other',
    monthly_budget: null,
    expires_at: null,
    scopes: ['credits:read'],
  });
  const revoked = await call(remove, one(made.id, { method: 'DELETE' }));
  expect(keySchema.parse(revoked.json).revoked_at).not.toBeNull();
  expect(await use(made.key)).toBe(401);
  expect(await call(change, one(made.id, { method: 'PATCH', body: { name: 'Again' } }))).toMatchObject({ status: 404 });
  expect((await call(list, { key: admin })).text).not.toContain(made.key);
});

it('is locked to networks from the next request on', async () => {
  const { id, key } = await make();
  const lock = (allowed_ips: string[]) => call(change, one(id, { method: 'PATCH', body: { allowed_ips } }));
  expect((await lock(['192.0.2.0/24', '2001:db8::/32'])).status).toBe(200);
  expect(await use(key)).toBe(200);
  expect(await use(key, { 'x-client-address': '2001:db8::5' })).toBe(200);
  expect(await use(key, { 'x-client-address': '192.0.3.1' })).toBe(403);
  expect(await use(key, { 'x-client-address': '' })).toBe(403);
  expect(await lock(['nowhere'])).toMatchObject({ status: 400 });
  await lock([]);
  expect(await use(key, { 'x-client-address': '192.0.3.1' })).toBe(200);
});

describe('a rotation', () => {
  const rotated = async (id: string, body: object) => keyWithSecretSchema.parse((await call(rotate, one(id, { body }))).json);

  it('keeps the old secret working beside the new one until its hours are over', async () => {
    const { id, key } = await make();
    const next = await rotated(id, { old_hours: 2 });
    expect([await use(key), await use(next.key)]).toEqual([200, 200]);
    expect(Date.parse(next.old_secret_ends_at ?? '')).toBeGreaterThan(Date.now() + 1.9 * 3_600_000);
    await db().apiKey.update({ where: { id }, data: { oldEndsAt: new Date(Date.now() - 1) } });
    expect([await use(key), await use(next.key)]).toEqual([401, 200]);
    expect(keySchema.parse((await call(read, one(id))).json).old_secret_ends_at).toBeNull();
  });

  it('never allows three, ends the old one at once on request, and a revocation ends both', async () => {
    const { id, key } = await make();
    const second = await rotated(id, {});
    const third = await rotated(id, {});
    expect([await use(key), await use(second.key), await use(third.key)]).toEqual([401, 200, 200]);
    const fourth = await rotated(id, { old_hours: 0 });
    expect([await use(third.key), await use(fourth.key)]).toEqual([401, 200]);
    const fifth = await rotated(id, {});
    await call(remove, one(id, { method: 'DELETE' }));
    expect([await use(fourth.key), await use(fifth.key)]).toEqual([401, 401]);
  });
});

describe('403: a key never grants more than it has', () => {
  const FORBIDDEN = { status: 403, json: { code: 'forbidden' } };
  const by = (key: string, body: object) => call(create, { key, body: { name: 'More', scopes: ['keys:admin'], ...body } });

  it('no additional scope', async () => {
    const weak = await makeKey(scope, { scopes: ['keys:admin', 'credits:read'] });
    expect(await by(weak, { scopes: ['lists:read'] })).toMatchObject(FORBIDDEN);
    expect((await by(weak, { scopes: ['credits:read'] })).status).toBe(201);
    const { id } = await make({ scopes: ['lists:write'] });
    const asWeak = { key: weak, params: { id } };
    expect(await call(rotate, { ...asWeak, method: 'POST' })).toMatchObject(FORBIDDEN);
    expect(await call(change, { ...asWeak, method: 'PATCH', body: { scopes: ['keys:admin'] } })).toMatchObject(FORBIDDEN);
    // It may always delete a key.
    expect((await call(remove, { ...asWeak, method: 'DELETE' })).status).toBe(200);
  });

  it('no larger budget, and no live key by a test key', async () => {
    const poor = await makeKey(scope, { monthlyBudget: 10 });
    expect(await by(poor, {})).toMatchObject(FORBIDDEN);
    expect(await by(poor, { monthly_budget: 11 })).toMatchObject(FORBIDDEN);
    expect((await by(poor, { monthly_budget: 10 })).status).toBe(201);
    const test = await makeKey(scope, { mode: 'test' });
    expect(await by(test, { mode: 'live' })).toMatchObject(FORBIDDEN);
    expect((await by(test, { mode: 'test' })).status).toBe(201);
  });
});

describe('the last requests of a key', () => {
  it('are kept with their outcome, and without their content', async () => {
    const { id, key } = await make();
    await call(credits, { key, path: '/api/v1/credits?email=ann@example.com' });
    const refused = await call(list, { key, path: '/api/v1/keys' });
    await flushApiRequests();
    const kept = await listApiRequests(scope, id);
    expect(kept).toMatchObject([
      { id: refused.headers.get('x-request-id'), method: 'GET', path: '/v1/keys', status: 403 },
      { method: 'GET', path: '/v1/credits', status: 200 },
    ]);
    expect(JSON.stringify(kept)).not.toContain('ann@example.com');
    expect(await listApiRequests(await makeWorkspace(), id)).toEqual([]);
  });

  it('are written when a flush ends, also those that an earlier one was still writing', async () => {
    const { id, key } = await make();
    for (let n = 0; n < 5; n++) await call(credits, { key, path: '/api/v1/credits' });
    const earlier = flushApiRequests();
    await flushApiRequests();
    expect(await listApiRequests(scope, id)).toHaveLength(5);
    await earlier;
  });

  it('are limited in number, and their paths in length', async () => {
    const { id, key } = await make();
    const path = `/api/v1/credits/${'x'.repeat(API_REQUEST_PATH_MAX_CHARS)}`;
    for (let n = 0; n < API_REQUESTS_KEPT + 5; n++) await call(credits, { key, path });
    await flushApiRequests();
    const kept = await db().apiRequest.findMany({ where: { apiKeyId: id }, take: 1_000 });
    expect(kept).toHaveLength(API_REQUESTS_KEPT);
    expect(kept[0]?.path).toHaveLength(API_REQUEST_PATH_MAX_CHARS);
  });
});
