// Workbooks as spreadsheet programs write them: texts shared, parts in the usual places. For tests and measurements of reading.
import { zip } from '@/lib/lists/export/encode';

const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

export interface SheetPart {
  name: string;
  /** Inside `sheetData`, in pieces. */
  markup: Iterable<string>;
  isHidden?: boolean;
}

export interface WorkbookToMake {
  sheets: readonly SheetPart[];
  sharedStrings?: Iterable<string>;
  styles?: string;
  workbookPr?: string;
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export function makeXlsx({
  sheets,
  sharedStrings = [],
  styles = '',
  workbookPr = '',
}: WorkbookToMake): AsyncGenerator<Uint8Array> {
  const links = sheets.map(
    (_, at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  const names = sheets.map(
    ({ name, isHidden }, at) =>
      `<sheet name="${escape(name)}" sheetId="${at + 1}"${isHidden === true ? ' state="hidden"' : ''} r:id="rId${at + 1}"/>`,
  );
  const entry = (name: string, ...text: string[]) => ({ name, text: inPieces(text) });
  const parts = async function* () {
    yield entry(
      '_rels/.rels',
      `<Relationships xmlns="${RELATIONS}"><Relationship Id="r" Type="${OFFICE}/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
    );
    yield entry(
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${workbookPr}<sheets>${names.join('')}</sheets></workbook>`,
    );
    yield entry(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${RELATIONS}">${links.join('')}<Relationship Id="s" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="t" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    );
    for (const [at, { markup }] of sheets.entries()) {
      const text = inPieces([`<worksheet xmlns="${MAIN}"><sheetData>`], markup, ['</sheetData></worksheet>']);
      yield { name: `xl/worksheets/sheet${at + 1}.xml`, text };
    }
    yield { name: 'xl/sharedStrings.xml', text: inPieces([`<sst xmlns="${MAIN}">`], shared(sharedStrings), ['</sst>']) };
    yield entry('xl/styles.xml', `<styleSheet xmlns="${MAIN}">${styles}</styleSheet>`);
    await Promise.resolve();
  };
  return zip(parts());
}

function* shared(texts: Iterable<string>): Generator<string> {
  for (const text of texts) yield `<si><t>${escape(text)}</t></si>`;
}

async function* inPieces(...many: Iterable<string>[]): AsyncGenerator<string, void> {
  for (const pieces of many) {
    let text = '';
    for (const piece of pieces) {
      text += piece;
      if (text.length < 64 * 1024) continue;
      yield await Promise.resolve(text);
      text = '';
    }
    if (text !== '') yield text;
  }
}

const letterOf = (column: number): string => String.fromCharCode(65 + column);

/** Rows of cells with inline strings. */
export function* inlineRows(rows: Iterable<readonly string[]>): Generator<string> {
  let n = 0;
  for (const cells of rows) {
    n++;
    const markup = cells.map((cell, at) => `<c r="${letterOf(at)}${n}" t="inlineStr"><is><t>${escape(cell)}</t></is></c>`);
    yield `<row r="${n}">${markup.join('')}</row>`;
  }
}

/** Rows of cells with shared strings, one for each cell, in the cells' order. */
export function* sharedRows(rows: Iterable<readonly string[]>): Generator<string> {
  let n = 0;
  let index = 0;
  for (const cells of rows) {
    n++;
    yield `<row r="${n}">${cells.map((_, at) => `<c r="${letterOf(at)}${n}" t="s"><v>${index++}</v></c>`).join('')}</row>`;
  }
}

export async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}
