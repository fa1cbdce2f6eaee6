import { describe, expect, it } from 'vitest';
import type { Scope } from '@/lib/platform/scope';
import { newId } from '@/lib/platform/ids';
import { listSchema, listsPageSchema, type ListAnswer } from '@/lib/lists/api';
import { getBalance } from '@/lib/credits/balance';
import { call, makeKey, type Call } from '@/tests/api/call';
import { fakeAnswer, makeWorkspace } from '@/tests/database/fake-answers';
import { makeList, type ListToMake } from '@/tests/database/make-list';
import { bulkDeps, runList } from '@/tests/database/run-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { POST as cancel, GET as cancelGet } from './[id]/cancel/route';
import { POST as pause, GET as pauseGet } from './[id]/pause/route';
import { POST as resume, GET as resumeGet } from './[id]/resume/route';
import { POST as retryUnknowns, GET as retryUnknownsGet } from './[id]/retry-unknowns/route';
import { GET as getOne, PUT as putOne } from './[id]/route';
import { POST as start, GET as startGet } from './[id]/start/route';
import { GET as getAll, PUT as putAll } from './route';

useTestDatabase();

const ACTIONS = { start, pause, resume, cancel, 'retry-unknowns': retryUnknowns } as const;
type Action = keyof typeof ACTIONS;

async function makeCustomer(credits = 10) {
  const scope = await makeWorkspace(credits, 'business');
  return { scope, key: await makeKey(scope) };
}
const emails = (count: number) => Array.from({ length: count }, (_, at) => `user-${at}@one.example`);
const ready = (scope: Scope, more: Partial<ListToMake> = {}) => makeList(scope, { emails: emails(4), ...more });
const act = (action: Action, id: string, key: string, more: Partial<Call> = {}) =>
  call(ACTIONS[action], { method: 'POST', path: `/api/v1/lists/${id}/${action}`, params: { id }, key, ...more });
const read = (id: string, key: string) => call(getOne, { path: `/api/v1/lists/${id}`, params: { id }, key });

async function done(action: Action, id: string, key: string, more: Partial<Call> = {}): Promise<ListAnswer> {
  const answered = await act(action, id, key, more);
  expect(answered.status).toBe(200);
  return listSchema.parse(answered.json);
}
type Verify = Parameters<typeof bulkDeps>[0];
const unknown: Verify = ({ email }) => Promise.resolve(fakeAnswer(email, 'timeout'));
const exists: Verify = ({ email }) => Promise.resolve(fakeAnswer(email, 'mailbox_exists'));

describe('200', () => {
  it('reads a list with its quote, and after its run with its counts and credits', async () => {
    const { scope, key } = await makeCustomer();
    const id = await ready(scope, { emails: [...emails(3), 'no address'] });
    const before = listSchema.parse((await read(id, key)).json);
    expect(before).toMatchObject({ id, status: 'ready', quote: { rows: 4, unique: 4, syntax_invalid: 1, max_credits: 3 } });
    expect(before.poll_url).toBe(`http://localhost:3000/v1/lists/${id}`);
    await done('start', id, key);
    await runList(id, bulkDeps(exists));
    expect(listSchema.parse((await read(id, key)).json)).toMatchObject({
      status: 'completed',
      mode: 'full',
      progress: {
        processed: 4,
        total: 4,
        counts_by_reason: { mailbox_exists: 4 },
        credits: { held: 0, captured: 3, released: 0 },
      },
    });
  });

  it('pages the lists of its own mode, newest first, and by status', async () => {
    const { scope, key } = await makeCustomer();
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.unshift(await ready(scope, n === 2 ? { status: 'failed' } : {}));
    const test = await ready(scope, { test: true });
    const page = async (query: string, as = key) =>
      listsPageSchema.parse((await call(getAll, { path: `/api/v1/lists${query}`, key: as })).json);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const next: Awaited<ReturnType<typeof page>> = await page(`?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...next.data.map((list) => list.id));
      cursor = next.next_cursor;
    }
    expect(seen).toEqual(ids);
    expect((await page('?status=failed')).data.map((list) => list.id)).toEqual([ids[2]]);
    const testKey = await makeKey(scope, { mode: 'test' });
    expect((await page('', testKey)).data.map((list) => list.id)).toEqual([test]);
  });

  it('starts in full without a body, and says how many credits are left', async () => {
    const { scope, key } = await makeCustomer();
    const id = await ready(scope);
    const started = await act('start', id, key);
    expect(started.headers.get('x-credits-remaining')).toBe('6');
    expect(listSchema.parse(started.json)).toMatchObject({ status: 'queued', mode: 'full', progress: { credits: { held: 4 } } });
  });

  it('starts until credits run out, up to a cap; a higher cap lets it continue', async () => {
    const { scope, key } = await makeCustomer();
    const id = await ready(scope);
    const started = await done('start', id, key, { body: { mode: 'until_empty', credit_cap: 1 } });
    expect(started).toMatchObject({ status: 'queued', mode: 'until_empty', credit_cap: 1, progress: { credits: { held: 1 } } });
    await runList(id, bulkDeps(exists));
    expect((await read(id, key)).json).toMatchObject({ status: 'paused', pause_reason: 'cap_reached' });
    expect(await act('resume', id, key)).toMatchObject({ status: 409, json: { code: 'list_status_conflict' } });
    expect(await done('resume', id, key, { body: { credit_cap: 4 } })).toMatchObject({ status: 'queued', pause_reason: null });
    await runList(id, bulkDeps(exists));
    expect((await read(id, key)).json).toMatchObject({ status: 'completed', progress: { credits: { captured: 4 } } });
  });

  it('pauses, resumes and cancels, and held credits return', async () => {
    const { scope, key } = await makeCustomer();
    const id = await ready(scope);
    await done('start', id, key);
    expect(await done('pause', id, key)).toMatchObject({ status: 'paused', pause_reason: 'by_customer' });
    expect(await done('resume', id, key, { body: {} })).toMatchObject({ status: 'queued' });
    expect(await done('cancel', id, key)).toMatchObject({ status: 'cancelled', progress: { credits: { held: 0, released: 4 } } });
    expect(await getBalance(scope)).toEqual({ balance: 10, held: 0, available: 10 });
  });

  it('asks again about unknown answers', async () => {
    const { scope, key } = await makeCustomer();
    const id = await ready(scope);
    await done('start', id, key);
    await runList(id, bulkDeps(unknown));
    expect(await done('retry-unknowns', id, key)).toMatchObject({ status: 'queued', progress: { processed: 0 } });
    await runList(id, bulkDeps(exists));
    expect((await read(id, key)).json).toMatchObject({ status: 'completed', progress: { credits: { captured: 4 } } });
  });
});

describe('a call that spends, repeated', () => {
  const headers = { 'idempotency-key': 'once' };

  it('with the same Idempotency-Key gets the same answer, and holds once', async () => {
    const { scope, key } = await makeCustomer();
    const id = await ready(scope);
    const first = await act('start', id, key, { headers });
    const second = await act('start', id, key, { headers });
    expect([second.status, second.text]).toEqual([200, first.text]);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await getBalance(scope)).toMatchObject({ held: 4 });
  });

  it('with the same key and another body is 422', async () => {
    const { scope, key } = await makeCustomer();
    const id = await ready(scope);
    await done('start', id, key, { headers });
    const other = await act('start', id, key, { headers, body: { mode: 'until_empty' } });
    expect(other).toMatchObject({ status: 422, json: { code: 'idempotency_mismatch' } });
  });

  it('at the same moment without a key: one call starts the list, the other is a conflict', async () => {
    const { scope, key } = await makeCustomer();
    const id = await ready(scope);
    const both = await Promise.all([act('start', id, key), act('start', id, key)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await getBalance(scope)).toMatchObject({ held: 4 });
  });
});

describe('400', () => {
  it.each<[Action, unknown]>([
    ['start', { mode: 'half' }],
    ['start', { credit_cap: 5 }],
    ['start', { mode: 'until_empty', credit_cap: 0 }],
    ['start', { mode: 'until_empty', credit_cap: 1.5 }],
    ['start', { mode: 'until_empty', credit_cap: 1_000_001 }],
    ['start', { credits: 5 }],
    ['start', '{'],
    ['pause', { now: true }],
    ['cancel', { now: true }],
    ['resume', { mode: 'full' }],
    ['retry-unknowns', { credit_cap: -1 }],
  ])('%s %j', async (action, body) => {
    const { scope, key } = await makeCustomer();
    const id = await ready(scope);
    expect(await act(action, id, key, { body })).toMatchObject({ status: 400, json: { code: 'invalid_request' } });
    expect((await read(id, key)).json).toMatchObject({ status: 'ready' });
  });

  it.each(['?limit=0', '?limit=101', '?cursor=x', '?status=lost', '?stat=ready'])('lists%s', async (query) => {
    const { key } = await makeCustomer();
    expect(await call(getAll, { path: `/api/v1/lists${query}`, key })).toMatchObject({ status: 400 });
  });
});

describe('402', () => {
  it('in full, short of credits: says how many are missing, and changes nothing', async () => {
    const { scope, key } = await makeCustomer(3);
    const id = await ready(scope);
    const refused = await act('start', id, key, { headers: { 'idempotency-key': 'short' } });
    expect(refused).toMatchObject({ status: 402, json: { code: 'insufficient_credits' } });
    expect(refused.text).toContain('{"field":"missing","detail":"1"}');
    expect((await read(id, key)).json).toMatchObject({ status: 'ready' });
    expect(await getBalance(scope)).toMatchObject({ held: 0 });
  });

  it('until credits run out, with none at all, and a resumed list without more credits', async () => {
    const { scope, key } = await makeCustomer(2);
    const [id, other] = [await ready(scope), await ready(scope)];
    await done('start', id, key, { body: { mode: 'until_empty' } });
    await runList(id, bulkDeps(exists));
    expect(await act('resume', id, key)).toMatchObject({ status: 402, json: { code: 'insufficient_credits' } });
    expect(await act('start', other, key, { body: { mode: 'until_empty' } })).toMatchObject({ status: 402 });
  });
});

const all = (id: string, key?: string) => {
  const how: Call = { params: { id }, path: `/api/v1/lists/${id}`, ...(key !== undefined && { key }) };
  return [call(getOne, how), ...Object.values(ACTIONS).map((route) => call(route, { ...how, method: 'POST' }))];
};

describe('404', () => {
  it('for another workspace and for the other mode, and nothing is changed', async () => {
    const { scope, key } = await makeCustomer();
    const stranger = await makeCustomer();
    const [id, test] = [await ready(scope), await ready(scope, { test: true })];
    const testKey = await makeKey(scope, { mode: 'test' });
    for (const [list, as] of [
      [id, stranger.key],
      [id, testKey],
      [test, key],
    ] as const)
      for (const answered of await Promise.all(all(list, as)))
        expect(answered).toMatchObject({ status: 404, json: { code: 'not_found' } });
    expect((await read(id, key)).json).toMatchObject({ status: 'ready' });
    expect((await read(test, testKey)).json).toMatchObject({ status: 'ready' });
  });

  it('for an id that nobody has, and for a malformed id', async () => {
    const { key } = await makeCustomer();
    for (const id of [newId('list'), 'x', '\u0000', '../credits'])
      for (const answered of await Promise.all(all(id, key))) expect(answered).toMatchObject({ status: 404 });
  });
});

describe('409', () => {
  it.each<[Action, string]>([
    ['start', 'running'],
    ['start', 'parsing'],
    ['pause', 'ready'],
    ['pause', 'completed'],
    ['resume', 'running'],
    ['cancel', 'completed'],
    ['cancel', 'failed'],
    ['retry-unknowns', 'ready'],
    ['retry-unknowns', 'running'],
  ])('%s when it is %s', async (action, status) => {
    const { scope, key } = await makeCustomer();
    const id = await ready(scope, { status });
    const refused = await act(action, id, key);
    expect(refused).toMatchObject({ status: 409, json: { code: 'list_status_conflict' } });
    expect(refused.text).toContain(`The list is ${status}`);
    expect((await read(id, key)).json).toMatchObject({ status });
  });

  it('when the workspace already has as many lists at work as it may', async () => {
    const { scope, key } = await makeCustomer();
    for (let n = 0; n < 20; n++) await ready(scope, { status: 'running' });
    const id = await ready(scope);
    expect(await act('start', id, key)).toMatchObject({ status: 409, json: { code: 'limit_reached' } });
  });
});

it('401 without a key, 403 without the scope, 405 for other methods', async () => {
  const { scope, key } = await makeCustomer();
  const id = await ready(scope);
  for (const answered of [...(await Promise.all(all(id))), await call(getAll)]) expect(answered.status).toBe(401);
  const narrow = await makeKey(scope, { scopes: ['verify:write', 'credits:read', 'keys:admin'] });
  for (const answered of [...(await Promise.all(all(id, narrow))), await call(getAll, { key: narrow })])
    expect(answered).toMatchObject({ status: 403, json: { code: 'insufficient_scope' } });
  const reader = await makeKey(scope, { scopes: ['lists:read'] });
  expect((await Promise.all(all(id, reader))).map(({ status }) => status)).toEqual([200, 403, 403, 403, 403, 403]);
  for (const route of [startGet, pauseGet, resumeGet, cancelGet, retryUnknownsGet, putOne, putAll])
    expect((await call(route, { params: { id }, key })).status).toBe(405);
});
