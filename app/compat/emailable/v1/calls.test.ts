import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { getBalance } from '@/lib/credits/balance';
import { inTransaction } from '@/lib/platform/db/transaction';
import { listLists } from '@/lib/lists/read';
import { call, makeKey } from '@/tests/api/call';
import { useWorker } from '@/tests/api/use-worker';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET as account } from './account/route';
import { GET as batchStatus, POST as createBatch } from './batch/route';
import { GET as verifyByGet, POST as verify } from './verify/route';

useTestDatabase();
useWorker();

const PATH = '/compat/emailable/v1';

async function makeCustomer(credits = 20, mode: 'live' | 'test' = 'live') {
  const scope = await makeWorkspace(credits, 'business');
  return { scope, key: await makeKey(scope, { mode }) };
}

describe('verify', () => {
  it('answers in their words, to POST with a bearer token and to GET with the key in the query', async () => {
    const { scope, key } = await makeCustomer();
    const { status, json } = await call(verify, {
      path: `${PATH}/verify`,
      key,
      body: { email: 'ann+news@example.org', smtp: true },
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({ state: 'deliverable', reason: 'accepted_email', score: 90, tag: 'news', user: 'ann' });
    // Their Python client sends options that were not given as empty values.
    const query = new URLSearchParams({
      api_key: key,
      email: 'mailbox-not-found@example.org',
      smtp: 'true',
      timeout: '',
    }).toString();
    expect((await call(verifyByGet, { path: `${PATH}/verify?${query}` })).json).toMatchObject({ state: 'undeliverable' });
    expect(await getBalance(scope)).toMatchObject({ available: 18 });
  });

  it.each<[string, string, string]>([
    ['a form', 'application/x-www-form-urlencoded', 'email=ann%40example.org&timeout=5'],
    ['JSON under the type of a form', 'application/x-www-form-urlencoded', '{"email":"ann@example.org"}'],
    ['JSON without a type', '', '{"email":"ann@example.org"}'],
  ])('takes %s', async (_, type, body) => {
    const { key } = await makeCustomer();
    const { json } = await call(verify, { path: `${PATH}/verify`, key, body, headers: { 'content-type': type } });
    expect(json).toMatchObject({ state: 'deliverable' });
  });

  it('249 until the answer is ready; asking again continues that check', async () => {
    const { scope, key } = await makeCustomer(0, 'test');
    const ask = () => call(verify, { path: `${PATH}/verify`, key, body: { email: 'slow-3000@example.org', timeout: 2 } });
    const first = await ask();
    expect(first).toMatchObject({ status: 249, json: { message: expect.any(String) as string } });
    expect(await ask()).toMatchObject({ status: 200, json: { state: 'deliverable' } });
    expect(await inTransaction((tx) => tx.verification.count({ where: scope }))).toBe(1);
  });

  it('an Idempotency-Key does not store a 249', async () => {
    const { key } = await makeCustomer(0, 'test');
    const headers = { 'idempotency-key': 'em-1' };
    const ask = () =>
      call(verify, { path: `${PATH}/verify`, key, headers, body: { email: 'slow-3000@example.org', timeout: 2 } });
    expect((await ask()).status).toBe(249);
    await expect.poll(async () => (await ask()).status).toBe(200);
  });

  it('refuses with their statuses and a message', async () => {
    const { key } = await makeCustomer(0);
    const body = { email: 'ann@example.org' };
    expect(await call(verify, { path: PATH, body })).toMatchObject({
      status: 401,
      json: { message: expect.any(String) as string },
    });
    expect(await call(verify, { path: PATH, key, body })).toMatchObject({
      status: 402,
      json: { message: expect.any(String) as string },
    });
    expect(await call(verify, { path: PATH, key, body: {} })).toMatchObject({
      status: 400,
      json: { message: 'email is missing' },
    });
    const limited = await makeKey(await makeWorkspace(), { scopes: ['credits:read'] });
    expect(await call(verify, { path: PATH, key: limited, body })).toMatchObject({ status: 403 });
  });
});

describe('batch', () => {
  const EMAILS = ['ann@example.org', 'mailbox-not-found@example.org', 'ann@example.org'];
  const create = (key: string, emails: unknown, more: object = {}) =>
    call(createBatch, { path: `${PATH}/batch`, key, body: { emails, ...more } });
  const read = (key: string, id: string, more = '') => call(batchStatus, { path: `${PATH}/batch?id=${id}${more}`, key });

  it.each<[string, unknown]>([
    ['with commas between them', EMAILS.join(',')],
    ['as an array', EMAILS],
  ])('addresses %s: counts and answers when it is done', async (_, emails) => {
    const { key } = await makeCustomer();
    const { id } = z.object({ id: z.string() }).parse((await create(key, emails)).json);
    await expect.poll(async () => (await read(key, id)).json).toMatchObject({ message: 'Batch verification completed' });
    expect((await read(key, id)).json).toMatchObject({
      id,
      emails: [{ state: 'deliverable' }, { state: 'undeliverable', reason: 'rejected_email' }, { state: 'duplicate' }],
      total_counts: { deliverable: 1, undeliverable: 1, duplicate: 1, processed: 3, total: 3 },
      reason_counts: { accepted_email: 1, rejected_email: 1, timeout: 0 },
    });
  });

  it('reports its progress and, with partial, what is known', async () => {
    const { key } = await makeCustomer();
    const { id } = z.object({ id: z.string() }).parse((await create(key, 'greylisted@example.org,ann@example.org')).json);
    await expect.poll(async () => (await read(key, id)).json).toMatchObject({ processed: 1, total: 2 });
    expect((await read(key, id)).json).not.toHaveProperty('emails');
    expect((await read(key, id, '&partial=true')).json).toMatchObject({ emails: [{ email: 'ann@example.org' }] });
  });

  it('refuses an invalid callback address, an empty batch, and a batch that does not exist', async () => {
    const { scope, key } = await makeCustomer();
    expect((await create(key, 'a@example.org', { url: 'done' })).status).toBe(400);
    expect((await create(key, '')).status).toBe(400);
    expect((await read(key, 'x')).status).toBe(404);
    expect((await listLists(scope)).items).toEqual([]);
  });
});

it('account: what is left', async () => {
  const { key } = await makeCustomer(6);
  expect((await call(account, { path: `${PATH}/account`, key })).json).toEqual({ owner_email: null, available_credits: 6 });
});
