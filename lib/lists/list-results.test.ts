import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import { PAGE_SIZE_MAX, RESULT_CELLS_MAX_CHARS } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import type { Reason } from '@/lib/verdict/verdict';
import { fakeEvidence, fakeLayers, makeWorkspace } from '@/tests/database/fake-answers';
import { seedList, type SeedRow } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { getListRow, LAST_PAGE, listResults, type ResultsQuery, writeCursor } from './results';
import { type ListResultsPage, NO_PROVIDER } from './rules/view';

useTestDatabase();

const REASONS: readonly Reason[] = ['mailbox_exists', 'mailbox_not_found', 'catch_all', 'greylisted', 'timeout', 'no_mx'];
const PROVIDERS = ['google', 'microsoft', ''] as const;
const NAMES = ['alice', 'Alina', 'bob', 'ALAN'] as const;

/** Every reason at every provider and name, repeated, in a fixed mixed order. */
const mixedRows = (count: number): (SeedRow & { reason: Reason; provider: string })[] =>
  Array.from({ length: count }, (_, at) => ({
    cells: [`${NAMES[Math.floor(at / 5) % NAMES.length]}${at}@${at % 3 === 0 ? 'one.example' : 'two.example'}`, `Person ${at}`],
    reason: REASONS[(at * 5 + Math.floor(at / 7)) % REASONS.length] ?? 'timeout',
    provider: PROVIDERS[Math.floor(at / 2) % PROVIDERS.length] ?? '',
  }));

const ROWS = mixedRows(97);
let scope: Scope;
let listId: string;
beforeAll(async () => {
  scope = await makeWorkspace();
  listId = await seedList(scope, { rows: ROWS, columns: ['email', 'name'] });
});

async function page(query: ResultsQuery = {}): Promise<ListResultsPage> {
  const found = await listResults(scope, listId, query);
  if (!found.ok) throw found.error;
  return found.value;
}

/** All rows of a filter, page by page in one direction. */
async function walk(query: ResultsQuery, way: 'next' | 'previous'): Promise<number[]> {
  const rows: number[] = [];
  let cursor = way === 'next' ? undefined : writeCursor(LAST_PAGE);
  for (;;) {
    const { items, nextCursor, previousCursor } = await page({ ...query, limit: 10, cursor });
    const found = items.map(({ row }) => row);
    if (way === 'next') rows.push(...found);
    else rows.unshift(...found);
    const further = way === 'next' ? nextCursor : previousCursor;
    if (further === null) return rows;
    cursor = further;
  }
}

const wanted = (fits: (row: (typeof ROWS)[number]) => boolean): number[] =>
  ROWS.flatMap((row, at) => (fits(row) ? [at + 1] : []));
const emailOf = ({ cells }: SeedRow): string => cells[0] ?? '';
const byAddress = (rows: number[]): number[] =>
  rows.toSorted((a, b) => {
    const [left, right] = [a, b].map((n) => (ROWS[n - 1] ? emailOf(ROWS[n - 1] ?? { cells: [] }).toLowerCase() : ''));
    return (left ?? '') < (right ?? '') ? -1 : 1;
  });

const CASES: [string, ResultsQuery, number[]][] = [
  ['nothing', {}, wanted(() => true)],
  ['a status with several reasons', { status: 'unknown' }, wanted(({ reason }) => ['greylisted', 'timeout'].includes(reason))],
  ['a reason', { reason: 'no_mx' }, wanted(({ reason }) => reason === 'no_mx')],
  ['a recommendation', { segment: 'retry' }, wanted(({ reason }) => ['greylisted', 'timeout'].includes(reason))],
  ['a provider', { provider: 'google' }, wanted(({ provider }) => provider === 'google')],
  ['a segment and another status', { segment: 'retry', status: 'deliverable' }, []],
  ['no provider', { provider: NO_PROVIDER }, wanted(({ provider }) => provider === '')],
  [
    'a provider and a status',
    { provider: 'google', status: 'unknown' },
    wanted(({ provider, reason }) => provider === 'google' && ['greylisted', 'timeout'].includes(reason)),
  ],
  ['a domain', { q: '@one.example' }, wanted((row) => emailOf(row).endsWith('@one.example'))],
  [
    'a domain and a status',
    { q: '@one.example', status: 'deliverable' },
    wanted((row) => emailOf(row).endsWith('@one.example') && row.reason === 'mailbox_exists'),
  ],
  [
    'a domain, a provider and a reason',
    { q: '@ONE.example', provider: 'microsoft', reason: 'mailbox_exists' },
    wanted((row) => emailOf(row).endsWith('@one.example') && row.provider === 'microsoft' && row.reason === 'mailbox_exists'),
  ],
  ['the beginning of an address', { q: 'al' }, byAddress(wanted((row) => emailOf(row).toLowerCase().startsWith('al')))],
  [
    'the beginning of an address, a provider and a status',
    { q: 'AL', provider: 'google', status: 'unknown' },
    byAddress(
      wanted(
        (row) =>
          emailOf(row).toLowerCase().startsWith('al') &&
          row.provider === 'google' &&
          ['greylisted', 'timeout'].includes(row.reason),
      ),
    ),
  ],
  ['what nobody has', { status: 'deliverable', reason: 'no_mx' }, []],
];

describe('pages of results', () => {
  it.each(CASES)('by %s: each row once and in order, forwards and backwards', async (_name, query, rows) => {
    expect(rows.length > 0 || query.status === 'deliverable').toBe(true);
    expect(await walk(query, 'next')).toEqual(rows);
    expect(await walk(query, 'previous')).toEqual(rows);
    const { total } = await page(query);
    expect(total).toBe(query.q === undefined ? rows.length : null);
  });

  it('there and back again is the same page', async () => {
    const first = await page({ limit: 10, status: 'unknown' });
    const second = await page({ limit: 10, status: 'unknown', cursor: first.nextCursor ?? '' });
    const back = await page({ limit: 10, status: 'unknown', cursor: second.previousCursor ?? '' });
    expect(back.items).toEqual(first.items);
    expect(back.previousCursor).toBeNull();
  });

  it('show the row’s own cells beside the verdict', async () => {
    const [first] = (await page({ limit: 1 })).items;
    expect(first).toMatchObject({
      row: 1,
      cells: ['alice0@one.example', 'Person 0'],
      status: 'deliverable',
      recommendation: 'send',
    });
  });

  it(`hold at most ${PAGE_SIZE_MAX} rows, whatever is requested`, async () => {
    const big = await seedList(scope, { rows: mixedRows(PAGE_SIZE_MAX + 1) });
    const found = await listResults(scope, big, { limit: 1_000_000 });
    expect(found).toMatchObject({ ok: true, value: { total: PAGE_SIZE_MAX + 1 } });
    expect(found.ok && found.value.items.length).toBe(PAGE_SIZE_MAX);
  });

  it(`leave cells of more than ${RESULT_CELLS_MAX_CHARS} characters to the row itself`, async () => {
    const text = (length: number) => 'x'.repeat(length - JSON.stringify(['a@example.com', '']).length);
    const id = await seedList(scope, {
      rows: [RESULT_CELLS_MAX_CHARS, RESULT_CELLS_MAX_CHARS + 1].map((length) => ({
        cells: ['a@example.com', text(length)],
        reason: 'mailbox_exists',
      })),
    });
    const found = await listResults(scope, id);
    expect(found.ok && found.value.items.map(({ cells }) => cells === null)).toEqual([false, true]);
    expect(await getListRow(scope, id, 2)).toMatchObject({
      ok: true,
      value: { cells: ['a@example.com', text(RESULT_CELLS_MAX_CHARS + 1)] },
    });
  });

  it('are refused for an invalid cursor, another workspace’s list, and a list whose rows are deleted', async () => {
    for (const cursor of ['x', 'WzFd', Buffer.from('["n",-1,""]').toString('base64url')])
      expect(await listResults(scope, listId, { cursor })).toMatchObject({ ok: false, error: { code: 'invalid_request' } });
    expect(await listResults(await makeWorkspace(), listId)).toMatchObject({ ok: false, error: { code: 'not_found' } });
    // From the moment it has expired, whether or not the rows are deleted already.
    const gone = await seedList(scope, { status: 'expired', rows: mixedRows(3) });
    expect(await listResults(scope, gone)).toMatchObject({ ok: false, error: { code: 'gone' } });
    expect(await getListRow(scope, gone, 1)).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });
});

describe('a row', () => {
  const at = new Date(Date.now() + 60_000);
  const rows: SeedRow[] = [
    { cells: ['a@example.com', 'first'], reason: 'mailbox_exists' },
    { cells: ['b@example.com', 'waits'], retryAt: at },
    { cells: ['A@example.com', 'again'], first: 1 },
    { cells: ['', 'nothing'], isRejected: true },
    { cells: ['a@example.com', 'and again'], first: 1 },
  ];

  it('has its layers, its evidence and the rows that repeat it', async () => {
    const id = await seedList(scope, { rows });
    const found = await getListRow(scope, id, 1);
    expect(found).toMatchObject({ ok: true, value: { row: 1, status: 'deliverable', duplicates: [3, 5], retryAt: null } });
    expect(found.ok && [found.value.layers.length, found.value.evidence.length]).toEqual([7, 1]);
  });

  it('of a part that spells out each row, as all did at first, still has them', async () => {
    const id = await seedList(scope, { rows });
    const body = {
      1: { layers: fakeLayers(), evidence: [fakeEvidence(), fakeEvidence({ stage: 'mail' })] },
      2: { layers: [], evidence: [] },
    };
    await db().listEvidence.updateMany({ where: { listId: id }, data: { body: gzipSync(JSON.stringify(body)) } });
    const found = await getListRow(scope, id, 1);
    expect(found.ok && found.value.layers).toMatchObject(fakeLayers());
    expect(found.ok && found.value.evidence.map(({ stage }) => stage)).toEqual(['rcpt', 'mail']);
  });

  it.each([['null'], ['[]'], ['{"items":[],"rows":[[1,[0],[0]]]}'], ['{"1":7}']])(
    'reads as without evidence from a part that is %s',
    async (body) => {
      const id = await seedList(scope, { rows });
      await db().listEvidence.updateMany({ where: { listId: id }, data: { body: gzipSync(body) } });
      const found = await getListRow(scope, id, 1);
      expect(found).toMatchObject({ ok: true, value: { status: 'deliverable', layers: [], evidence: [] } });
    },
  );

  it('that repeats another has the other’s verdict and evidence, with its own cells', async () => {
    const id = await seedList(scope, { rows });
    const found = await getListRow(scope, id, 3);
    expect(found).toMatchObject({
      ok: true,
      value: { row: 3, email: 'A@example.com', status: 'deliverable', duplicates: [1, 5], cells: ['A@example.com', 'again'] },
    });
    expect(found.ok && found.value.evidence.length).toBe(1);
  });

  it('that waits says until when', async () => {
    const id = await seedList(scope, { rows, status: 'running' });
    expect(await getListRow(scope, id, 2)).toMatchObject({
      ok: true,
      value: { status: 'pending', reason: null, retryAt: at.toISOString() },
    });
  });

  it('without an address, past the end, of another workspace or of no list is missing', async () => {
    const id = await seedList(scope, { rows });
    for (const n of [4, 6, 0, -1, 1.5, 2 ** 40])
      expect(await getListRow(scope, id, n)).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await getListRow(await makeWorkspace(), id, 1)).toMatchObject({ ok: false });
    expect(await getListRow(scope, newId('list'), 1)).toMatchObject({ ok: false });
  });
});

describe('rows that wait to be asked again', () => {
  const retryAt = new Date('2026-11-28T14:20:00.000Z');
  /** Every third row waits; every sixth has not been asked yet. */
  const seedWaiting = () =>
    seedList(scope, {
      status: 'running',
      rows: Array.from({ length: 60 }, (_, at) => ({
        cells: [`w${at}@example.com`, 'x'],
        ...(at % 3 === 0 ? { retryAt } : at % 6 === 1 ? {} : { reason: 'no_mx' as const }),
      })),
      columns: ['email', 'name'],
    });
  const walkAll = async (id: string, query: ResultsQuery): Promise<number[]> => {
    const rows: number[] = [];
    for (let cursor: string | undefined; ;) {
      const found = await listResults(scope, id, { ...query, limit: 7, cursor });
      if (!found.ok) throw found.error;
      rows.push(...found.value.items.map(({ row }) => row));
      if (found.value.nextCursor === null) return rows;
      cursor = found.value.nextCursor;
    }
  };
  const WAITING = Array.from({ length: 20 }, (_, at) => at * 3 + 1);
  const FINAL = Array.from({ length: 60 }, (_, at) => at + 1).filter((n) => (n - 1) % 3 !== 0 && (n - 1) % 6 !== 1);

  it('appear in their places if they are requested, page by page, and alone if only they are requested', async () => {
    const id = await seedWaiting();
    expect(await walkAll(id, { withWaiting: true })).toEqual([...WAITING, ...FINAL].sort((a, b) => a - b));
    expect(await walkAll(id, { status: 'pending' })).toEqual(WAITING);
    expect(await walkAll(id, {})).toEqual(FINAL);
    const last = await listResults(scope, id, { withWaiting: true, limit: 5, cursor: writeCursor(LAST_PAGE) });
    expect(last.ok && [last.value.items.map(({ row }) => row), last.value.total]).toEqual([[55, 57, 58, 59, 60].slice(0, 5), 50]);
  });

  it('say when they are asked again and what was answered until now', async () => {
    const id = await seedWaiting();
    const evidence = [{ meaning: 'rate_limited' }, { meaning: 'greylisted' }];
    await db().listRetry.update({ where: { listId_n: { listId: id, n: 1 } }, data: { evidence } });
    const found = await listResults(scope, id, { status: 'pending', limit: 2 });
    expect(found.ok && found.value).toMatchObject({
      total: 20,
      items: [
        {
          row: 1,
          status: 'pending',
          reason: null,
          cells: ['w0@example.com', 'x'],
          waiting: { retryAt: retryAt.toISOString(), meaning: 'greylisted' },
        },
        { row: 4, waiting: { meaning: null } },
      ],
    });
  });

  it('have no reason and no provider to filter by', async () => {
    const found = await listResults(scope, listId, { status: 'pending', reason: 'greylisted' });
    expect(found.ok ? 'ok' : found.error.code).toBe('invalid_request');
    expect((await page({ status: 'risky', withWaiting: true })).items.every(({ waiting }) => waiting === null)).toBe(true);
  });
});
