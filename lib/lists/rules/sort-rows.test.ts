import { describe, expect, it } from 'vitest';
import { ROW_KIND } from './list';
import { RowSorter, SeenAddresses } from './rows';

const sort = (cells: readonly string[], takesAnything = false) => {
  const sorter = new RowSorter({ column: 0, takesAnything });
  const rows = cells.map((cell) => sorter.sort([cell]));
  return { rows, counts: sorter.counts };
};
const { unique, exactDuplicate, canonicalDuplicate, rejected } = ROW_KIND;

describe('the rows of a file', () => {
  it('that repeat a spelling are exact duplicates of the first row, those with another spelling are canonical ones', () => {
    const { rows, counts } = sort([
      'A.b@gmail.com',
      'ab@gmail.com',
      'ab@gmail.com',
      'A.b@gmail.com',
      'a.B+news@googlemail.com',
      'a.B+news@googlemail.com',
      'c@example.com',
      'C@example.com',
      ' c@EXAMPLE.com ',
    ]);
    expect(rows.map(({ kind, first }) => [kind, first])).toEqual([
      [unique, null],
      [canonicalDuplicate, 1],
      [exactDuplicate, 1],
      [exactDuplicate, 1],
      [canonicalDuplicate, 1],
      [exactDuplicate, 1],
      [unique, null],
      [canonicalDuplicate, 7],
      [exactDuplicate, 7],
    ]);
    expect(counts).toMatchObject({ rows: 9, unique: 2, exactDuplicates: 4, canonicalDuplicates: 3 });
  });

  it('are rejected with a reason if the cell holds no address, and are verified if it holds an invalid one', () => {
    const { rows, counts } = sort(['', '   ', 'John', 'a@b', 'a@@example.com', 'a@b']);
    expect(rows.map(({ problem, kind, email }) => [problem, kind, email])).toEqual([
      ['blank', rejected, ''],
      ['blank', rejected, ''],
      ['no_address', rejected, 'John'],
      [null, unique, 'a@b'],
      [null, unique, 'a@@example.com'],
      [null, exactDuplicate, 'a@b'],
    ]);
    expect(counts).toMatchObject({ rejected: 3, unique: 2, syntaxInvalid: 2 });
  });

  it('of a batch are all verified, whatever they hold', () => {
    const { rows, counts } = sort(['John', '', 'a@example.com'], true);
    expect(rows.map(({ kind, domain }) => [kind, domain])).toEqual([
      [unique, ''],
      [unique, ''],
      [unique, 'example.com'],
    ]);
    expect(counts).toMatchObject({ rejected: 0, syntaxInvalid: 2 });
  });

  it('may hold an address with a name or as a link', () => {
    const { rows } = sort([
      'Ann Lee <ann@Example.com>',
      'mailto:bob@example.com',
      '<mailto:eve@example.com>',
      'x <not an address@>',
    ]);
    expect(rows.map(({ email, domain }) => [email, domain])).toEqual([
      ['ann@example.com', 'example.com'],
      ['bob@example.com', 'example.com'],
      ['eve@example.com', 'example.com'],
      ['x <not an address@>', ''],
    ]);
  });

  it('say so if they lack the address cell or could not be read', () => {
    const sorter = new RowSorter({ column: 1 });
    expect(sorter.sort(['a'])).toMatchObject({ problem: 'cell_missing', kind: rejected });
    expect(sorter.sort(['a', 'b@example.com'], 'row_too_long')).toMatchObject({
      problem: 'row_too_long',
      email: 'b@example.com',
    });
    expect(sorter.counts).toMatchObject({ rows: 2, rejected: 2, unique: 0 });
  });

  it('are stored without NUL, which the database can’t store', () => {
    expect(sort(['a\0b@example.com']).rows[0]).toMatchObject({ email: 'a\u0001b@example.com', domain: '' });
  });
});

describe('the memory of addresses', () => {
  it('takes no new address for a known one, and forgets none', () => {
    const seen = new SeenAddresses();
    const name = (at: number): string => `user${at.toString(36)}.${(at * 7919) % 1_000_003}@host${at % 997}.example.com`;
    let mistaken = 0;
    for (let at = 1; at <= 200_000; at++) {
      if (seen.find(name(at)) !== 0) mistaken++;
      seen.set(name(at), at);
    }
    let forgotten = 0;
    for (let at = 1; at <= 200_000; at++) if (seen.find(name(at)) !== at) forgotten++;
    expect({ mistaken, forgotten }).toEqual({ mistaken: 0, forgotten: 0 });
    seen.set(name(7), 70);
    expect(seen.find(name(7))).toBe(70);
  });
});
