import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIST_CELL_MAX_CHARS, LIST_COLUMNS_MAX, LIST_ROW_MAX_CHARS } from '@/lib/platform/limits';
import { detectEncoding, TextDecoding, type Encoding } from './decode-text';
import { DelimitedParser } from './delimited-parser';
import { DELIMITERS, findDelimiter, isAddressesOnly, LinesParser } from './read-text';

const read = (text: string, delimiter = ',', pieceChars = text.length || 1) => {
  const parser = new DelimitedParser(delimiter);
  const rows = [];
  for (let at = 0; at < text.length; at += pieceChars) rows.push(...parser.push(text.slice(at, at + pieceChars)));
  return [...rows, ...parser.end()];
};
const cells = (...args: Parameters<typeof read>) => read(...args).map((row) => row.cells);

/** RFC 4180, as a careful program writes it: with quotes where they are needed, and sometimes where they are not. */
const writeCell = (cell: string, delimiter: string, isCareful: boolean): string =>
  isCareful || cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

const letter = fc.oneof(
  fc.constantFrom(...Array.from(',;\t|"\r\n \u00e4\u20ac\u{1f600}@\\')),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
);
const table = fc.array(
  fc.array(
    fc.array(letter, { maxLength: 8 }).map((letters) => letters.join('')),
    { minLength: 2, maxLength: 5 },
  ),
  {
    maxLength: 12,
  },
);

describe('delimited text', () => {
  it('reads back as it was written, whatever the delimiter, the line end, the quotes and the pieces', () => {
    fc.assert(
      fc.property(
        fc.record({
          rows: table,
          delimiter: fc.constantFrom(...DELIMITERS),
          lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
          isCareful: fc.boolean(),
          isEnded: fc.boolean(),
          pieceChars: fc.integer({ min: 1, max: 9 }),
        }),
        ({ rows, delimiter, lineEnd, isCareful, isEnded, pieceChars }) => {
          const lines = rows.map((row) => row.map((cell) => writeCell(cell, delimiter, isCareful)).join(delimiter));
          const text = lines.join(lineEnd) + (isEnded && rows.length > 0 ? lineEnd : '');
          expect(cells(text, delimiter, pieceChars)).toEqual(rows);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gives the same rows however it is cut, even if no program would write it so', () => {
    const mess = fc
      .array(fc.constantFrom('"', '""', ',', '\r', '\n', 'a', ' ', 'b@c'), { maxLength: 40 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(mess, fc.integer({ min: 1, max: 7 }), (text, pieceChars) => {
        expect(read(text, ',', pieceChars)).toEqual(read(text));
      }),
      { numRuns: 500 },
    );
  });

  it('reads an unclosed quote as an ordinary character, and text after a closing quote as it is', () => {
    expect(cells('a,"b\nc,d\ne,f')).toEqual([
      ['a', '"b'],
      ['c', 'd'],
      ['e', 'f'],
    ]);
    expect(cells('"Ann" Lee,x"y"z\n')).toEqual([['Ann Lee', 'x"y"z']]);
    const far = `a,"b\n${'c,d\n'.repeat(LIST_CELL_MAX_CHARS)}`;
    expect(cells(far, ',', 1_000)).toHaveLength(LIST_CELL_MAX_CHARS + 1);
  });

  it('has no rows for empty lines', () => {
    expect(cells('\n\r\n a \n\n,\n""\n')).toEqual([[' a '], ['', '']]);
  });

  it('has cells up to their limit, and marks a row with a longer one', () => {
    const fits = 'x'.repeat(LIST_CELL_MAX_CHARS);
    for (const [open, close] of [
      ['', ''],
      ['"', '"'],
    ] as const) {
      expect(read(`${open}${fits}${close},y\nz`, ',', 999)).toEqual([
        { cells: [fits, 'y'], problem: null, line: 1 },
        { cells: ['z'], problem: null, line: 2 },
      ]);
      expect(read(`${open}${fits}x${close},y\nz`, ',', 999)).toEqual([
        { cells: [fits, 'y'], problem: 'cell_too_long', line: 1 },
        { cells: ['z'], problem: null, line: 2 },
      ]);
    }
    const quotes = `"${'""'.repeat(LIST_CELL_MAX_CHARS)}"`;
    expect(read(quotes)[0]).toEqual({ cells: ['"'.repeat(LIST_CELL_MAX_CHARS)], problem: null, line: 1 });
  });

  it('knows the line of each row, as an editor numbers it', () => {
    const text = 'name,email\r\n\r\n"Ann\nLee","a@x.com\r\nb@x.com"\r\nBob,c@x.com\rCid,"d\n"e';
    for (const pieceChars of [1, 2, 5, text.length])
      expect(read(text, ',', pieceChars).map((row) => row.line)).toEqual([1, 3, 6, 7]);
    expect(read('a,"b\nc,d\ne,f').map((row) => row.line)).toEqual([1, 2, 3]);
  });

  it('has rows up to their limits', () => {
    const wide = Array.from({ length: LIST_COLUMNS_MAX }, () => 'x').join(',');
    expect(read(wide)[0]).toMatchObject({ problem: null });
    expect(read(`${wide},x`)[0]).toMatchObject({ problem: 'too_many_cells' });
    expect(read(`${wide},x`)[0]?.cells).toHaveLength(LIST_COLUMNS_MAX);
    const cell = 'x'.repeat(LIST_ROW_MAX_CHARS / 16 - 1);
    const long = Array.from({ length: 16 }, () => cell).join(',');
    expect(read(long)[0]).toMatchObject({ problem: null });
    expect(read(`${long}x`)[0]).toMatchObject({ problem: 'row_too_long' });
  });

  it('without an end takes the memory of one cell, even for hundreds of megabytes', () => {
    const parser = new DelimitedParser(',');
    const piece = 'x'.repeat(1024 * 1024);
    parser.push('"');
    const before = process.memoryUsage().rss;
    for (let count = 0; count < 300; count++) parser.push(piece);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    expect(parser.push(',end\n')).toEqual([
      { cells: [`"${'x'.repeat(LIST_CELL_MAX_CHARS - 1)}`, 'end'], problem: 'cell_too_long', line: 1 },
    ]);
  });
});

describe('the delimiter', () => {
  it.each([
    ['name,email\nAnn,a@example.com\nBob,b@example.com\n', ','],
    ['name;email;amount\nAnn;a@example.com;1,5\nBob;b@example.com;2,25\n', ';'],
    ['a@example.com\tAnn, Lee\nb@example.com\tBob\n', '\t'],
    ['1|a@example.com|x;y\n2|b@example.com|z;w\n', '|'],
    ['"Lee; Ann";a@example.com\n"Ray; Bob";b@example.com\n', ';'],
    ['name,email\nAnn,a@example.com;b@example.com\nBob,c@example.com;d@example.com\n', ','],
    ['a@example.com\nb@example.com\n', null],
    ['', null],
  ])('of %j is %j', (text, delimiter) => {
    expect(findDelimiter(text)).toBe(delimiter);
  });
});

it.each([
  ['a@example.com, b@example.com\nc@example.com; d@example.com', true],
  ['Ann <a@example.com>, Bob <b@example.com>\nCid <c@example.com>, Dan <d@example.com>', true],
  ['Lee, Ann <a@example.com>; Ray, Bob <b@example.com>', true],
  ['a@example.com\tb@example.com', true],
  ['Ann, a@example.com\nBob, b@example.com', false],
  ['Ann, a@example.com, b@example.com', false],
  ['name;email\nAnn;a@example.com', false],
  ['hello, world', false],
  ['', false],
])('%j is only addresses: %s', (text, is) => expect(isAddressesOnly(text, false)).toBe(is));

it('is determined by the beginning, even of an endless line', () => {
  expect(isAddressesOnly('Ann <a@example.com>, Bob <b@exam', true)).toBe(true);
  expect(isAddressesOnly('Ann, a@example.com, Bob <b@exam', true)).toBe(true);
  expect(isAddressesOnly('hello, wor', true)).toBe(false);
});

describe('lines', () => {
  const lines = (text: string, pieceChars = text.length) => {
    const parser = new LinesParser();
    const rows = [];
    for (let at = 0; at < text.length; at += pieceChars) rows.push(...parser.push(text.slice(at, at + pieceChars)));
    return [...rows, ...parser.end()];
  };

  it('give one row for each of their addresses', () => {
    const text =
      'a@example.com\r\n\r\n"b@example.com"\r"john doe"@example.com\nc@example.com, d@example.com;e@example.com\nhello f@example.com';
    const expected = [
      'a@example.com',
      'b@example.com',
      '"john doe"@example.com',
      'c@example.com',
      'd@example.com',
      'e@example.com',
      'hello f@example.com',
    ];
    for (const pieceChars of [1, 2, 3, 7, text.length])
      expect(lines(text, pieceChars).map((row) => row.cells[0])).toEqual(expected);
  });

  it('may have addresses with names, and each row knows its line', () => {
    const rows = lines('Ann <a@example.com>, "Ray, Bob" <b@example.com>\n\n;\nc@example.com;\n');
    expect(rows.map(({ cells: [cell], line }) => [cell, line])).toEqual([
      ['Ann <a@example.com>', 1],
      ['"Ray, Bob" <b@example.com>', 1],
      ['c@example.com;', 4],
    ]);
  });

  it('may be one line of thousands of addresses', () => {
    const all = Array.from({ length: 20_000 }, (_, at) => `user${at}@example.com`);
    expect(lines(all.join(', '), 1_000).map((row) => row.cells[0])).toEqual(all);
    const named = all.map((address) => `"Lee; Ann" <${address}>`);
    expect(lines(named.join('; '), 1_000).map((row) => row.cells[0])).toEqual(named);
  });

  it('without an end take the memory of one cell', () => {
    const rows = lines(`${'x'.repeat(3 * LIST_CELL_MAX_CHARS)}\na@example.com`, 1_000);
    expect(rows).toMatchObject([{ problem: 'cell_too_long' }, { cells: ['a@example.com'], problem: null }]);
    expect(rows[0]?.cells[0]).toHaveLength(LIST_CELL_MAX_CHARS);
    expect(lines('x'.repeat(LIST_CELL_MAX_CHARS))[0]).toMatchObject({ problem: null });
  });
});

describe('an encoding', () => {
  const TEXT = 'name,email\r\nJürgen “€” Łukasz,j@bücher.example\r\n'.repeat(3);
  const decode = (bytes: Buffer, pieceBytes: number): { text: string; encoding: Encoding } => {
    const { encoding, skipBytes } = detectEncoding(bytes);
    const decoding = new TextDecoding(encoding);
    let text = '';
    for (let at = skipBytes; at < bytes.length; at += pieceBytes) text += decoding.push(bytes.subarray(at, at + pieceBytes));
    return { text: text + decoding.end(), encoding: decoding.encoding };
  };
  const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

  it.each<[string, Buffer, Encoding]>([
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`), 'utf-8'],
    ['UTF-16 LE with a mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 LE', Buffer.from(TEXT, 'utf16le'), 'utf-16le'],
    ['UTF-16 BE with a mark', swapped(`\ufeff${TEXT}`), 'utf-16be'],
    ['UTF-16 BE', swapped(TEXT), 'utf-16be'],
  ])('%s is known and decoded, however it is cut', (_, bytes, encoding) => {
    for (const pieceBytes of [64, 65, 67, bytes.length]) expect(decode(bytes, pieceBytes)).toEqual({ text: TEXT, encoding });
  });

  it('is Windows-1252 if it is not UTF-8', () => {
    const bytes = Buffer.from([0x61, 0x2c, 0xfc, 0x80, 0x93, 0x94, 0x81, 0x0a]);
    for (const pieceBytes of [1, 3, 8])
      expect(decode(bytes, pieceBytes)).toEqual({ text: 'a,ü€“”\u0081\n', encoding: 'windows-1252' });
  });

  it('of plain ASCII is UTF-8, and later bytes that do not fit are replaced', () => {
    expect(decode(Buffer.from('plain'), 2)).toEqual({ text: 'plain', encoding: 'utf-8' });
    expect(decode(Buffer.concat([Buffer.from('ü'), Buffer.from([0xff])]), 2)).toEqual({ text: 'ü\ufffd', encoding: 'utf-8' });
  });

  it('of any text in any Unicode encoding reads back, in pieces of any size', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 9 }), fc.boolean(), (text, pieceBytes, isWide) => {
        const bytes = Buffer.from(`\ufeff${text}`, isWide ? 'utf16le' : 'utf8');
        expect(decode(bytes, pieceBytes).text).toBe(text);
      }),
    );
  });
});
