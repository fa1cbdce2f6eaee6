import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { getBalance } from '@/lib/credits/balance';
import { listLists } from '@/lib/lists/read';
import { call, type Call, makeKey } from '@/tests/api/call';
import { useWorker } from '@/tests/api/use-worker';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { useUpCalls } from '@/tests/database/free-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET as balance } from './balance/route';
import { GET as status } from './verify-batch/[id]/route';
import { PUT as verifyBatch } from './verify-batch/route';
import { GET as verify } from './verify/route';

useTestDatabase();
useWorker();

const PATH = '/compat/kickbox/v2';

async function makeCustomer(credits = 20, mode: 'live' | 'test' = 'live') {
  const scope = await makeWorkspace(credits, 'business');
  return { scope, key: await makeKey(scope, { mode }) };
}
const ask = (email: string, headers: Record<string, string> = {}, more = '') =>
  call(verify, { path: `${PATH}/verify?email=${encodeURIComponent(email)}${more}`, headers });

describe('verify', () => {
  it.each<[string, (key: string) => [Record<string, string>, string]]>([
    ['in the query', (key) => [{}, `&apikey=${key}`]],
    ['as a token, as their client sends it', (key) => [{ authorization: `token ${key}` }, '']],
    ['as a bearer', (key) => [{ authorization: `Bearer ${key}` }, '']],
  ])('the key %s', async (_, how) => {
    const { scope, key } = await makeCustomer();
    const { status: code, json, headers } = await ask('Ann@Example.org', ...how(key));
    expect(code).toBe(200);
    expect(json).toMatchObject({
      result: 'deliverable',
      reason: 'accepted_email',
      sendex: 0.9,
      email: 'ann@example.org',
      success: true,
      message: null,
    });
    expect(headers.get('x-kickbox-balance')).toBe('19');
    expect(Number(headers.get('x-kickbox-response-time'))).toBeGreaterThanOrEqual(0);
    expect(await getBalance(scope)).toMatchObject({ available: 19 });
  });

  it('an answer that is not ready in time is a timeout', async () => {
    const { key } = await makeCustomer(0, 'test');
    const { json } = await ask('slow-20000@example.org', {}, `&apikey=${key}&timeout=300`);
    expect(json).toMatchObject({ result: 'unknown', reason: 'timeout' });
  });

  it.each(['0', '9999999', '', '2500.5'])('a timeout of %j is clamped to the allowed range', async (timeout) => {
    const { key } = await makeCustomer();
    expect((await ask('ann@example.org', {}, `&apikey=${key}&timeout=${timeout}`)).status).toBe(200);
  });

  it('403 for a wrong key and for an empty balance, 400 for no address, 429 above the rate: all in their format', async () => {
    const { scope, key } = await makeCustomer(0);
    expect(await ask('a@example.org', {}, '&apikey=wrong')).toMatchObject({ status: 403, json: { success: false } });
    const empty = { status: 403, json: { success: false, message: 'Insufficient balance' } };
    expect(await ask('a@example.org', {}, `&apikey=${key}`)).toMatchObject(empty);
    const test = await makeCustomer(0, 'test');
    expect(await ask('ann+insufficient-balance@example.org', {}, `&apikey=${test.key}`)).toMatchObject(empty);
    expect(await ask('', {}, `&apikey=${key}`)).toMatchObject({ status: 400, json: { message: 'email is missing' } });
    await useUpCalls(scope, 'verify');
    expect(await ask('a@example.org', {}, `&apikey=${key}`)).toMatchObject({ status: 429, json: { success: false } });
  });
});

describe('verify-batch', () => {
  const CSV = 'ann@example.org\nmailbox-not-found@example.org\n';
  const put = (key: string, more: Partial<Call> = {}) =>
    call(verifyBatch, {
      method: 'PUT',
      path: `${PATH}/verify-batch`,
      key,
      body: CSV,
      ...more,
      headers: { 'content-type': 'text/csv', ...more.headers },
    });
  const read = (key: string, id: number) => call(status, { path: `${PATH}/verify-batch/${id}`, key, params: { id: String(id) } });

  it('from the upload to the download', async () => {
    const { key } = await makeCustomer();
    const { json } = await put(key, { headers: { 'x-kickbox-filename': 'people' } });
    const { id } = z.object({ id: z.int(), success: z.literal(true), message: z.null() }).parse(json);
    await expect.poll(async () => (await read(key, id)).json).toMatchObject({ status: 'completed' });
    expect((await read(key, id)).json).toMatchObject({
      id,
      name: 'people',
      stats: { deliverable: 1, undeliverable: 1, risky: 0, unknown: 0, sendex: 0.9, addresses: 2 },
      download_url: expect.stringContaining('/compat/kickbox/v2/downloads/') as string,
      success: true,
    });
  });

  it('the same upload under one Idempotency-Key is one batch', async () => {
    const { scope, key } = await makeCustomer();
    const headers = { 'idempotency-key': 'kb-1' };
    const [first, second] = [await put(key, { headers }), await put(key, { headers })];
    expect(second.text).toBe(first.text);
    expect((await listLists(scope)).items).toHaveLength(1);
  });

  it('415 for JSON, 400 for a callback that is not a URL, 404 for an unknown batch', async () => {
    const { scope, key } = await makeCustomer();
    expect((await put(key, { headers: { 'content-type': 'application/json' } })).status).toBe(415);
    expect((await put(key, { headers: { 'x-kickbox-callback': 'done' } })).status).toBe(400);
    expect((await listLists(scope)).items).toEqual([]);
    expect(await read(key, 123)).toMatchObject({ status: 404, json: { success: false } });
  });
});

it('balance', async () => {
  const { key } = await makeCustomer(5);
  expect((await call(balance, { path: `${PATH}/balance?apikey=${key}` })).json).toEqual({
    balance: 5,
    success: true,
    message: null,
  });
});
