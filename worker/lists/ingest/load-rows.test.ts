import { describe, expect, it } from 'vitest';
import type { RowsInCopy } from '@/lib/lists/store/files';
import {
  CELL_ADDRESSES_MAX,
  LIST_NOTICES_A_SECOND,
  LIST_REPEATED_MAX_CHARS,
  LIST_ROWS_MAX,
  TEST_LIST_ROWS_MAX,
} from '@/lib/platform/limits';
import { escapeForCopy, toCopyLine, loadRows, type Load } from './load-rows';
import type { RawRow } from './rows';

const NOWHERE: RowsInCopy = {
  write: () => Promise.resolve(),
  end: () => Promise.resolve(),
  abort: () => Promise.resolve(),
};
const BATCH = 10_000;
const ROOM = { rows: Infinity, bytes: Infinity, rowsMax: LIST_ROWS_MAX };

async function* rows(count: number, row: RawRow = { cells: [''], problem: null, line: 1 }): AsyncGenerator<RawRow[]> {
  for (let left = count; left > 0; left -= BATCH) yield await Promise.resolve(new Array<RawRow>(Math.min(BATCH, left)).fill(row));
}

const load = (more: Partial<Load>) =>
  loadRows({
    listId: 'l',
    rows: rows(1),
    hasHeader: false,
    emailColumn: 0,
    into: NOWHERE,
    room: ROOM,
    now: () => 0,
    tell: () => Promise.resolve(true),
    ...more,
  });

describe('loading rows', () => {
  it('takes as many as a list may have, not counting the header, and no more', async () => {
    expect(await load({ rows: rows(LIST_ROWS_MAX + 1), hasHeader: true })).toMatchObject({
      rows: LIST_ROWS_MAX,
      rejected: LIST_ROWS_MAX,
    });
    await expect(load({ rows: rows(LIST_ROWS_MAX + 1) })).rejects.toMatchObject({ failure: 'too_many_rows' });
  });

  it('stops as soon as there is no room for more rows or bytes', async () => {
    const row: RawRow = { cells: ['añ', 'bc'], problem: null, line: 1 };
    const of = (room: Partial<typeof ROOM>) => load({ rows: rows(100, row), room: { ...ROOM, ...room } });
    expect(await of({ rows: 100, bytes: 500 })).toMatchObject({ rows: 100, bytes: 500 });
    await expect(of({ rows: 99 })).rejects.toMatchObject({ name: 'NoRoom', need: { rows: 100, bytes: 500 } });
    await expect(of({ bytes: 499 })).rejects.toMatchObject({ name: 'NoRoom' });
    await expect(of({ rowsMax: 99 })).rejects.toMatchObject({ failure: 'too_many_rows' });
  });

  it('reports progress at most a few times a second, and stops when the list is no longer being read', async () => {
    let now = 0;
    const told: number[] = [];
    const tell = (count: number): Promise<boolean> => {
      told.push(count);
      return Promise.resolve(told.length < 2);
    };
    const clock = (): number => {
      now += 1_000 / LIST_NOTICES_A_SECOND / 4;
      return now;
    };
    expect(await load({ rows: rows(40 * BATCH), now: clock, tell })).toBeNull();
    expect(told).toHaveLength(2);
    expect(told[0]).toBeGreaterThanOrEqual(2 * BATCH);
  });
});

describe('a cell of several addresses', () => {
  const addresses = (count: number): string => Array.from({ length: count }, (_, at) => `a${at}@example.com`).join('; ');
  const row = (...cells: string[]): RawRow => ({ cells, problem: null, line: 1 });

  it('repeats its row for each, with all its cells', async () => {
    let written = '';
    const write = (lines: string): Promise<void> => {
      written += lines;
      return Promise.resolve();
    };
    const counts = await load({
      rows: rows(1, row('"x;y"@example.com, Ann <b@example.com>', 'Ann')),
      into: { ...NOWHERE, write },
    });
    expect(counts).toMatchObject({ rows: 2, unique: 2, severalAddresses: 1 });
    expect(written.split('\n').map((line) => line.split('\t').slice(1, 3))).toEqual([
      ['1', '"x;y"@example.com'],
      ['2', 'b@example.com'],
      [],
    ]);
    const cells = String.raw`["\\"x;y\\"@example.com, Ann <b@example.com>","Ann"]`;
    expect(written.split('\n').map((line) => line.split('\t')[6])).toEqual([cells, cells, undefined]);
  });

  it('may have as many as the limit and no more', async () => {
    expect(await load({ rows: rows(1, row(addresses(CELL_ADDRESSES_MAX))) })).toMatchObject({
      rows: CELL_ADDRESSES_MAX,
      rejected: 0,
      severalAddresses: 1,
    });
    expect(await load({ rows: rows(1, row(addresses(CELL_ADDRESSES_MAX + 1))) })).toMatchObject({
      rows: 1,
      rejected: 1,
      severalAddresses: 0,
    });
  });

  it('counts toward the rows of a list', async () => {
    const pairs = (count: number) => rows(count, row('a@example.com b@example.com'));
    const room = { ...ROOM, rowsMax: TEST_LIST_ROWS_MAX };
    expect(await load({ rows: pairs(TEST_LIST_ROWS_MAX / 2), room })).toMatchObject({ rows: TEST_LIST_ROWS_MAX });
    await expect(load({ rows: pairs(TEST_LIST_ROWS_MAX / 2 + 1), room })).rejects.toMatchObject({ failure: 'too_many_rows' });
  });

  it('stays within a list’s limit for repeated rows', async () => {
    const cell = addresses(CELL_ADDRESSES_MAX);
    // Each row is repeated until it takes 1/1,024 of the limit.
    const each = LIST_REPEATED_MAX_CHARS / 1_024;
    const wide = row(cell, 'x'.repeat(Math.floor(each / (CELL_ADDRESSES_MAX - 1)) - cell.length));
    expect(await load({ rows: rows(1_024, wide) })).toMatchObject({ rows: 1_024 * CELL_ADDRESSES_MAX });
    await expect(load({ rows: rows(1_026, wide) })).rejects.toMatchObject({ failure: 'too_many_rows' });
  });

  it('is counted once per line if the line was already split', async () => {
    const line = [row('a@example.com'), row('b@example.com'), row('c@example.com'), { ...row('d@example.com'), line: 2 }];
    async function* split(): AsyncGenerator<RawRow[]> {
      yield await Promise.resolve(line.slice(0, 2));
      yield await Promise.resolve(line.slice(2));
    }
    expect(await load({ rows: split() })).toMatchObject({ rows: 4, severalAddresses: 1 });
  });
});

describe('a line for the database', () => {
  it('keeps every character of the cells and of an invalid address', () => {
    const row = { n: 7, email: 'a\tb\\c\n@x\r', domain: '', kind: 0, first: null, problem: null } as const;
    expect(toCopyLine('lst_1', row, ['a\\b', '"\n'])).toBe(
      'lst_1\t7\ta\\tb\\\\c\\n@x\\r\t\t0\t\\N\t["a\\\\\\\\b","\\\\"\\\\n"]\t\\N\n',
    );
    expect(escapeForCopy('plain')).toBe('plain');
  });

  it('names the row that it duplicates and what is wrong with it', () => {
    const repeat = { n: 2, email: 'a@example.com', domain: 'example.com', kind: 1, first: 1, problem: null } as const;
    expect(toCopyLine('l', repeat, [])).toBe('l\t2\ta@example.com\texample.com\t1\t1\t[]\t\\N\n');
    const rejected = { n: 3, email: '', domain: '', kind: 3, first: null, problem: 'blank' } as const;
    expect(toCopyLine('l', rejected, [])).toBe('l\t3\t\t\t3\t\\N\t[]\t1\n');
  });
});
