import { describe, expect, it } from 'vitest';
import type { Scope } from '@/lib/platform/scope';
import { newId } from '@/lib/platform/ids';
import { listedVerificationSchema } from '@/lib/dashboard/api';
import { progressAnswerSchema, verificationAnswerSchema } from '@/lib/verdict/verification-schema';
import { awaitVerification } from '@/lib/verifications/read';
import { startVerification } from '@/lib/verifications/start';
import { z } from 'zod';
import { call, makeKey } from '@/tests/api/call';
import { useWorker } from '@/tests/api/use-worker';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { seedList } from '@/tests/database/seed-list';
import { useUpCalls } from '@/tests/database/free-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET as getOne, PUT as putOne } from './[id]/route';
import { GET as getMany, POST as postMany } from './route';

useTestDatabase();
useWorker();

const pageSchema = z.strictObject({ data: z.array(listedVerificationSchema), next_cursor: z.string().nullable() });

async function check(scope: Scope, email: string, more: { test?: boolean } = {}): Promise<string> {
  const started = await startVerification(scope, { email, source: 'api', ...more });
  if (!started.ok) throw started.error;
  const { id } = await awaitVerification(scope, started.value.id, email.startsWith('greylisted') ? 0 : 10_000);
  return id;
}
const one = (id: string, key: string) =>
  call(getOne, { path: `/api/v1/verifications/${encodeURIComponent(id)}`, params: { id }, key });
const many = async (query: string, key: string) => {
  const answered = await call(getMany, { path: `/v1/verifications${query}`, key });
  return answered.status === 200 ? pageSchema.parse(answered.json) : answered;
};
async function makeCustomer() {
  const scope = await makeWorkspace(20, 'business');
  return { scope, key: await makeKey(scope), testKey: await makeKey(scope, { mode: 'test' }) };
}

describe('GET /v1/verifications/{id}', () => {
  it('200: a final one has the shape of a single check', async () => {
    const { scope, key } = await makeCustomer();
    const id = await check(scope, 'jane@example.com');
    const answered = await one(id, key);
    expect(answered.status).toBe(200);
    expect(verificationAnswerSchema.parse(answered.json)).toMatchObject({ id, status: 'deliverable', credits_charged: 1 });
  });

  it('200: a pending one reports its progress', async () => {
    const { scope, key } = await makeCustomer();
    const id = await check(scope, 'greylisted@example.com');
    await expect.poll(async () => progressAnswerSchema.parse((await one(id, key)).json).retry_at).not.toBeNull();
    const progress = progressAnswerSchema.parse((await one(id, key)).json);
    expect(progress).toMatchObject({ id, status: 'pending', email: 'greylisted@example.com' });
    expect(progress.poll_url).toMatch(new RegExp(`/v1/verifications/${id}$`));
    expect(progress.layers).toHaveLength(7);
  });

  it('404: another workspace’s verification, an unknown one, and a malformed id', async () => {
    const { scope } = await makeCustomer();
    const stranger = await makeCustomer();
    const id = await check(scope, 'jane@example.com');
    for (const wrong of [id, newId('verification'), 'x', '\u0000', id.toLowerCase(), '../../credits']) {
      expect(await one(wrong, stranger.key)).toMatchObject({ status: 404, json: { code: 'not_found' } });
    }
  });

  it('404: a test key reads only answers to test keys, a live key only real ones', async () => {
    const { scope, key, testKey } = await makeCustomer();
    const real = await check(scope, 'jane@example.com');
    const test = await check(scope, 'jane@example.com', { test: true });
    expect(await one(real, testKey)).toMatchObject({ status: 404 });
    expect(await one(test, key)).toMatchObject({ status: 404 });
    expect(await one(test, testKey)).toMatchObject({ status: 200, json: { test: true } });
  });

  it('401, 403, 405 and 429', async () => {
    const { scope } = await makeCustomer();
    const id = newId('verification');
    expect(await call(getOne, { params: { id } })).toMatchObject({ status: 401 });
    expect(await one(id, await makeKey(scope, { scopes: ['credits:read'] }))).toMatchObject({ status: 403 });
    const refused = await call(putOne, { method: 'PUT', params: { id } });
    expect(refused).toMatchObject({ status: 405, json: { code: 'method_not_allowed' } });
    expect(refused.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    const polling = await makeCustomer();
    await useUpCalls(polling.scope, 'read');
    expect(await one(id, polling.key)).toMatchObject({ status: 429, json: { code: 'rate_limited' } });
  });
});

describe('GET /v1/verifications', () => {
  it('200: pages are newest first, contain each row once, and end', async () => {
    const { scope, key } = await makeCustomer();
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e']) ids.unshift(await check(scope, `${name}@example.com`));
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: z.infer<typeof pageSchema> = pageSchema.parse(await many(`?limit=2${cursor && `&cursor=${cursor}`}`, key));
      expect(page.data.length).toBeLessThanOrEqual(2);
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(ids);
  });

  it('200: all answers about one address, in lists too, in pages', async () => {
    const { scope, key, testKey } = await makeCustomer();
    const id = await check(scope, 'Jane@gmail.com');
    const rows = [{ cells: ['ja.ne+x@gmail.com'], reason: 'mailbox_not_found' as const }];
    const listId = await seedList(scope, { rows, more: { name: 'spring', run: { run: 1 } } });
    await seedList((await makeCustomer()).scope, { rows, more: { run: { run: 1 } } });
    const first = pageSchema.parse(await many('?email=jane%40gmail.com&limit=1', key));
    expect(first.data).toMatchObject([{ id, source: 'api', list: null }]);
    const second = pageSchema.parse(await many(`?email=jane%40gmail.com&limit=1&cursor=${first.next_cursor ?? ''}`, key));
    expect(second).toMatchObject({
      data: [
        { id: `${listId}:1`, source: 'list', list: { id: listId, name: 'spring', row: 1 }, status: 'undeliverable', test: false },
      ],
      next_cursor: null,
    });
    expect(await many('?email=jane%40gmail.com', testKey)).toMatchObject({ data: [] });
    expect(await many('', key)).toMatchObject({ data: [{ id }], next_cursor: null });
  });

  it('200: by exactly one address, as given or in normal form', async () => {
    const { scope, key } = await makeCustomer();
    const id = await check(scope, ' Jane@example.com ');
    await check(scope, 'jane@example.com.au');
    await check(scope, 'mary.jane@example.com');
    for (const email of ['Jane@example.com', ' Jane@example.com']) {
      expect(await many(`?email=${encodeURIComponent(email)}`, key)).toMatchObject({ data: [{ id }], next_cursor: null });
    }
    expect(await many('?email=%25', key)).toMatchObject({ data: [] });
    expect(await many('?email=%00', key)).toMatchObject({ data: [] });
  });

  it('200: shows no other workspace’s answers, no visitor’s, and none of the other mode', async () => {
    const { scope, key, testKey } = await makeCustomer();
    const stranger = await makeCustomer();
    const real = await check(scope, 'jane@example.com');
    const test = await check(scope, 'jane@example.com', { test: true });
    expect(await many('', key)).toMatchObject({ data: [{ id: real }] });
    expect(await many('', testKey)).toMatchObject({ data: [{ id: test }] });
    expect(await many('', stranger.key)).toEqual({ data: [], next_cursor: null });
    expect(await many(`?cursor=${newId('verification')}`, stranger.key)).toEqual({ data: [], next_cursor: null });
  });

  it.each([
    ['?limit=0', 'limit'],
    ['?limit=101', 'limit'],
    ['?limit=x', 'limit'],
    ['?cursor=abc', 'cursor'],
    ['?email=a%40example.com&cursor=abc', 'cursor'],
    ['?email=', 'email'],
    ['?emial=a%40example.com', 'emial'],
    ['?limit=1&limit=2', 'limit'],
  ])('400: %s', async (query, field) => {
    const { key } = await makeCustomer();
    expect(await many(query, key)).toMatchObject({ status: 400, json: { code: 'invalid_request', errors: [{ field }] } });
  });

  it('401, 403 and 405', async () => {
    const { scope } = await makeCustomer();
    expect(await call(getMany)).toMatchObject({ status: 401 });
    expect(await many('', await makeKey(scope, { scopes: ['lists:read'] }))).toMatchObject({ status: 403 });
    expect(await call(postMany, { body: {} })).toMatchObject({ status: 405 });
  });
});
