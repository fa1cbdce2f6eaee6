// Encodes rows as a streamed file: CSV, JSON lines or an XLSX workbook. Formulas are neutralized in CSV and XLSX, which
// spreadsheets open; JSON lines are for programs and stay as they are. A workbook shows every text cell as the original text:
// leading zeros stay, characters that XML can't hold are escaped the way Excel reads them back, and nothing is a formula.
import { PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { csvLine, distinctNames, neutralise } from '@/lib/platform/csv';
import { XLSX_CELL_MAX_CHARS, XLSX_SHEET_MAX_BYTES, XLSX_SHEET_MAX_ROWS } from '@/lib/platform/limits';
import type { Cell, ExportedRow } from './rows';

export interface TextEncoding {
  head: string;
  row: (row: ExportedRow) => string;
}

const BOM = '\ufeff';

/** RFC 4180 in UTF-8, with a header. The separator is always a comma, and CR LF ends a row. */
export function encodeCsv({ names, bom }: { names: readonly string[]; bom: boolean }): TextEncoding {
  return { head: (bom ? BOM : '') + csvLine(names), row: ({ own, added, more }) => csvLine([...own, ...added, ...more]) };
}

const MORE_CELLS = 'ev_more_cells';

/** One object per row. The file's own columns come first and in their order, even if their names are numbers. */
export function encodeJsonl({ names }: { names: readonly string[] }): TextEncoding {
  // A repeated key would hide one of its cells from whatever parses the object.
  const distinct = distinctNames(names);
  const keys = distinct.map((name) => `${JSON.stringify(name)}:`);
  const [moreName = MORE_CELLS] = distinctNames([MORE_CELLS], distinct);
  const moreKey = `,${JSON.stringify(moreName)}:`;
  return {
    head: '',
    row: ({ own, added, more }) => {
      const fields = [...own, ...added].map((cell, at) => `${keys[at] ?? '"":'}${JSON.stringify(cell)}`);
      return `{${fields.join(',')}${more.length === 0 ? '' : moreKey + JSON.stringify(more)}}\n`;
    },
  };
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SHEETS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export interface SheetLimits {
  rows: number;
  bytes: number;
}

const LIMITS: SheetLimits = { rows: XLSX_SHEET_MAX_ROWS, bytes: XLSX_SHEET_MAX_BYTES };

/**
 * Writes sheets as long as there are rows, then the parts that name them. A list of the maximum size fits on one sheet. Where
 * Excel's row limit or the 4 GB of a plain ZIP is reached, another sheet begins, with the header again.
 */
export function encodeXlsx(
  names: readonly string[],
  batches: AsyncIterable<readonly ExportedRow[]>,
  limits = LIMITS,
): AsyncGenerator<Uint8Array, void> {
  return zip(entriesOf(names, batches, limits));
}

/** The rows that are still to be written, on this sheet or the next. */
interface Rest {
  batches: AsyncIterator<readonly ExportedRow[]>;
  batch: readonly ExportedRow[];
  /** Position in the batch. */
  at: number;
  isOver: boolean;
}

async function* entriesOf(
  names: readonly string[],
  batches: AsyncIterable<readonly ExportedRow[]>,
  limits: SheetLimits,
): AsyncGenerator<ZipEntry, void> {
  const rest: Rest = { batches: batches[Symbol.asyncIterator](), batch: [], at: 0, isOver: false };
  try {
    let sheets = 0;
    do {
      sheets++;
      yield { name: `xl/worksheets/sheet${sheets}.xml`, text: sheet(names, rest, limits) };
    } while (!rest.isOver);
    for (const [name, text] of frame(sheets)) yield { name, text: once(text) };
  } finally {
    await rest.batches.return?.();
  }
}

async function* sheet(names: readonly string[], rest: Rest, limits: SheetLimits): AsyncGenerator<string, void> {
  let rows = 1;
  let chars = 0;
  yield SHEET_HEAD + sheetRow(names, rows);
  while (await refill(rest)) {
    let text = '';
    // A character takes at most three bytes; most take one.
    for (; rest.at < rest.batch.length && rows < limits.rows && (chars + text.length) * 3 < limits.bytes; rest.at++)
      text += sheetRow(cellsOf(rest.batch[rest.at]), ++rows);
    if (text === '') break;
    chars += text.length;
    yield text;
  }
  yield SHEET_END;
}

/** False if there are no more rows. */
async function refill(rest: Rest): Promise<boolean> {
  while (rest.at >= rest.batch.length && !rest.isOver) {
    const next = await rest.batches.next();
    if (next.done === true) rest.isOver = true;
    else Object.assign(rest, { batch: next.value, at: 0 });
  }
  return !rest.isOver;
}

const cellsOf = (row: ExportedRow | undefined): Cell[] => (row ? [...row.own, ...row.added, ...row.more] : []);

async function* once(text: string): AsyncGenerator<string, void> {
  yield text;
}

/** The parts around the sheets (ECMA-376 part 2). */
function frame(sheets: number): [name: string, text: string][] {
  const each = (make: (no: number) => string): string => Array.from({ length: sheets }, (_, at) => make(at + 1)).join('');
  const sheetTypes = each((no) => `<Override PartName="/xl/worksheets/sheet${no}.xml" ContentType="${TYPES}.worksheet+xml"/>`);
  const sheetNames = each((no) => `<sheet name="Results${no === 1 ? '' : ` ${no}`}" sheetId="${no}" r:id="rId${no}"/>`);
  const sheetLinks = each((no) => `<Relationship Id="rId${no}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${no}.xml"/>`);
  return [
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>${sheetTypes}</Types>`,
    ],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    ['xl/workbook.xml', `${XML}<workbook xmlns="${SHEETS}" xmlns:r="${OFFICE}"><sheets>${sheetNames}</sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', `${XML}<Relationships xmlns="${PACKAGE}/relationships">${sheetLinks}</Relationships>`],
  ];
}

export const SHEET_HEAD =
  `${XML}<worksheet xmlns="${SHEETS}">` +
  '<sheetViews><sheetView workbookViewId="0">' +
  '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" status="frozen"/></sheetView></sheetViews><sheetData>';
export const SHEET_END = '</sheetData></worksheet>';

/** The markup of one row (ECMA-376 18.3). `no` counts from 1. */
export function sheetRow(cells: readonly Cell[], no: number): string {
  let row = `<row r="${no}">`;
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at];
    if (cell === null || cell === undefined || cell === '') continue;
    const place = `<c r="${columnName(at)}${no}"`;
    row +=
      typeof cell === 'number'
        ? `${place}><v>${cell}</v></c>`
        : `${place} t="inlineStr"><is><t xml:space="preserve">${cellText(cell)}</t></is></c>`;
  }
  return `${row}</row>`;
}

const columnNames: string[] = [];

/** A, B, … Z, AA, … */
function columnName(at: number): string {
  const known = columnNames[at];
  if (known !== undefined) return known;
  let name = '';
  for (let rest = at; rest >= 0; rest = Math.floor(rest / 26) - 1) name = String.fromCharCode(65 + (rest % 26)) + name;
  columnNames[at] = name;
  return name;
}

/** Includes text that looks like an escaped character (ST_Xstring): `_x0041_` would be read as A. */
const NOT_PLAIN = /[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)|\p{Cs}/u;
const EACH_NOT_PLAIN = new RegExp(NOT_PLAIN, 'gu');
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function cellText(cell: string): string {
  const text = neutralise(cell).slice(0, XLSX_CELL_MAX_CHARS);
  return NOT_PLAIN.test(text) ? text.replaceAll(EACH_NOT_PLAIN, escaped) : text;
}

function escaped(character: string): string {
  const entity = ENTITIES[character];
  if (entity !== undefined) return entity;
  const code = character.charCodeAt(0);
  // Half of a surrogate pair is not a character.
  return code >= 0xd800 && code <= 0xdfff ? '\ufffd' : `_x${code.toString(16).toUpperCase().padStart(4, '0')}_`;
}

// A ZIP archive as a stream: each entry is deflated as it comes, its sizes follow it, and the directory is last; ZIP64 if it
// grows past 4 GB. Memory stays flat, the same rows give the same bytes, and all work stops once the reader has gone.

interface ZipEntry {
  /** ASCII. */
  name: string;
  text: AsyncIterable<string>;
}

/** Markup is so repetitive that a higher level hardly makes it smaller. */
const LEVEL = 1;
/** January 1, 1980, where the archive's clock begins; never the time of the export, so that the same rows give the same bytes. */
const NO_TIME = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true };

export async function* zip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array, void> {
  const archive = new ZipFile();
  const out = archive.outputStream.pipe(new PassThrough());
  let reading: Readable | null = null;
  archive.on('error', (error: Error) => out.destroy(error));
  const add = async (): Promise<void> => {
    for await (const { name, text } of entries) {
      if (out.destroyed) return;
      reading = Readable.from(text, { objectMode: false });
      archive.addReadStream(reading, name, { ...NO_TIME, compressionLevel: LEVEL });
      await finished(reading);
    }
    archive.end();
  };
  const adding = add().catch((error: unknown) => void out.destroy(error instanceof Error ? error : new Error(String(error))));
  try {
    for await (const bytes of out) yield asBytes(bytes);
  } finally {
    out.destroy();
    destroy(reading);
    await adding;
  }
}

/** TypeScript narrows a variable that only a closure sets to `null`; a parameter is not narrowed. */
const destroy = (stream: Readable | null): void => void stream?.destroy();

function asBytes(chunk: unknown): Uint8Array {
  if (!(chunk instanceof Uint8Array)) throw new Error('an archive gave no bytes');
  return chunk;
}
