// Rows as an XLSX workbook, streamed: the sheets first, as long as there are rows, then the parts that name them. A list of the greatest
// size fits on one sheet; where Excel's rows or a plain ZIP's 4 GB end, another sheet begins, with the header again.
import { XLSX_SHEET_MAX_BYTES, XLSX_SHEET_MAX_ROWS } from '@/lib/domain/limits';
import type { Cell, ExportedRow } from './exported-row';
import { SHEET_END, SHEET_HEAD, sheetRow } from './sheet-markup';
import { zip, type ZipEntry } from './zip';

export interface SheetLimits {
  rows: number;
  bytes: number;
}

const LIMITS: SheetLimits = { rows: XLSX_SHEET_MAX_ROWS, bytes: XLSX_SHEET_MAX_BYTES };

export function encodeXlsx(
  names: readonly string[],
  batches: AsyncIterable<readonly ExportedRow[]>,
  limits = LIMITS,
): AsyncGenerator<Uint8Array, void> {
  return zip(entriesOf(names, batches, limits));
}

/** Rows that are still to be written, whichever sheet they get to. */
interface Rest {
  batches: AsyncIterator<readonly ExportedRow[]>;
  batch: readonly ExportedRow[];
  /** Of the batch. */
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
    // Three bytes a character at most; most have one.
    for (; rest.at < rest.batch.length && rows < limits.rows && (chars + text.length) * 3 < limits.bytes; rest.at++)
      text += sheetRow(cellsOf(rest.batch[rest.at]), ++rows);
    if (text === '') break;
    chars += text.length;
    yield text;
  }
  yield SHEET_END;
}

/** False where there are no more rows. */
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

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SHEETS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

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
