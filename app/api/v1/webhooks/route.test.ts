import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Scope } from '@/lib/platform/scope';
import { inTransaction } from '@/lib/platform/db/transaction';
import {
  API_BODY_MAX_BYTES,
  WEBHOOK_DESCRIPTION_MAX_CHARS,
  WEBHOOK_URL_MAX_CHARS,
  WEBHOOKS_A_WORKSPACE,
} from '@/lib/platform/limits';
import { newId } from '@/lib/platform/ids';
import { deliverySchema, webhookSchema, webhookWithSecretSchema } from '@/lib/webhooks/api';
import { call, makeKey, type Call } from '@/tests/api/call';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useUpCalls } from '@/tests/database/free-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { deliverOne } from '@/tests/database/webhooks';
import { POST as replay, GET as replayGet } from './[id]/deliveries/[deliveryId]/replay/route';
import { GET as deliveries, POST as deliveriesPost } from './[id]/deliveries/route';
import { POST as rotate, GET as rotateGet } from './[id]/rotate-secret/route';
import { DELETE as remove, GET as getOne, PATCH as change, PUT as putOne } from './[id]/route';
import { POST as test, GET as testGet } from './[id]/test/route';
import { DELETE as deleteAll, GET as getAll, POST as create } from './route';

useTestDatabase();

const PATH = '/api/v1/webhooks';
const wanted = { url: 'https://hooks.example.com/in', description: 'Orders', events: ['list.completed', 'list.ready'] };

async function makeCustomer() {
  const scope = await makeWorkspace(0, 'business');
  return { scope, key: await makeKey(scope) };
}
const post = (body: unknown, key: string, more: Partial<Call> = {}) => call(create, { path: PATH, body, key, ...more });
async function made(key: string, more: object = {}) {
  const answered = await post({ ...wanted, ...more }, key);
  expect(answered.status).toBe(201);
  return webhookWithSecretSchema.parse(answered.json);
}
const on = (id: string, key: string, more: Partial<Call> = {}) => ({ path: `${PATH}/${id}`, params: { id }, key, ...more });
const deliver = (scope: Scope, id: string) => deliverOne({ scope, id }, newId('request'));
/** Marks a delivery as failed, as if the endpoint had kept answering 500. */
const fail = (id: string) => inTransaction((tx) => tx.webhookDelivery.updateMany({ where: { id }, data: { state: 'failed' } }));

describe('201', () => {
  it('makes an endpoint and shows its secret, once', async () => {
    const { key } = await makeCustomer();
    const webhook = await made(key);
    expect(webhook).toMatchObject({ ...wanted, state: 'enabled', disabled_reason: null, last_delivery: null });
    expect(webhook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    for (const answered of [await call(getAll, { key }), await call(getOne, on(webhook.id, key))]) {
      expect(answered.status).toBe(200);
      expect(answered.text).not.toContain(webhook.secret);
      expect(answered.text).toContain(webhook.id);
    }
  });

  it('at each limit', async () => {
    const { key } = await makeCustomer();
    const url = `https://example.com/${'x'.repeat(WEBHOOK_URL_MAX_CHARS - 'https://example.com/'.length)}`;
    const webhook = await made(key, { url, description: 'd'.repeat(WEBHOOK_DESCRIPTION_MAX_CHARS), events: ['credits.low'] });
    expect(webhook.url).toBe(url);
  });
});

describe('200', () => {
  it('lists the workspace’s endpoints, newest first', async () => {
    const { key } = await makeCustomer();
    const ids = [(await made(key)).id, (await made(key)).id].reverse();
    const { json } = await call(getAll, { key });
    expect(
      z
        .strictObject({ data: z.array(webhookSchema) })
        .parse(json)
        .data.map(({ id }) => id),
    ).toEqual(ids);
  });

  it('changes the given fields and leaves the rest', async () => {
    const { key } = await makeCustomer();
    const { id } = await made(key);
    const changed = await call(change, on(id, key, { method: 'PATCH', body: { events: ['credits.low'] } }));
    expect(webhookSchema.parse(changed.json)).toMatchObject({ url: wanted.url, description: 'Orders', events: ['credits.low'] });
    const off = await call(change, on(id, key, { method: 'PATCH', body: { state: 'disabled' } }));
    expect(off.json).toMatchObject({ state: 'disabled', disabled_reason: 'by_owner' });
    const back = await call(change, on(id, key, { method: 'PATCH', body: { state: 'enabled' } }));
    expect(back.json).toMatchObject({ state: 'enabled', disabled_reason: null, disabled_at: null });
  });

  it('rotates the secret, with and without an empty body', async () => {
    const { key } = await makeCustomer();
    const { id, secret } = await made(key);
    const first = webhookWithSecretSchema.parse((await call(rotate, on(id, key, { method: 'POST' }))).json);
    const second = webhookWithSecretSchema.parse((await call(rotate, on(id, key, { body: {} }))).json);
    expect(new Set([secret, first.secret, second.secret]).size).toBe(3);
    expect(Date.parse(second.old_secret_ends_at ?? '')).toBeGreaterThan(Date.now());
  });

  it('deletes an endpoint with its log', async () => {
    const { scope, key } = await makeCustomer();
    const { id } = await made(key);
    await deliver(scope, id);
    expect(await call(remove, on(id, key, { method: 'DELETE' }))).toMatchObject({ status: 200, json: { id, deleted: true } });
    expect(await call(getOne, on(id, key))).toMatchObject({ status: 404 });
    expect(await call(remove, on(id, key, { method: 'DELETE' }))).toMatchObject({ status: 404 });
  });

  it('pages the deliveries, newest first, and by state', async () => {
    const { scope, key } = await makeCustomer();
    const { id } = await made(key);
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.unshift((await deliver(scope, id)).id);
    await fail(ids[2] ?? '');
    const page = z.strictObject({ data: z.array(deliverySchema), next_cursor: z.string().nullable() });
    const read = async (query: string) =>
      page.parse((await call(deliveries, on(id, key, { path: `${PATH}/${id}/deliveries${query}` }))).json);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const next: z.infer<typeof page> = await read(`?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...next.data.map((delivery) => delivery.id));
      cursor = next.next_cursor;
    }
    expect(seen).toEqual(ids);
    expect((await read('?state=failed')).data.map((delivery) => delivery.id)).toEqual([ids[2]]);
    expect((await read('?state=delivered')).data).toEqual([]);
  });
});

describe('202', () => {
  it('sends a test of the first event it wants, or of the one named', async () => {
    const { key } = await makeCustomer();
    const { id } = await made(key);
    const first = await call(test, on(id, key, { method: 'POST' }));
    expect([first.status, deliverySchema.parse(first.json)]).toMatchObject([
      202,
      { webhook_id: id, event: 'list.completed', test: true, state: 'pending', attempts: 0 },
    ]);
    const named = await call(test, on(id, key, { body: { event: 'credits.low' } }));
    expect(named).toMatchObject({ status: 202, json: { event: 'credits.low' } });
  });

  it('replays a delivery under its old id', async () => {
    const { scope, key } = await makeCustomer();
    const { id } = await made(key);
    const delivery = await deliver(scope, id);
    await fail(delivery.id);
    const answered = await call(replay, on(id, key, { method: 'POST', params: { id, deliveryId: delivery.id } }));
    expect(answered).toMatchObject({
      status: 202,
      json: { id: delivery.id, event_id: delivery.eventId, state: 'pending' },
    });
  });
});

describe('400', () => {
  it.each<[string, object, string]>([
    ['no URL', { url: '' }, 'url'],
    ['what is no URL', { url: 'example.com' }, 'url'],
    ['another protocol', { url: 'ftp://example.com/' }, 'url'],
    ['a script', { url: 'javascript:alert(1)' }, 'url'],
    ['a password in the URL', { url: 'https://a:b@example.com/' }, 'url'],
    ['a fragment', { url: 'https://example.com/#x' }, 'url'],
    ['a port of mail', { url: 'https://example.com:25/' }, 'url'],
    ['a line break in the URL', { url: 'https://example.com/\r\nX: y' }, 'url'],
    ['too long a URL', { url: `https://example.com/${'x'.repeat(WEBHOOK_URL_MAX_CHARS)}` }, 'url'],
    ['too long a description', { description: 'd'.repeat(WEBHOOK_DESCRIPTION_MAX_CHARS + 1) }, 'description'],
    ['a description that can’t be stored', { description: 'a\0b' }, 'description'],
    ['no event', { events: [] }, 'events'],
    ['an event that is reserved', { events: ['quota.warning'] }, 'events'],
    ['an event that does not exist', { events: ['batch.exploded'] }, 'events'],
    ['a field that does not exist', { urll: 'x' }, 'urll'],
  ])('%s', async (_, more, field) => {
    const { key } = await makeCustomer();
    expect(await post({ ...wanted, ...more }, key)).toMatchObject({
      status: 400,
      json: { code: 'invalid_request', errors: [{ field }] },
    });
    const { id } = await made(key);
    expect(await call(change, on(id, key, { method: 'PATCH', body: more }))).toMatchObject({
      status: 400,
      json: { errors: [{ field }] },
    });
  });

  it('says that a reserved event is not sent yet', async () => {
    const { key } = await makeCustomer();
    expect((await post({ ...wanted, events: ['quota.exceeded'] }, key)).text).toContain('reserved for a later release');
  });

  it.each(['?limit=0', '?limit=101', '?cursor=x', '?state=lost', '?stat=failed'])('deliveries%s', async (query) => {
    const { key } = await makeCustomer();
    const { id } = await made(key);
    expect(await call(deliveries, on(id, key, { path: `${PATH}/${id}/deliveries${query}` }))).toMatchObject({ status: 400 });
  });

  it('a test of an event that is not sent, and a body that is not JSON', async () => {
    const { key } = await makeCustomer();
    const { id } = await made(key);
    expect(await call(test, on(id, key, { body: { event: 'quota.warning' } }))).toMatchObject({ status: 400 });
    expect(await call(test, on(id, key, { body: '{' }))).toMatchObject({ status: 400 });
  });
});

const everyCall = (id: string, deliveryId: string, key?: string) => {
  const how = (more: Partial<Call> = {}): Call => ({
    path: `${PATH}/${id}`,
    params: { id },
    ...(key !== undefined && { key }),
    ...more,
  });
  return [
    call(getOne, how()),
    call(change, how({ method: 'PATCH', body: { description: 'x' } })),
    call(remove, how({ method: 'DELETE' })),
    call(rotate, how({ method: 'POST' })),
    call(test, how({ method: 'POST' })),
    call(deliveries, how({ path: `${PATH}/${id}/deliveries` })),
    call(replay, how({ method: 'POST', params: { id, deliveryId } })),
  ];
};

describe('404', () => {
  it('for another workspace, on every call, and nothing changes', async () => {
    const { scope, key } = await makeCustomer();
    const stranger = await makeCustomer();
    const { id } = await made(key);
    const delivery = await deliver(scope, id);
    const before = await call(getOne, on(id, key));
    for (const answered of await Promise.all(everyCall(id, delivery.id, stranger.key)))
      expect(answered).toMatchObject({ status: 404, json: { code: 'not_found' } });
    expect((await call(getOne, on(id, key))).text).toBe(before.text);
    expect((await call(getAll, { key: stranger.key })).json).toEqual({ data: [] });
    // It can't be reached through the stranger's own endpoint, either.
    const own = await made(stranger.key);
    const params = { id: own.id, deliveryId: delivery.id };
    expect(await call(replay, on(own.id, stranger.key, { method: 'POST', params }))).toMatchObject({ status: 404 });
  });

  it('for an id that nobody has, and for a malformed id', async () => {
    const { key } = await makeCustomer();
    for (const id of [newId('webhookEndpoint'), 'x', '\u0000', '../credits'])
      for (const answered of await Promise.all(everyCall(id, newId('webhookDelivery'), key)))
        expect(answered).toMatchObject({ status: 404 });
  });
});

it('401 without a key, 403 without the scope', async () => {
  const { scope, key } = await makeCustomer();
  const { id } = await made(key);
  const narrow = await makeKey(scope, { scopes: ['verify:write', 'lists:write', 'keys:admin'] });
  for (const [theKey, status] of [
    [undefined, 401],
    [narrow, 403],
  ] as const) {
    const calls = [
      ...everyCall(id, newId('webhookDelivery'), theKey),
      call(getAll, { ...(theKey !== undefined && { key: theKey }) }),
    ];
    for (const answered of await Promise.all(calls)) expect(answered.status).toBe(status);
  }
});

it('405 for another method', async () => {
  const params = { id: newId('webhookEndpoint'), deliveryId: newId('webhookDelivery') };
  for (const [handler, method] of [
    [deleteAll, 'DELETE'],
    [putOne, 'PUT'],
    [rotateGet, 'GET'],
    [testGet, 'GET'],
    [deliveriesPost, 'POST'],
    [replayGet, 'GET'],
  ] as const)
    expect(await call(handler, { method, params })).toMatchObject({ status: 405, json: { code: 'method_not_allowed' } });
});

describe('409', () => {
  it('above the workspace’s limit, even when many are created at once; deleting one makes room', async () => {
    const { key } = await makeCustomer();
    const answers = await Promise.all(Array.from({ length: WEBHOOKS_A_WORKSPACE + 3 }, () => post(wanted, key)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(WEBHOOKS_A_WORKSPACE);
    expect(answers.find(({ status }) => status !== 201)).toMatchObject({ status: 409, json: { code: 'limit_reached' } });
    const first = webhookSchema.loose().parse(answers.find(({ status }) => status === 201)?.json);
    await call(remove, on(first.id, key, { method: 'DELETE' }));
    await made(key);
  });

  it('for a test or a replay while the endpoint is off', async () => {
    const { scope, key } = await makeCustomer();
    const { id } = await made(key);
    const delivery = await deliver(scope, id);
    await call(change, on(id, key, { method: 'PATCH', body: { state: 'disabled' } }));
    expect(await call(test, on(id, key, { method: 'POST' }))).toMatchObject({ status: 409, json: { code: 'conflict' } });
    const params = { id, deliveryId: delivery.id };
    expect(await call(replay, on(id, key, { method: 'POST', params }))).toMatchObject({ status: 409 });
  });
});

it('413 and 415: a body that is too large, and one whose type is not JSON', async () => {
  const { key } = await makeCustomer();
  expect(await post({ ...wanted, description: 'x'.repeat(API_BODY_MAX_BYTES) }, key)).toMatchObject({ status: 413 });
  expect(await post(wanted, key, { headers: { 'content-type': 'text/plain' } })).toMatchObject({ status: 415 });
});

it('429 above the rate limit of reading calls', async () => {
  const { scope, key } = await makeCustomer();
  await useUpCalls(scope, 'read');
  expect(await call(getAll, { key })).toMatchObject({ status: 429, json: { code: 'rate_limited' } });
});
