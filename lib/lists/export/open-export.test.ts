import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { neutralise } from '@/lib/platform/csv';
import { db } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import { EXPORT_WINDOW_MAX_BYTES, EXPORT_WINDOW_ROWS } from '@/lib/platform/limits';
import { gradeOf, NO_GRADE_EVIDENCE } from '@/lib/verdict/grade';
import { REASONS, statusOf } from '@/lib/verdict/verdict';
import { makeWorkspace } from '@/tests/database/fake-answers';
import { readCsv } from '@/tests/database/read-csv';
import { seedList, type SeedRow } from '@/tests/database/seed-list';
import { useTestDatabase } from '@/tests/database/use-test-database';
import { type ExportWish, VERDICT_COLUMNS } from '../rules/export';
import { ROW_KIND, ROW_PROBLEMS } from '../rules/list';
import { openExport } from './open-export';

useTestDatabase();

const ALL: ExportWish = { segment: 'all', filter: {}, format: 'csv', bom: false };

async function textOf(scope: { workspaceId: string }, id: string, wish: Partial<ExportWish> = {}): Promise<string> {
  const opened = await openExport(scope, id, { ...ALL, ...wish });
  if (!opened.ok) throw opened.error;
  const pieces: Uint8Array[] = [];
  for await (const bytes of opened.value.bytes) pieces.push(bytes);
  return Buffer.concat(pieces).toString();
}

const csvOf = async (...args: Parameters<typeof textOf>) => readCsv(await textOf(...args));

const SAMPLE: SeedRow[] = [
  { cells: ['a@example.com', 'Ann'], reason: 'mailbox_exists', provider: 'google', score: 97, flags: { free: true, role: true } },
  { cells: ['b@gmial.com', 'Bob'], reason: 'typo_domain', didYouMean: 'b@gmail.com' },
  { cells: ['A@example.com', 'Ann again'], first: 1 },
  { cells: ['', 'Nobody'], isRejected: true },
  { cells: ['c@example.org', 'Cem'], reason: 'greylisted' },
  { cells: ['d@example.org'], reason: 'no_mx' },
];
const seedSample = (scope: { workspaceId: string }, more: Parameters<typeof seedList>[1] = {}) =>
  seedList(scope, { columns: ['email', 'name'], rows: SAMPLE, ...more });

describe('a whole list', () => {
  it('has all its rows in order, the file’s columns first, the verdicts after them', async () => {
    const scope = await makeWorkspace();
    const [head, ...rows] = await csvOf(scope, await seedSample(scope));
    expect(head).toEqual(['email', 'name', ...VERDICT_COLUMNS]);
    const at = '2026-11-23T10:00:00Z';
    const mx = 'mx.example.com';
    expect(rows).toEqual([
      [
        'a@example.com',
        'Ann',
        'deliverable',
        'mailbox_exists',
        '97',
        '',
        'send',
        '',
        '',
        'role free',
        'google',
        mx,
        at,
        'a@example.com',
        '1',
        '',
      ],
      [
        'b@gmial.com',
        'Bob',
        'risky',
        'typo_domain',
        '',
        '',
        'do_not_send',
        'b@gmail.com',
        '',
        '',
        '',
        mx,
        at,
        'b@gmial.com',
        '2',
        '',
      ],
      [
        'A@example.com',
        'Ann again',
        'deliverable',
        'mailbox_exists',
        '97',
        '',
        'send',
        '',
        '',
        'role free',
        'google',
        mx,
        at,
        'A@example.com',
        '3',
        'Same address as row 1.',
      ],
      ['', 'Nobody', '', '', '', '', '', '', '', '', '', '', '', '', '4', 'The row could not be read.'],
      ['c@example.org', 'Cem', 'unknown', 'greylisted', '', '', 'retry', '', '', '', '', mx, at, 'c@example.org', '5', ''],
      ['d@example.org', '', 'undeliverable', 'no_mx', '', '', 'do_not_send', '', '', '', '', mx, at, 'd@example.org', '6', ''],
    ]);
  });

  it('has the requested sets of columns; without the file’s own, the address comes first', async () => {
    const scope = await makeWorkspace();
    const id = await seedSample(scope);
    const headAndFirst = async (columns: ExportWish['columns']) => (await csvOf(scope, id, { columns })).slice(0, 2);
    const verdict = ['ev_status', 'ev_reason', 'ev_score', 'ev_grade', 'ev_recommendation', 'ev_did_you_mean'];
    expect(await headAndFirst(['own'])).toEqual([
      ['email', 'name'],
      ['a@example.com', 'Ann'],
    ]);
    expect((await headAndFirst(['own', 'verdict']))[0]).toEqual(['email', 'name', ...verdict, 'ev_email']);
    expect(await headAndFirst(['verdict'])).toEqual([
      ['ev_email', ...verdict],
      ['a@example.com', 'deliverable', 'mailbox_exists', '97', '', 'send', ''],
    ]);
    const details = ['ev_grade_basis', 'ev_flags', 'ev_provider', 'ev_mx_host', 'ev_checked_at', 'ev_row', 'ev_note'];
    expect((await headAndFirst(['details']))[0]).toEqual(['ev_email', ...details]);
    const rejected = await csvOf(scope, id, { segment: 'rejected', columns: ['verdict'] });
    expect(rejected[0]).toEqual(['email', 'name', 'ev_row', 'ev_problem']);
  });

  it('has the grade of a catch-all answer, and its basis in words', async () => {
    const scope = await makeWorkspace();
    const graded = gradeOf({ ...NO_GRADE_EVIDENCE, looks: 'person', names: { alike: 2, otherwise: 0 } });
    const id = await seedList(scope, {
      rows: [
        { cells: ['a@c.example'], reason: 'catch_all', graded },
        { cells: ['b@c.example'], reason: 'catch_all' },
        { cells: ['c@c.example'], reason: 'catch_all', graded: gradeOf({ ...NO_GRADE_EVIDENCE, looks: 'random' }) },
      ],
    });
    const cellsOf = async (wish: Partial<ExportWish>) => {
      const [head = [], ...rows] = await csvOf(scope, id, wish);
      return rows.map((row) => ['email', 'ev_reason', 'ev_grade', 'ev_grade_basis'].map((name) => row[head.indexOf(name)]));
    };
    const basis = 'the name is written like others that you know to exist at the domain; the name looks like a person’s';
    const rows = [
      ['a@c.example', 'catch_all', 'likely', basis],
      ['b@c.example', 'catch_all', 'uncertain', ''],
      ['c@c.example', 'catch_all', 'unlikely', 'the name looks like random letters'],
    ];
    expect(await cellsOf({})).toEqual(rows);
    expect(await cellsOf({ filter: { reason: 'catch_all' } })).toEqual(rows);
    expect(await cellsOf({ filter: { grade: 'likely' } })).toEqual(rows.slice(0, 1));
    expect(await cellsOf({ filter: { grade: 'likely', reason: 'no_mx' } })).toEqual([]);
    expect(await cellsOf({ segment: 'review', filter: { grade: 'unlikely' } })).toEqual(rows.slice(2));
    expect(await cellsOf({ segment: 'send', filter: { grade: 'unlikely' } })).toEqual([]);
  });

  it('has names for the verdict that the file does not have', async () => {
    const scope = await makeWorkspace();
    const id = await seedList(scope, {
      columns: ['email', 'EV_Status'],
      rows: [{ cells: ['a@example.com', 'x'], reason: 'no_mx' }],
    });
    expect((await csvOf(scope, id))[0]?.slice(0, 4)).toEqual(['email', 'EV_Status', 'ev_status_2', 'ev_reason']);
  });

  it('puts cells beyond the last column after the verdict, so that every row has its verdict in the same place', async () => {
    const scope = await makeWorkspace();
    const id = await seedList(scope, {
      columns: ['email'],
      rows: [{ cells: ['a@example.com', 'more', 'yet more'], reason: 'no_mx' }],
    });
    const [, row = []] = await csvOf(scope, id);
    expect([row[0], row[1], ...row.slice(-2)]).toEqual(['a@example.com', 'undeliverable', 'more', 'yet more']);
    const line: unknown = JSON.parse(await textOf(scope, id, { format: 'jsonl' }));
    expect(line).toMatchObject({ email: 'a@example.com', ev_status: 'undeliverable', ev_more_cells: ['more', 'yet more'] });
  });

  it('says which rows of a canceled list were not verified, and gives only the final rows of a running one', async () => {
    const scope = await makeWorkspace();
    const rows: SeedRow[] = [
      { cells: ['a@example.com'], reason: 'no_mx' },
      { cells: ['b@example.com'] },
      { cells: [''], isRejected: true },
    ];
    const notes = async (status: 'cancelled' | 'running') =>
      (await csvOf(scope, await seedList(scope, { status, rows }))).slice(1).map((row) => row.at(-1));
    expect(await notes('cancelled')).toEqual(['', 'Not verified: the list ended first.', 'The row could not be read.']);
    expect(await notes('running')).toEqual(['', 'The row could not be read.']);
  });

  it('tells a different spelling of a mailbox from the same address', async () => {
    const scope = await makeWorkspace();
    const id = await seedList(scope, {
      rows: [
        { cells: ['ab@gmail.com'], reason: 'mailbox_exists' },
        { cells: ['a.b@gmail.com'], first: 1 },
      ],
    });
    await db().listRow.update({ where: { listId_n: { listId: id, n: 2 } }, data: { kind: ROW_KIND.canonicalDuplicate } });
    expect((await csvOf(scope, id))[2]?.at(-1)).toBe('Same mailbox as row 1.');
  });
});

describe('a part of a list', () => {
  const firstCells = async (wish: Partial<ExportWish>, scope: { workspaceId: string }, id: string) =>
    (await csvOf(scope, id, wish)).slice(1).map((row) => row[0]);

  test.each([
    [{ segment: 'send' }, ['a@example.com', 'A@example.com']],
    [{ segment: 'review' }, []],
    [{ segment: 'do_not_send' }, ['b@gmial.com', 'd@example.org']],
    [{ segment: 'retry' }, ['c@example.org']],
    [{ filter: { status: 'risky' } }, ['b@gmial.com']],
    [{ filter: { reason: 'no_mx' } }, ['d@example.org']],
    [{ filter: { status: 'risky', reason: 'no_mx' } }, []],
    [{ filter: { provider: 'google' } }, ['a@example.com', 'A@example.com']],
    [{ filter: { provider: 'none' } }, ['b@gmial.com', 'c@example.org', 'd@example.org']],
    [{ filter: { q: '@example.org' } }, ['c@example.org', 'd@example.org']],
    [{ filter: { q: 'd@' } }, ['d@example.org']],
    [{ filter: { q: 'D@Ex' } }, ['d@example.org']],
    [{ segment: 'send', filter: { q: '@example.org' } }, []],
  ] satisfies [Partial<ExportWish>, string[]][])('%j', async (wish, expected) => {
    const scope = await makeWorkspace();
    expect(await firstCells(wish, scope, await seedSample(scope))).toEqual(expected);
  });

  it('follows the list’s policy', async () => {
    const scope = await makeWorkspace();
    const id = await seedSample(scope, { more: { policy: 'signup' } });
    expect(await firstCells({ segment: 'send' }, scope, id)).toEqual(['a@example.com', 'A@example.com', 'c@example.org']);
  });
});

describe('the rejected rows', () => {
  it('come with their number and what is wrong with them, also before the start', async () => {
    const scope = await makeWorkspace();
    const id = await seedSample(scope, { status: 'ready' });
    await db().listRow.update({ where: { listId_n: { listId: id, n: 4 } }, data: { problem: ROW_PROBLEMS.blank.code } });
    expect(await csvOf(scope, id, { segment: 'rejected' })).toEqual([
      ['email', 'name', 'ev_row', 'ev_problem'],
      ['', 'Nobody', '4', ROW_PROBLEMS.blank.sentence],
    ]);
  });
});

describe('what can’t be exported', () => {
  test.each([
    ['ready', 'list_status_conflict'],
    ['parsing', 'list_status_conflict'],
    ['uploading', 'list_status_conflict'],
    ['expired', 'gone'],
  ] as const)('of a list that is %s: %s', async (status, code) => {
    const scope = await makeWorkspace();
    expect(await openExport(scope, await seedSample(scope, { status }), ALL)).toMatchObject({ ok: false, error: { code } });
  });

  it('another workspace’s list, and a list that does not exist', async () => {
    const id = await seedSample(await makeWorkspace());
    const other = await makeWorkspace();
    expect(await openExport(other, id, ALL)).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await openExport(other, newId('list'), ALL)).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('rows that are deleted while they are read: the file breaks off with an error', async () => {
    const scope = await makeWorkspace();
    // A list whose row count spans several windows; only the first few rows exist.
    const id = await seedSample(scope, { more: { file: { rows: EXPORT_WINDOW_ROWS * 3 } } });
    const opened = await openExport(scope, id, ALL);
    if (!opened.ok) throw opened.error;
    await opened.value.bytes.next();
    await db().list.update({ where: { id }, data: { status: 'expired' } });
    const rest = async () => {
      for await (const bytes of opened.value.bytes) expect(bytes.length).toBeGreaterThan(0);
    };
    await expect(rest()).rejects.toThrow('were deleted');
  });
});

describe('windows', () => {
  it('neither lose nor repeat a row at their edges', async () => {
    const scope = await makeWorkspace();
    const count = EXPORT_WINDOW_ROWS * 2 + 1;
    const id = await seedList(scope, { status: 'cancelled', more: { file: { rows: count } } });
    await db().$executeRaw`
      INSERT INTO "ListRow" ("listId", "n", "email", "domain", "kind", "cells")
      SELECT ${id}, n, 'a@example.com', 'example.com', ${ROW_KIND.unique}, '["a@example.com"]' FROM generate_series(1, ${count}::int) n`;
    const rows = (await csvOf(scope, id)).slice(1);
    expect(rows.map((row) => row.at(-2))).toEqual(Array.from({ length: count }, (_, at) => String(at + 1)));
  });

  it('are shorter if rows are large', async () => {
    const scope = await makeWorkspace();
    const large = 'x'.repeat(EXPORT_WINDOW_MAX_BYTES / 2);
    const id = await seedList(scope, {
      columns: ['email', 'note'],
      rows: Array.from({ length: 6 }, (_, at) => ({ cells: [`a${at}@example.com`, large], reason: 'no_mx' })),
    });
    const opened = await openExport(scope, id, ALL);
    if (!opened.ok) throw opened.error;
    const sizes: number[] = [];
    const numbers: (string | undefined)[] = [];
    for await (const bytes of opened.value.bytes) {
      sizes.push(bytes.length);
      numbers.push(...readCsv(Buffer.from(bytes).toString()).map((row) => row.at(-2)));
    }
    expect(numbers.slice(1)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(Math.max(...sizes)).toBeLessThan(EXPORT_WINDOW_MAX_BYTES * 2);
  });
});

describe('whatever the cells hold', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.string({
      unit: fc.constantFrom('"', ',', '\r', '\n', '=', '+', '-', '@', '\t', "'", ' ', '1', 'a', '\ufeff', '\u0000'),
      maxLength: 12,
    }),
  );
  const row = fc.record({
    cells: fc.array(cell, { maxLength: 2 }),
    reason: fc.option(fc.constantFrom(...REASONS), { nil: undefined }),
  });

  it('comes back in order, with its verdict', async () => {
    const scope = await makeWorkspace();
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (given) => {
        const rows = given.map(({ cells, reason }) => ({
          cells: ['a@example.com', ...cells],
          ...(reason !== undefined && { reason }),
        }));
        const id = await seedList(scope, { columns: ['email', 'b', 'c'], rows });
        const back = (await csvOf(scope, id)).slice(1);
        const expected = given.map(({ cells, reason }) => [
          'a@example.com',
          ...[0, 1].map((at) => neutralise(cells[at] ?? '')),
          reason === undefined ? '' : statusOf(reason),
          reason ?? '',
        ]);
        expect(back.map((cells) => cells.slice(0, 5))).toEqual(expected);
        const lines = (await textOf(scope, id, { format: 'jsonl' })).trimEnd().split('\n');
        expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject(
          given.map(({ cells, reason }) => ({ b: cells[0] ?? null, c: cells[1] ?? null, ev_reason: reason ?? null })),
        );
      }),
      { numRuns: 40 },
    );
  });
});
