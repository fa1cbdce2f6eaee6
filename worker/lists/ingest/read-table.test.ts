import { createGzip, gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ZipFile } from 'yazl';
import { GZIP_RATIO_FROM_BYTES, LIST_COLUMNS_MAX, XLSX_ENTRIES_MAX, XLSX_SHARED_STRINGS_MAX } from '@/lib/platform/limits';
import { zip } from '@/lib/lists/export/encode';
import { bytesOf, inlineRows, makeXlsx, sharedRows } from '@/tests/lists/make-xlsx';
import { memoryFile } from '@/tests/lists/memory-file';
import { FileProblem } from './rows';
import { findColumns } from './find-columns';
import { readTable } from './read-table';
import { buffersOf, unpackGzip } from './bytes/source-file';
import { openWorkbook } from './xlsx/open-workbook';
import { SharedStrings } from './xlsx/read-sheet';

const NO_HINTS = { fileName: null, isPasted: false };
const UNCHOSEN = { emailColumn: null, askedColumn: null, hasHeader: null };

async function read(bytes: Uint8Array | string, fileName: string | null = null) {
  const table = await readTable(memoryFile(bytes), { ...NO_HINTS, fileName });
  const found = findColumns(table.sample, UNCHOSEN);
  const rows: string[][] = [];
  for await (const batch of table.rows) rows.push(...batch.map((row) => row.cells));
  await table.close();
  return { format: table.format, encoding: table.encoding(), found, rows };
}

async function problemOf(bytes: Uint8Array | string, fileName: string | null = null): Promise<[string, string]> {
  try {
    const { rows } = await read(bytes, fileName);
    return ['none', `${rows.length} rows`];
  } catch (error) {
    if (error instanceof FileProblem) return [error.failure, error.detail];
    throw error;
  }
}

const ROWS = [
  ['E-mail', 'Name', 'Note'],
  ['a@example.com', 'Ann & Co <1>', 'Ü 😀'],
  ['b@example.com', '', '007'],
];

describe('a file’s kind is decided by its content, not its name', () => {
  const csv = ROWS.map((cells) => cells.join(',')).join('\n');
  const inline = () => bytesOf(makeXlsx({ sheets: [{ name: 'One', markup: inlineRows(ROWS) }] }));

  it('whether text, compressed text, a workbook or a compressed workbook', async () => {
    const files: [string, Uint8Array][] = [
      ['csv', Buffer.from(csv)],
      ['csv', gzipSync(csv)],
      ['xlsx', await inline()],
      ['xlsx', gzipSync(await inline())],
    ];
    for (const [format, bytes] of files) expect(await read(bytes, 'people.dat')).toMatchObject({ format, rows: ROWS });
  });

  it('and a text may state its own delimiter', async () => {
    expect((await read('sep=;\nemail;a,b\nx@example.com;1,2\n')).rows).toEqual([
      ['email', 'a,b'],
      ['x@example.com', '1,2'],
    ]);
    expect(await read('a@example.com\n', 'people.csv')).toMatchObject({ format: 'csv', rows: [['a@example.com']] });
    expect(await read('a@example.com\n', 'people.tsv')).toMatchObject({ format: 'tsv' });
    expect(await read('a@example.com\n')).toMatchObject({ format: 'txt', encoding: 'utf-8' });
  });
});

describe('columns', () => {
  const found = async (text: string) => {
    const { emailColumn, hasHeader, columns } = (await read(text, 'people.csv')).found;
    return { emailColumn, hasHeader, names: columns.map(({ name }) => name) };
  };

  it('are found by their cells, and named by the first row if it is a header', async () => {
    expect(await found('id,contact\n1,a@example.com\n2,b@example.com\n')).toEqual({
      emailColumn: 1,
      hasHeader: true,
      names: ['id', 'contact'],
    });
    expect(await found('1,a@example.com\n2,b@example.com\n')).toEqual({
      emailColumn: 1,
      hasHeader: false,
      names: ['Column 1', 'Column 2'],
    });
    expect(await found('other,e-mail\na@example.com,b@example.com\n')).toMatchObject({ emailColumn: 1 });
    expect(await found('email,other\n,a@example.com\n,b@example.com\nx@example.com,c@example.com')).toMatchObject({
      emailColumn: 1,
    });
  });

  it('may be as many as the limit', async () => {
    const wide = (columns: number): string => `a@example.com${',x'.repeat(columns - 1)}\n`;
    expect(await problemOf(wide(LIST_COLUMNS_MAX))).toEqual(['none', '1 rows']);
    expect(await problemOf(wide(LIST_COLUMNS_MAX + 1))).toEqual(['unreadable_file', 'The file has more than 1,000 columns.']);
    expect((await problemOf(wide(10_000)))[0]).toBe('unreadable_file');
  });
});

describe('a file that is not a list is refused with a sentence', () => {
  const locked = Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(600),
    Buffer.from('EncryptedPackage', 'utf16le'),
  ]);
  it.each<[string, Uint8Array | string, string, RegExp]>([
    ['nothing', '', 'empty_file', /is empty/],
    ['blank lines', '\n \n\n', 'empty_file', /no rows/],
    ['a header and no row', 'email,name\n', 'empty_file', /nothing below/],
    [
      'a header that speaks of no addresses, and no row',
      'Name,Company,Phone\n',
      'empty_file',
      /a single row, .* no email address/,
    ],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), 'unreadable_file', /an image/],
    ['a PDF', '%PDF-1.7\n%âã', 'unreadable_file', /PDF/],
    ['a program', Buffer.from('MZ\x90\0\x03\0', 'latin1'), 'unreadable_file', /a program/],
    ['binary data', Buffer.from(Array.from({ length: 500 }, (_, at) => (at * 37) % 251)), 'unreadable_file', /isn’t text/],
    ['an old workbook', locked.subarray(0, 600), 'unreadable_file', /old Office file/],
    ['a locked workbook', locked, 'unreadable_file', /password/],
    ['an archive of another kind', Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1'), 'unreadable_file', /archive/],
    ['half a gzip', gzipSync('a@example.com\n'.repeat(1_000)).subarray(0, 60), 'unreadable_file', /damaged/],
    ['a picture in a gzip', gzipSync(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')), 'unreadable_file', /an image/],
    ['a gzip in a gzip', gzipSync(gzipSync('a@example.com\n')), 'unreadable_file', /twice/],
    ['half a workbook', Buffer.from('PK\x03\x04 and no more', 'latin1'), 'unreadable_file', /damaged/],
  ])('%s', async (_, bytes, failure, sentence) => {
    const [word, detail] = await problemOf(bytes);
    expect(word).toBe(failure);
    expect(detail).toMatch(sentence);
  });

  it('archives and workbooks of other kinds', async () => {
    const archive = (name: string) => bytesOf(zip(one(name)));
    expect(await problemOf(await archive('people.csv'))).toEqual([
      'unreadable_file',
      'This is an archive, not a workbook. Upload the file inside it.',
    ]);
    expect((await problemOf(await archive('content.xml')))[1]).toMatch(/Save it as .xlsx or .csv/);
  });
});

async function* one(name: string) {
  const text = async function* () {
    yield await Promise.resolve('a@example.com');
  };
  yield await Promise.resolve({ name, text: text() });
}

describe('a bomb', () => {
  it('of gzip is detected after its first megabytes, and memory stays flat', async () => {
    const zeros = function* (): Generator<Buffer> {
      for (let count = 0; count < 300; count++) yield Buffer.alloc(1024 * 1024);
    };
    const bomb = await bytesOf(buffersOf(Readable.from(zeros()).pipe(createGzip())));
    const before = process.memoryUsage().rss;
    let bytes = 0;
    const unpack = async (): Promise<void> => {
      for await (const piece of unpackGzip(Readable.from([bomb]))) bytes += piece.length;
    };
    await expect(unpack()).rejects.toThrow(/far more than a list/);
    expect(bytes).toBeLessThan(GZIP_RATIO_FROM_BYTES + 100 * 1024 * 1024);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it('that unpacks to more than the limit is too large, to the byte', async () => {
    const unpack = async (maxBytes: number): Promise<number> => {
      let bytes = 0;
      for await (const piece of unpackGzip(Readable.from([gzipSync('x'.repeat(1_000))]), { maxBytes })) bytes += piece.length;
      return bytes;
    };
    expect(await unpack(1_000)).toBe(1_000);
    await expect(unpack(999)).rejects.toMatchObject({ failure: 'file_too_large' });
  });

  it('of shared texts, of one endless cell, or with a document type is refused', async () => {
    const huge = function* (): Generator<string> {
      for (let count = 0; count < 129; count++) yield 'x'.repeat(1024 * 1000 + count);
    };
    const texts = await bytesOf(
      makeXlsx({ sheets: [{ name: 'One', markup: [] }], sharedStrings: many(200_000, 'y'.repeat(700)) }),
    );
    expect((await problemOf(texts))[1]).toMatch(/128 MB of text/);
    const cell = await bytesOf(
      makeXlsx({ sheets: [{ name: 'One', markup: ['<row><c t="inlineStr"><is><t>', ...huge(), '</t></is></c></row>'] }] }),
    );
    expect((await problemOf(cell))[1]).toMatch(/far too large/);
    const entities = await bytesOf(makeXlsx({ sheets: [{ name: 'One', markup: ['<!DOCTYPE a><row/>'] }] }));
    expect((await problemOf(entities))[0]).toBe('unreadable_file');
  });
});

function* many(count: number, text: string): Generator<string> {
  for (let at = 0; at < count; at++) yield text;
}

describe('the limits of a workbook', () => {
  /** Stored, since compressing ten thousand parts takes seconds. */
  const archive = (count: number): Promise<Uint8Array> => {
    const file = new ZipFile();
    for (let at = 0; at < count; at++) {
      file.addBuffer(Buffer.from(at === 0 ? 'x'.repeat(1_000) : ''), `part${at}.xml`, { compress: false });
    }
    file.end();
    return bytesOf(buffersOf(file.outputStream));
  };

  it('are on its number of parts', async () => {
    (await openWorkbook(memoryFile(await archive(XLSX_ENTRIES_MAX)))).close();
    await expect(openWorkbook(memoryFile(await archive(XLSX_ENTRIES_MAX + 1)))).rejects.toThrow(/more than 10,000 parts/);
  });

  it('are on the bytes of all parts that are read, whatever the archive claims', async () => {
    const bytes = await archive(2);
    const workbook = await openWorkbook(memoryFile(bytes), 2_000);
    expect(await bytesOf(workbook.read('part0.xml'))).toHaveLength(1_000);
    expect(await bytesOf(workbook.read('PART0.xml'))).toHaveLength(1_000);
    await expect(bytesOf(workbook.read('part0.xml'))).rejects.toMatchObject({ failure: 'file_too_large' });
    workbook.close();
  });

  it('are on its number of shared texts', () => {
    const strings = new SharedStrings();
    for (let count = 0; count < XLSX_SHARED_STRINGS_MAX; count++) strings.add('');
    expect(() => strings.add('')).toThrow(/5,000,000 texts/);
    expect([
      strings.at(0),
      strings.at(XLSX_SHARED_STRINGS_MAX - 1),
      strings.at(XLSX_SHARED_STRINGS_MAX),
      strings.at(Number.NaN),
    ]).toEqual(['', '', null, null]);
  });
});

describe('a workbook', () => {
  const cellsOf = async (markup: string, more: Partial<Parameters<typeof makeXlsx>[0]> = {}) =>
    (await read(await bytesOf(makeXlsx({ sheets: [{ name: 'One', markup: [markup] }], ...more })))).rows;
  const ADDRESS = '<c r="A1" t="inlineStr"><is><t>a@example.com</t></is></c>';

  it('has its cells in their columns, with texts shared or not, and empty rows left out', async () => {
    const shared = await bytesOf(makeXlsx({ sheets: [{ name: 'One', markup: sharedRows(ROWS) }], sharedStrings: ROWS.flat() }));
    expect((await read(shared)).rows).toEqual(ROWS);
    expect(
      await cellsOf(
        `<row r="1">${ADDRESS}<c r="D1"><v>4</v></c></row><row r="2"/><row r="5"><c r="B5"/></row><row><c><v>1</v></c><c><v>2</v></c></row>`,
      ),
    ).toEqual([
      ['a@example.com', '', '', '4'],
      ['1', '2'],
    ]);
  });

  it('shows numbers as written, booleans as words, and dates as dates', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="170" formatCode="[$-409]d\\ mmm;@"/><numFmt numFmtId="171" formatCode="0.00&quot; days&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs>';
    const markup = `<row>${ADDRESS}<c r="B1" s="1"><v>45992</v></c><c r="C1" s="2"><v>45992.5</v></c><c r="D1" s="3"><v>45992</v></c><c r="E1" t="b"><v>1</v></c><c r="F1" t="str"><f>1+1</f><v>2</v></c><c r="G1"><v>1.50E-3</v></c></row>`;
    expect(await cellsOf(markup, { styles })).toEqual([
      ['a@example.com', '2025-12-01', '2025-12-01T12:00:00', '45992', 'TRUE', '2', '1.50E-3'],
    ]);
    const since1904 = await cellsOf(`<row>${ADDRESS}<c r="B1" s="1"><v>44530</v></c></row>`, {
      styles,
      workbookPr: '<workbookPr date1904="1"/>',
    });
    expect(since1904[0]?.[1]).toBe('2025-12-01');
  });

  it('is read from the first visible sheet with an address', async () => {
    const workbook = await bytesOf(
      makeXlsx({
        sheets: [
          { name: 'Secret', markup: inlineRows([['hidden@example.com']]), isHidden: true },
          { name: 'About', markup: inlineRows([['Our people'], ['of 2025']]) },
          { name: 'People', markup: inlineRows(ROWS) },
          { name: 'More', markup: inlineRows([['later@example.com']]) },
        ],
      }),
    );
    expect((await read(workbook)).rows).toEqual(ROWS);
  });

  it('with too many columns, and one with none, is refused', async () => {
    expect(
      (
        await problemOf(await bytesOf(makeXlsx({ sheets: [{ name: 'One', markup: ['<row><c r="ALM1"><v>1</v></c></row>'] }] })))
      )[1],
    ).toMatch(/more than 1,000/);
    expect((await problemOf(await bytesOf(makeXlsx({ sheets: [{ name: 'One', markup: [] }] }))))[0]).toBe('empty_file');
  });
});

beforeAll(() => {
  vi.setConfig({ testTimeout: 60_000 });
});
