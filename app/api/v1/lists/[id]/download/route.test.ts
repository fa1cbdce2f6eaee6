import { afterEach, describe, expect, it, test } from 'vitest';
import { inTransaction } from '@/lib/platform/db/transaction';
import { EXPORT_WINDOW_ROWS, EXPORTS_AT_ONCE_A_WORKSPACE } from '@/lib/platform/limits';
import { newId } from '@/lib/platform/ids';
import { call, makeKey, makeRequest, type Call } from '@/tests/api/call';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { readCsv } from '@/tests/database/read-csv';
import { seedList } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET, HEAD, POST } from './route';

useTestDatabase();

const path = (id: string, query = '') => `/api/v1/lists/${id}/download${query}`;
const get = (id: string, query = '', how: Call = {}) => call(GET, { path: path(id, query), params: { id }, ...how });

async function makeApiList(seed: Parameters<typeof seedList>[1] = {}) {
  const scope = await makeWorkspace();
  // A plan whose rate limit no test reaches.
  await inTransaction((tx) => tx.workspace.update({ where: { id: scope.workspaceId }, data: { plan: 'business' } }));
  const rows = [
    { cells: ['a@example.com'], reason: 'mailbox_exists' as const },
    { cells: ['b@example.com'], reason: 'no_mx' as const },
  ];
  return { scope, id: await seedList(scope, { rows, ...seed }), key: await makeKey(scope) };
}

describe('200', () => {
  it('is the whole list as CSV unless told otherwise, named after it', async () => {
    const { id, key } = await makeApiList({ more: { name: 'Kundschaft “März”.csv' } });
    const answer = await get(id, '', { key });
    expect(answer.status).toBe(200);
    expect(readCsv(answer.text).map(([email]) => email)).toEqual(['email', 'a@example.com', 'b@example.com']);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="Kundschaft _M_rz_-verified.csv"; filename*=UTF-8''Kundschaft%20%E2%80%9CM%C3%A4rz%E2%80%9D-verified.csv`,
    );
    expect(answer.headers.get('x-request-id')).toMatch(/^req_/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test.each([
    ['?segment=send', 'send.csv', 'text/csv'],
    ['?segment=do_not_send&format=jsonl', 'do-not-send.jsonl', 'application/x-ndjson'],
    ['?format=xlsx', 'verified.xlsx', 'application/vnd.openxmlformats'],
    ['?status=undeliverable&q=b', 'verified-filtered.csv', 'text/csv'],
    ['?segment=rejected', 'rejected.csv', 'text/csv'],
  ])('%s is a file named …-%s of type %s', async (query, name, type) => {
    const { id, key } = await makeApiList();
    const answer = await get(id, query, { key });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toContain(`filename="A list-${name}"`);
    expect(answer.headers.get('content-type')).toContain(type);
  });

  it('begins with the byte order mark for Excel only on request', async () => {
    const { id, key } = await makeApiList();
    const starts = async (query: string) => {
      const response = await GET(makeRequest({ path: path(id, query), key }), { params: Promise.resolve({ id }) });
      return Buffer.from(await response.arrayBuffer())
        .subarray(0, 3)
        .toString('hex');
    };
    expect(await starts('?bom=true')).toBe('efbbbf');
    expect(await starts('')).toBe(Buffer.from('ema').toString('hex'));
  });

  it('says in its name that the list is still running', async () => {
    const { id, key } = await makeApiList({ status: 'running' });
    expect((await get(id, '', { key })).headers.get('content-disposition')).toContain('A list-verified-so-far.csv');
  });
});

describe('400', () => {
  test.each([
    '?format=pdf',
    '?segment=best',
    '?status=good',
    '?reason=bad',
    '?bom=true&format=xlsx',
    '?fromat=csv',
    '?q=',
    '?provider=A%20B',
    '?format=csv&format=csv',
  ])('%s', async (query) => {
    const { id, key } = await makeApiList();
    expect(await get(id, query, { key })).toMatchObject({ status: 400, json: { code: 'invalid_request' } });
  });
});

test('401 without a key', async () => {
  const { id } = await makeApiList();
  expect(await get(id)).toMatchObject({ status: 401, json: { code: 'missing_key' } });
});

test('403 without the scope', async () => {
  const { scope, id } = await makeApiList();
  const key = await makeKey(scope, { scopes: ['verify:write'] });
  expect(await get(id, '', { key })).toMatchObject({ status: 403, json: { code: 'insufficient_scope' } });
});

describe('404', () => {
  it('is another workspace’s list', async () => {
    const { id } = await makeApiList();
    const { key } = await makeApiList();
    expect(await get(id, '', { key })).toMatchObject({ status: 404, json: { code: 'not_found' } });
  });

  it('is a list of the other mode, one that never existed, and a malformed id', async () => {
    const { scope, id, key } = await makeApiList();
    expect(await get(id, '', { key: await makeKey(scope, { mode: 'test' }) })).toMatchObject({ status: 404 });
    expect(await get(newId('list'), '', { key })).toMatchObject({ status: 404 });
    expect(await get('../secrets', '', { key })).toMatchObject({ status: 404 });
  });
});

test('405 for other methods than GET', async () => {
  const { id, key } = await makeApiList();
  expect((await call(POST, { path: path(id), params: { id }, key, method: 'POST' })).status).toBe(405);
  expect((await call(HEAD, { path: path(id), params: { id }, key, method: 'HEAD' })).status).toBe(405);
});

test.each(['ready', 'parsing', 'uploading'] as const)('409 while the list is %s', async (status) => {
  const { id, key } = await makeApiList({ status });
  expect(await get(id, '', { key })).toMatchObject({ status: 409, json: { code: 'list_status_conflict' } });
});

test('410 after the rows were deleted', async () => {
  const { id, key } = await makeApiList({ status: 'expired' });
  expect(await get(id, '', { key })).toMatchObject({ status: 410, json: { code: 'gone' } });
});

describe('429', () => {
  const open: AbortController[] = [];
  afterEach(() => open.splice(0).forEach((controller) => controller.abort()));

  it('is one export more than a workspace may run at once; an abandoned one frees its place', async () => {
    const { id, key } = await makeApiList();
    const start = async () => {
      const controller = new AbortController();
      open.push(controller);
      return GET(makeRequest({ path: path(id), key, signal: controller.signal }), { params: Promise.resolve({ id }) });
    };
    for (let count = 0; count < EXPORTS_AT_ONCE_A_WORKSPACE; count++) expect((await start()).status).toBe(200);
    const refused = await start();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).not.toBeNull();
    open[0]?.abort();
    expect((await start()).status).toBe(200);
  });
});

describe('a client that goes', () => {
  it('leaves nothing behind: no connection in use, no further reads, and its place is free', async () => {
    const { id, key } = await makeApiList({ more: { file: { rows: EXPORT_WINDOW_ROWS * 1_000 } } });
    for (let count = 0; count < EXPORTS_AT_ONCE_A_WORKSPACE + 1; count++) {
      const response = await GET(makeRequest({ path: path(id), key }), { params: Promise.resolve({ id }) });
      const reader = response.body?.getReader();
      expect((await reader?.read())?.done).toBe(false);
      await reader?.cancel();
    }
    const pool = globalThis.emailVerifierRowPool;
    // After the client leaves, no window of rows is read beyond the current one.
    await expect.poll(() => pool && pool.totalCount - pool.idleCount).toBe(0);
    expect(pool?.waitingCount).toBe(0);
  });

  it('gets no file that looks complete if the rows are deleted meanwhile', async () => {
    const { id, key } = await makeApiList({ more: { file: { rows: EXPORT_WINDOW_ROWS * 3 } } });
    const response = await GET(makeRequest({ path: path(id), key }), { params: Promise.resolve({ id }) });
    const reader = response.body?.getReader();
    await reader?.read();
    await inTransaction((tx) => tx.list.update({ where: { id }, data: { status: 'expired' } }));
    const rest = async () => {
      while ((await reader?.read())?.done === false);
    };
    await expect(rest()).rejects.toThrow('were deleted');
  });
});
