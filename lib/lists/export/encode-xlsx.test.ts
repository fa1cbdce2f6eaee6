import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it, test } from 'vitest';
import { neutralise } from '@/lib/platform/csv';
import {
  LIST_COLUMNS_MAX,
  LIST_ROWS_MAX,
  XLSX_CELL_MAX_CHARS,
  XLSX_SHEET_MAX_BYTES,
  XLSX_SHEET_MAX_ROWS,
} from '@/lib/platform/limits';
import { readZip } from '@/tests/database/read-zip';
import { encodeXlsx, type SheetLimits } from './encode';
import type { Cell, ExportedRow } from './rows';

const row = (...cells: Cell[]): ExportedRow => ({ own: [], added: cells, more: [] });

async function workbook(names: string[], batches: ExportedRow[][], limits?: SheetLimits): Promise<Map<string, string>> {
  const pieces: Uint8Array[] = [];
  for await (const bytes of encodeXlsx(names, from(batches), limits)) pieces.push(bytes);
  return readZip(Buffer.concat(pieces));
}

async function* from(batches: ExportedRow[][]): AsyncGenerator<ExportedRow[]> {
  for (const batch of batches) yield await Promise.resolve(batch);
}

interface ReadCell {
  at: string;
  type: string;
  text: string;
}

/** Reads the sheet with an independent XML parser; characters come back as Excel reads them (ST_Xstring). */
function cellsOf(xml: string | undefined): ReadCell[] {
  if (xml === undefined) return [];
  const cells: ReadCell[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'c') cells.push({ at: attributes.r ?? '', type: attributes.t ?? 'n', text: '' });
  });
  parser.on('text', (text) => {
    const last = cells.at(-1);
    if (last) last.text += text;
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  const decode = (text: string) =>
    text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return cells.map((cell) => ({ ...cell, text: decode(cell.text) }));
}

const sheet = async (...args: Parameters<typeof workbook>) => cellsOf((await workbook(...args)).get('xl/worksheets/sheet1.xml'));

describe('a workbook', () => {
  it('has the parts that name its sheet, and the header in its first row', async () => {
    const parts = await workbook(['email', 'ev_score'], [[row('a@example.com', 97)]]);
    expect([...parts.keys()]).toEqual([
      'xl/worksheets/sheet1.xml',
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/workbook.xml',
      'xl/_rels/workbook.xml.rels',
    ]);
    for (const xml of parts.values()) expect(() => cellsOf(xml)).not.toThrow();
    expect(cellsOf(parts.get('xl/worksheets/sheet1.xml'))).toEqual([
      { at: 'A1', type: 'inlineStr', text: 'email' },
      { at: 'B1', type: 'inlineStr', text: 'ev_score' },
      { at: 'A2', type: 'inlineStr', text: 'a@example.com' },
      { at: 'B2', type: 'n', text: '97' },
    ]);
  });

  it('names columns past Z, and leaves empty cells out', async () => {
    const cells: Cell[] = Array.from({ length: 703 }, (_, at) => ([0, 25, 26, 701, 702].includes(at) ? 'x' : at % 2 ? '' : null));
    expect((await sheet([], [[row(...cells)]])).map(({ at }) => at)).toEqual(['A2', 'Z2', 'AA2', 'ZZ2', 'AAA2']);
  });

  it('keeps text as text: leading zeros, long numbers, dates', async () => {
    const [zeros, long] = await sheet([], [[row('007', '12345678901234567890')]]);
    expect([zeros, long]).toMatchObject([
      { type: 'inlineStr', text: '007' },
      { type: 'inlineStr', text: '12345678901234567890' },
    ]);
  });

  it('contains no formula', async () => {
    const [cell] = await sheet([], [[row('=HYPERLINK("http://evil.example","x")')]]);
    expect(cell).toMatchObject({ type: 'inlineStr', text: `'=HYPERLINK("http://evil.example","x")` });
  });

  it('truncates a cell that would keep Excel from opening the file', async () => {
    const [cell] = await sheet([], [[row('-'.repeat(XLSX_CELL_MAX_CHARS))]]);
    expect(cell?.text).toHaveLength(XLSX_CELL_MAX_CHARS);
  });

  it('holds only a header if there are no rows', async () => {
    expect(await sheet(['email'], [])).toHaveLength(1);
  });

  it('gives back whatever a cell holds', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.string({
        unit: fc.constantFrom('&', '<', '>', '"', '_x0041_', '_x', '\r', '\n', '\t', '\0', '\u001f', '\uffff', ']]>', 'a', ' '),
        maxLength: 8,
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          text.filter((given) => given !== ''),
          { maxLength: 30 },
        ),
        async (given) => {
          expect((await sheet([], [given.map((cell) => row(cell))])).map((cell) => cell.text)).toEqual(given.map(neutralise));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('shows half of a surrogate pair as the replacement character', async () => {
    expect((await sheet([], [[row('a\ud800b')]]))[0]?.text).toBe('a\ufffdb');
  });
});

describe('what does not fit on one sheet', () => {
  const numbers = (parts: Map<string, string>) =>
    [1, 2, 3, 4].map((no) =>
      cellsOf(parts.get(`xl/worksheets/sheet${no}.xml`)).flatMap(({ type, text }) => (type === 'n' ? [Number(text)] : [])),
    );
  const batches = [[row(1), row(2), row(3)], [row(4)], [row(5)]];

  it('continues on the next sheet, with the header again: by rows', async () => {
    const parts = await workbook(['n'], batches, { rows: 3, bytes: Infinity });
    expect(numbers(parts)).toEqual([[1, 2], [3, 4], [5], []]);
    expect(parts.get('xl/workbook.xml')).toContain('<sheet name="Results 3" sheetId="3" r:id="rId3"/>');
    expect(cellsOf(parts.get('xl/worksheets/sheet3.xml'))[0]?.text).toBe('n');
  });

  it('by rows, exactly at the limit: no empty sheet follows', async () => {
    expect(numbers(await workbook(['n'], batches, { rows: 6, bytes: Infinity }))).toEqual([[1, 2, 3, 4, 5], [], [], []]);
    expect((await workbook(['n'], batches, { rows: 6, bytes: Infinity })).has('xl/worksheets/sheet2.xml')).toBe(false);
  });

  it('by size', async () => {
    expect(numbers(await workbook(['n'], batches, { rows: Infinity, bytes: 200 }))[1]).not.toEqual([]);
  });
});

test('a list of the maximum size fits on one sheet, and its columns fit in Excel', () => {
  expect(LIST_ROWS_MAX + 1).toBeLessThanOrEqual(XLSX_SHEET_MAX_ROWS);
  expect(LIST_COLUMNS_MAX + 20).toBeLessThanOrEqual(16_384);
  expect(XLSX_SHEET_MAX_BYTES).toBeLessThan(0xffff_ffff);
});

test('rows are no longer read once the reader has left', async () => {
  let isOver = false;
  async function* endless(): AsyncGenerator<ExportedRow[]> {
    try {
      for (;;) yield await Promise.resolve(Array.from({ length: 2_000 }, (_, at) => row(`row ${at} ${Math.random()}`)));
    } finally {
      isOver = true;
    }
  }
  const bytes = encodeXlsx(['a'], endless());
  await bytes.next();
  await bytes.next();
  await bytes.return();
  await expect.poll(() => isOver).toBe(true);
});

test('rows that can’t be read break off the file', async () => {
  async function* broken(): AsyncGenerator<ExportedRow[]> {
    yield await Promise.resolve([row('a')]);
    throw new Error('the database is away');
  }
  const read = async () => {
    for await (const bytes of encodeXlsx(['a'], broken())) expect(bytes.length).toBeGreaterThan(0);
  };
  await expect(read()).rejects.toThrow('the database is away');
});
