import { expect, it } from 'vitest';
import { z } from 'zod';
import { gradeOf, NO_GRADE_EVIDENCE } from '@/lib/verdict/grade';
import type { Scope } from '@/lib/platform/scope';
import { PAGE_SIZE_MAX, RESULT_CELLS_MAX_CHARS } from '@/lib/platform/limits';
import { newId } from '@/lib/platform/ids';
import { listRowsPageSchema } from '@/lib/lists/api';
import { inTransaction } from '@/lib/platform/db/transaction';
import { call, makeKey } from '@/tests/api/call';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { seedList, type SeedRow } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { GET, POST } from './route';

useTestDatabase();

const ROWS: SeedRow[] = [
  { cells: ['ann@one.example', 'Ann', 'x', 'y'], reason: 'mailbox_exists', provider: 'google', score: 98, flags: { free: true } },
  { cells: ['ben@one.example', 'Ben'], reason: 'greylisted' },
  { cells: ['bo@two.example', 'Bo'], reason: 'no_mx', score: 1 },
  { cells: ['cy@two.example', 'Cy'] },
];
const COLUMNS = ['email', 'name', 'name', ''];

async function setUp(): Promise<{ scope: Scope; key: string; id: string }> {
  const scope = await makeWorkspace(0, 'business');
  return { scope, key: await makeKey(scope), id: await seedList(scope, { rows: ROWS, columns: COLUMNS, status: 'running' }) };
}
const read = (key: string | undefined, id: string, query = '') =>
  call(GET, { path: `/v1/lists/${id}/results${query}`, params: { id }, ...(key !== undefined && { key }) });
const pageOf = (json: unknown) => listRowsPageSchema.parse(json);
const problem = z.object({ code: z.string(), errors: z.array(z.object({ field: z.string() })).optional() });

it('200: verdicts of a running list, with each row’s own cells', async () => {
  const { key, id } = await setUp();
  const answer = await read(key, id);
  expect(answer.status).toBe(200);
  const page = pageOf(answer.json);
  expect(page).toMatchObject({ next_cursor: null, previous_cursor: null, total: 3 });
  expect(page.data[0]).toMatchObject({
    row: 1,
    email: 'ann@one.example',
    status: 'deliverable',
    reason: 'mailbox_exists',
    score: 98,
    recommendation: 'send',
    mx: { host: 'mx.example.com', provider: 'google', gateway: false },
    credits_charged: 1,
    columns: { email: 'ann@one.example', name: 'Ann', 'name 3': 'x', 'column 4': 'y' },
  });
  expect(page.data[0]?.flags.free).toBe(true);
});

it('200: catch-all rows have a grade with its basis, and are found by it', async () => {
  const scope = await makeWorkspace(0, 'business');
  const key = await makeKey(scope);
  const rows: SeedRow[] = [
    { cells: ['ann@any.example'], reason: 'catch_all', graded: gradeOf({ ...NO_GRADE_EVIDENCE, address: 'delivered' }) },
    { cells: ['ben@any.example'], reason: 'catch_all' },
    { cells: ['cy@one.example'], reason: 'mailbox_exists' },
  ];
  const id = await seedList(scope, { rows });
  const gradesOf = async (query: string) =>
    pageOf((await read(key, id, query)).json).data.map((row) => [row.email, row.grade, row.grade_basis]);
  const basis = [{ code: 'address_delivered', points: 100, basis: 'you reported mail to this address as delivered' }];
  const likely = ['ann@any.example', 'likely', basis];
  const uncertain = ['ben@any.example', 'uncertain', []];
  expect(await gradesOf('')).toEqual([likely, uncertain, ['cy@one.example', null, []]]);
  expect(await gradesOf('?grade=likely')).toEqual([likely]);
  expect(await gradesOf('?reason=catch_all')).toEqual([likely, uncertain]);
  expect(problem.parse((await read(key, id, '?grade=sure')).json).errors).toMatchObject([{ field: 'grade' }]);
});

it('200: each row repeats its cell exactly as received, and has null if the row is too long for a page', async () => {
  const scope = await makeWorkspace(0, 'business');
  const key = await makeKey(scope);
  const rows: SeedRow[] = [
    { cells: ['ann@one.example', ' Ann@One.example\t'], reason: 'mailbox_exists' },
    { cells: ['ben@one.example', 'x'.repeat(RESULT_CELLS_MAX_CHARS)], reason: 'no_mx' },
    { cells: ['cy@one.example', '"cy" <cy@one.example>'], retryAt: new Date(Date.UTC(2030, 0, 1)) },
  ];
  const id = await seedList(scope, { rows, columns: ['kept', 'email'], status: 'running' });
  await inTransaction((tx) => tx.listFile.updateMany({ where: { listId: id }, data: { emailColumn: 1 } }));
  const page = pageOf((await read(key, id)).json);
  expect(page.data.map(({ input, retry_at }) => [input, retry_at])).toEqual([
    [' Ann@One.example\t', null],
    [null, null],
  ]);
  expect(pageOf((await read(key, id, '?status=pending')).json).data).toMatchObject([
    { row: 3, input: '"cy" <cy@one.example>', retry_at: '2030-01-01T00:00:00.000Z' },
  ]);
});

it('200: by every filter', async () => {
  const { key, id } = await setUp();
  const rowsOf = async (query: string) => pageOf((await read(key, id, query)).json).data.map(({ row }) => row);
  expect(await rowsOf('?status=unknown')).toEqual([2]);
  expect(await rowsOf('?reason=no_mx')).toEqual([3]);
  expect(await rowsOf('?provider=google')).toEqual([1]);
  expect(await rowsOf('?provider=none')).toEqual([2, 3]);
  expect(await rowsOf('?segment=do_not_send')).toEqual([3]);
  expect(await rowsOf('?q=B')).toEqual([2, 3]);
  expect(await rowsOf('?q=%40two.example')).toEqual([3]);
  expect(await rowsOf('?q=b&status=unknown')).toEqual([2]);
});

it('200: page by page, forward and back', async () => {
  const { key, id } = await setUp();
  const first = pageOf((await read(key, id, '?limit=2')).json);
  const second = pageOf((await read(key, id, `?limit=2&cursor=${first.next_cursor ?? ''}`)).json);
  expect([first, second].map(({ data }) => data.map(({ row }) => row))).toEqual([[1, 2], [3]]);
  expect(second.next_cursor).toBeNull();
  const back = pageOf((await read(key, id, `?limit=2&cursor=${second.previous_cursor ?? ''}`)).json);
  expect(back.data).toEqual(first.data);
});

it('400: an unknown filter, an invalid cursor, or too many rows', async () => {
  const { key, id } = await setUp();
  for (const [query, field] of [
    ['?status=valid', 'status'],
    ['?reason=bad', 'reason'],
    ['?provider=%27', 'provider'],
    ['?segment=maybe', 'segment'],
    ['?q=', 'q'],
    ['?cursor=x', 'cursor'],
    [`?limit=${PAGE_SIZE_MAX + 1}`, 'limit'],
    ['?page=2', 'page'],
    ['?status=unknown&status=risky', 'status'],
  ] as const) {
    const answer = await read(key, id, query);
    expect([query, answer.status]).toEqual([query, 400]);
    expect(problem.parse(answer.json)).toMatchObject({ code: 'invalid_request', errors: [{ field }] });
  }
  expect((await read(key, id, `?limit=${PAGE_SIZE_MAX}`)).status).toBe(200);
});

it('401: without a key', async () => {
  const { id } = await setUp();
  expect((await read(undefined, id)).status).toBe(401);
});

it('403: with a key that may not read lists', async () => {
  const { scope, id } = await setUp();
  const key = await makeKey(scope, { scopes: ['lists:write'] });
  expect(await read(key, id)).toMatchObject({ status: 403, json: { code: 'insufficient_scope' } });
});

it('404: another workspace’s list, a test list for a live key and vice versa, an unknown one, and a malformed id', async () => {
  const { scope, key, id } = await setUp();
  const other = await setUp();
  const testKey = await makeKey(scope, { mode: 'test' });
  const testList = await seedList(scope, { rows: ROWS, more: { test: true } });
  expect((await read(testKey, testList)).status).toBe(200);
  for (const [who, what] of [
    [key, other.id],
    [key, testList],
    [testKey, id],
    [key, newId('list')],
    [key, 'x'],
  ] as const)
    expect((await read(who, what)).status).toBe(404);
});

it('405: nothing can be sent here', async () => {
  expect(await call(POST, { body: {}, params: { id: 'x' } })).toMatchObject({ status: 405 });
});

it('410: the rows are deleted', async () => {
  const { scope, key } = await setUp();
  const gone = await seedList(scope, { status: 'expired', more: { rowsDeletedAt: new Date() } });
  expect(await read(key, gone)).toMatchObject({ status: 410, json: { code: 'gone' } });
});

it('200: rows that are waiting to be asked again, only on request', async () => {
  const scope = await makeWorkspace(0, 'business');
  const key = await makeKey(scope);
  const rows: SeedRow[] = [
    { cells: ['ann@one.example'], reason: 'no_mx' },
    { cells: ['ben@one.example'], retryAt: new Date() },
  ];
  const id = await seedList(scope, { rows, status: 'running' });
  expect(pageOf((await read(key, id)).json).data.map(({ row }) => row)).toEqual([1]);
  expect(pageOf((await read(key, id, '?status=pending')).json)).toMatchObject({
    data: [{ row: 2, email: 'ben@one.example', status: 'pending', reason: null, recommendation: null, checked_at: null }],
    total: 1,
  });
  expect((await read(key, id, '?status=pending&q=ben')).status).toBe(400);
});
