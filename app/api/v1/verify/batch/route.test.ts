import { describe, expect, it } from 'vitest';
import { inTransaction } from '@/lib/platform/db/transaction';
import {
  ADDRESS_INPUT_MAX_CHARS,
  BATCH_BODY_MAX_BYTES,
  BATCH_MAX_EMAILS,
  BATCH_REF_MAX_CHARS,
  LISTS_AT_WORK_A_WORKSPACE,
} from '@/lib/platform/limits';
import { listSchema } from '@/lib/lists/api';
import { getBalance } from '@/lib/credits/balance';
import { call, makeKey, type Call } from '@/tests/api/call';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { seedList } from '@/tests/database/seed-list';
import { useUpCalls } from '@/tests/database/free-answers';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET, POST } from './route';

useTestDatabase();

const PATH = '/api/v1/verify/batch';
const EMAILS = ['ann@example.com', 'ben@example.com', 'ann@example.com', 'no address'];

async function makeCustomer(credits = 100) {
  const scope = await makeWorkspace(credits, 'business');
  return { scope, key: await makeKey(scope) };
}
const post = (key: string, body: unknown, more: Partial<Call> = {}) => call(POST, { path: PATH, key, body, ...more });
const many = (count: number): string[] => Array.from({ length: count }, (_, n) => `person-${n}@example.com`);

describe('202', () => {
  it('the addresses are counted and started, with the credits held', async () => {
    const { scope, key } = await makeCustomer();
    const { status, headers, json } = await post(key, { emails: EMAILS });
    expect(status).toBe(202);
    const list = listSchema.parse(json);
    expect(list).toMatchObject({ source: 'api', status: 'queued', mode: 'full', test: false });
    expect(list.quote).toMatchObject({ rows: 4, unique: 3, duplicates: 1, syntax_invalid: 1, max_credits: 2 });
    expect(list.progress.credits.held).toBe(2);
    expect(headers.get('X-Credits-Remaining')).toBe('98');
    expect(await getBalance(scope)).toMatchObject({ available: 98, held: 2 });
  });

  it('not started on request: counted and quoted, with nothing held, even if credits do not cover it', async () => {
    const { scope, key } = await makeCustomer(1);
    const { status, json } = await post(key, { emails: EMAILS, start: false });
    expect(status).toBe(202);
    expect(listSchema.parse(json)).toMatchObject({ status: 'ready', mode: null, quote: { max_credits: 2 } });
    expect(await getBalance(scope)).toMatchObject({ available: 1, held: 0 });
  });

  it('objects with a reference and metadata, and every other option', async () => {
    const { key } = await makeCustomer();
    const emails = [{ email: 'ann@example.com', ref: 'r-1', metadata: { line: 1 } }, 'ben@example.com', { email: '' }];
    const { json } = await post(key, { emails, name: 'Import', policy: 'signup', retention_days: 3, metadata: { run: 7 } });
    const list = listSchema.parse(json);
    expect(list).toMatchObject({ name: 'Import', policy: 'signup', retention_days: 3, metadata: { run: 7 } });
    const row = await inTransaction((tx) => tx.listRow.findFirst({ where: { listId: list.id, n: 1 }, select: { cells: true } }));
    expect(JSON.parse(row?.cells ?? '')).toEqual(['ann@example.com', 'r-1', '{"line":1}']);
  });

  it('of a test key costs and holds nothing', async () => {
    const scope = await makeWorkspace();
    const { json } = await post(await makeKey(scope, { mode: 'test' }), { emails: EMAILS });
    expect(listSchema.parse(json)).toMatchObject({ test: true, status: 'queued', quote: { max_credits: 0 } });
  });

  it('at each limit', async () => {
    const { key } = await makeCustomer(BATCH_MAX_EMAILS);
    const emails = [
      { email: 'x'.repeat(ADDRESS_INPUT_MAX_CHARS), ref: 'r'.repeat(BATCH_REF_MAX_CHARS) },
      ...many(BATCH_MAX_EMAILS - 1),
    ];
    expect(listSchema.parse((await post(key, { emails })).json).quote?.rows).toBe(BATCH_MAX_EMAILS);
  });

  it('once per Idempotency-Key: the same list again, held once', async () => {
    const { scope, key } = await makeCustomer();
    const headers = { 'Idempotency-Key': 'batch-1' };
    const answers = [await post(key, { emails: EMAILS }, { headers }), await post(key, { emails: EMAILS }, { headers })];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(answers[1]?.text).toBe(answers[0]?.text);
    expect(await inTransaction((tx) => tx.list.count({ where: scope }))).toBe(1);
    expect(await getBalance(scope)).toMatchObject({ held: 2 });
  });
});

describe('400', () => {
  it.each<[string, object, string]>([
    ['no addresses', { emails: [] }, 'emails'],
    ['too many addresses', { emails: many(BATCH_MAX_EMAILS + 1) }, 'emails'],
    ['no list', { emails: 'ann@example.com' }, 'emails'],
    ['an item that is neither', { emails: [1] }, 'emails.0'],
    ['an item without an address', { emails: [{ ref: 'x' }] }, 'emails.0'],
    ['an item with a field that does not exist', { emails: [{ email: 'a@example.com', reff: 'x' }] }, 'emails.0.reff'],
    ['too long an address', { emails: ['x'.repeat(ADDRESS_INPUT_MAX_CHARS + 1)] }, 'emails.0'],
    ['too long a reference', { emails: [{ email: 'a@example.com', ref: 'r'.repeat(BATCH_REF_MAX_CHARS + 1) }] }, 'emails.0.ref'],
    ['a policy that does not exist', { emails: EMAILS, policy: 'hot' }, 'policy'],
    ['a field that does not exist', { emails: EMAILS, retention: 3 }, 'retention'],
  ])('%s', async (_, body, field) => {
    const { scope, key } = await makeCustomer();
    expect(await post(key, body)).toMatchObject({ status: 400, json: { code: 'invalid_request', errors: [{ field }] } });
    expect(await inTransaction((tx) => tx.list.count({ where: scope }))).toBe(0);
  });
});

it('401, 403: without a key, and without the scope', async () => {
  expect(await call(POST, { path: PATH, body: { emails: EMAILS } })).toMatchObject({ status: 401 });
  const key = await makeKey(await makeWorkspace(), { scopes: ['verify:write'] });
  expect(await post(key, { emails: EMAILS })).toMatchObject({ status: 403, json: { code: 'insufficient_scope' } });
});

it('402: fewer credits than it can cost, and no list remains', async () => {
  const { scope, key } = await makeCustomer(1);
  expect(await post(key, { emails: EMAILS })).toMatchObject({ status: 402, json: { code: 'insufficient_credits' } });
  expect(await inTransaction((tx) => tx.list.count({ where: scope }))).toBe(0);
  expect(await getBalance(scope)).toMatchObject({ available: 1, held: 0 });
});

it('405: GET', async () => {
  expect((await call(GET, { path: PATH })).status).toBe(405);
});

it('409: more lists under way than a workspace may have', async () => {
  const { scope, key } = await makeCustomer();
  for (let n = 0; n < LISTS_AT_WORK_A_WORKSPACE; n++) await seedList(scope, { status: 'running' });
  expect(await post(key, { emails: EMAILS })).toMatchObject({ status: 409, json: { code: 'limit_reached' } });
});

it('413: a body one byte above the limit', async () => {
  const { key } = await makeCustomer();
  const body = (length: number) => JSON.stringify({ emails: EMAILS }).padEnd(length);
  expect((await post(key, body(BATCH_BODY_MAX_BYTES))).status).toBe(202);
  expect(await post(key, body(BATCH_BODY_MAX_BYTES + 1))).toMatchObject({ status: 413, json: { code: 'payload_too_large' } });
});

it('415: another type', async () => {
  const { key } = await makeCustomer();
  expect((await post(key, 'ann@example.com', { headers: { 'content-type': 'text/plain' } })).status).toBe(415);
});

it('422: an Idempotency-Key that was used for other addresses', async () => {
  const { key } = await makeCustomer();
  const headers = { 'Idempotency-Key': 'batch-2' };
  await post(key, { emails: EMAILS }, { headers });
  expect(await post(key, { emails: many(2) }, { headers })).toMatchObject({
    status: 422,
    json: { code: 'idempotency_mismatch' },
  });
});

it('429: more requests than the plan allows', async () => {
  const { scope, key } = await makeCustomer();
  await useUpCalls(scope, 'verify');
  expect(await post(key, { emails: ['x'] })).toMatchObject({ status: 429, json: { code: 'rate_limited' } });
});
