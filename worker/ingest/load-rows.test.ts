import { describe, expect, it } from 'vitest';
import type { RowsInCopy } from '@/lib/data/list-file';
import { LIST_NOTICES_A_SECOND, LIST_ROWS_MAX } from '@/lib/domain/limits';
import { escapeForCopy, toCopyLine } from './copy-lines';
import { loadRows, type Load } from './load-rows';
import type { RawRow } from './raw-row';

const NOWHERE: RowsInCopy = {
  write: () => Promise.resolve(),
  end: () => Promise.resolve(),
  abort: () => Promise.resolve(),
};
const BATCH = 10_000;

async function* rows(count: number, row: RawRow = { cells: [''], problem: null }): AsyncGenerator<RawRow[]> {
  for (let left = count; left > 0; left -= BATCH) yield await Promise.resolve(new Array<RawRow>(Math.min(BATCH, left)).fill(row));
}

const load = (more: Partial<Load>) =>
  loadRows({
    listId: 'l',
    rows: rows(1),
    hasHeader: false,
    emailColumn: 0,
    into: NOWHERE,
    now: () => 0,
    tell: () => Promise.resolve(true),
    ...more,
  });

describe('loading rows', () => {
  it('takes as many as a list may have, its header not counted, and no more', async () => {
    expect(await load({ rows: rows(LIST_ROWS_MAX + 1), hasHeader: true })).toMatchObject({
      rows: LIST_ROWS_MAX,
      rejected: LIST_ROWS_MAX,
    });
    await expect(load({ rows: rows(LIST_ROWS_MAX + 1) })).rejects.toMatchObject({ failure: 'too_many_rows' });
  }, 60_000);

  it('tells how far it is no more than a few times a second, and stops when nobody waits', async () => {
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

describe('a line for the database', () => {
  it('keeps every letter of the cells and of an address that is none', () => {
    const row = { n: 7, email: 'a\tb\\c\n@x\r', domain: '', kind: 0, first: null, problem: null } as const;
    expect(toCopyLine('job_1', row, ['a\\b', '"\n'])).toBe(
      'job_1\t7\ta\\tb\\\\c\\n@x\\r\t\t0\t\\N\t["a\\\\\\\\b","\\\\"\\\\n"]\t\\N\n',
    );
    expect(escapeForCopy('plain')).toBe('plain');
  });

  it('names the row that it repeats and what is wrong with it', () => {
    const repeat = { n: 2, email: 'a@example.com', domain: 'example.com', kind: 1, first: 1, problem: null } as const;
    expect(toCopyLine('l', repeat, [])).toBe('l\t2\ta@example.com\texample.com\t1\t1\t[]\t\\N\n');
    const rejected = { n: 3, email: '', domain: '', kind: 3, first: null, problem: 'blank' } as const;
    expect(toCopyLine('l', rejected, [])).toBe('l\t3\t\t\t3\t\\N\t[]\t1\n');
  });
});
