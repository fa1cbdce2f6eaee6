// Reads the rows of one sheet as it streams. Cells are what a person would export: text as it is, numbers as written in the file, dates as
// dates. Empty rows are skipped.
import {
  LIST_CELL_MAX_CHARS,
  LIST_COLUMNS_MAX,
  XLSX_SHARED_STRINGS_MAX,
  XLSX_SHARED_TEXT_MAX_BYTES,
} from '@/lib/platform/limits';
import { type RawRow, type RowBatches, RowBuilder, unreadable } from '../rows';
import { readXml, type XmlEvents, type Workbook, drain } from './open-workbook';

export interface SheetTexts {
  strings: SharedStrings | null;
  formats: CellFormats;
}

export async function* readSheet(bytes: AsyncIterable<Buffer>, texts: SheetTexts): RowBatches {
  const sheet = new SheetReader(texts);
  const events = readXml(bytes, sheet);
  try {
    for (let isDone = false; !isDone;) {
      isDone = (await events.next()).done === true;
      const rows = sheet.take();
      if (rows.length > 0) yield rows;
    }
  } finally {
    await events.return(undefined);
  }
}

class SheetReader implements XmlEvents {
  private rows: RawRow[] = [];
  private readonly row = new RowBuilder();
  /** The number of columns so far in this row, including empty ones that the file leaves out. */
  private width = 0;
  private isBlank = true;
  /** The row's number in the sheet; the file may leave out empty rows. */
  private line = 0;
  private column = 0;
  private type = 'n';
  private style = '';
  private value = '';
  private isValue = false;
  private isReading = false;

  constructor(private readonly texts: SheetTexts) {}

  take(): RawRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'c') {
      this.column = columnOf(attributes.r) ?? this.width;
      this.type = attributes.t ?? 'n';
      this.style = attributes.s ?? '0';
      this.value = '';
    } else if (name === 'v' || name === 't') this.isValue = true;
    else if (name === 'rPh') this.isReading = true;
    else if (name === 'row') {
      this.line = lineOf(attributes.r) ?? this.line + 1;
      this.width = 0;
      this.isBlank = true;
    }
  }

  text(piece: string): void {
    if (!this.isValue || this.isReading) return;
    const room = LIST_CELL_MAX_CHARS + 1 - this.value.length;
    if (room > 0) this.value += piece.slice(0, room);
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.isValue = false;
    else if (name === 'rPh') this.isReading = false;
    else if (name === 'c') this.endCell();
    else if (name === 'row') this.endRow();
  }

  private endCell(): void {
    const text = this.cellText();
    if (text === '') return;
    // One column over the limit is enough for the row to be marked.
    for (const to = Math.min(this.column, LIST_COLUMNS_MAX); this.width < to; this.width++) this.row.add('');
    this.row.add(text);
    this.width = Math.max(this.width, this.column) + 1;
    this.isBlank = false;
  }

  private endRow(): void {
    const row = this.row.take(this.line);
    if (!this.isBlank) this.rows.push(row);
  }

  private cellText(): string {
    const { type, value } = this;
    if (type === 's') return this.texts.strings?.at(Number(value)) ?? '';
    if (type === 'b') return BOOLEANS.get(value) ?? value;
    return type === 'n' && value !== '' ? this.texts.formats.show(value, this.style) : value;
  }
}

/** As a person sees them. */
const BOOLEANS: ReadonlyMap<string, string> = new Map([
  ['1', 'TRUE'],
  ['0', 'FALSE'],
]);

const LINE = /^[1-9]\d{0,8}$/;
const lineOf = (reference: string | undefined): number | null => (LINE.test(reference ?? '') ? Number(reference) : null);

const A = 64;

/** The column, from 0: "BC12" is 54. Null if the cell has no reference. */
function columnOf(reference: string | undefined): number | null {
  let column = 0;
  for (let at = 0; reference !== undefined && at < reference.length && at < 4; at++) {
    const letter = reference.charCodeAt(at);
    if (letter <= A || letter > A + 26) break;
    column = column * 26 + letter - A;
  }
  return column === 0 ? null : column - 1;
}

// Which cell formats show numbers as dates. Such numbers become ISO 8601, which other programs can read; all other numbers stay as written.

/** Date and time formats that need no definition (ECMA-376 18.8.30). */
const isBuiltInDate = (id: number): boolean => (id >= 14 && id <= 22) || (id >= 45 && id <= 47);

/** Quoted words, colors and escapes, which are removed before looking for date letters. */
const LITERALS = /"[^"]*"|\[[^\]]*\]|\\.|_./g;
const DATE_LETTERS = /[ymdhs]/i;

const DAY_MS = 86_400_000;
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** 9999-12-31 */
const DAYS_MAX = 2_958_466;

class CellFormats {
  constructor(
    private readonly dateStyles: ReadonlySet<string> = new Set(),
    private readonly epochMs = EPOCH_1900,
  ) {}

  show(value: string, style: string): string {
    if (!this.dateStyles.has(style)) return value;
    const days = Number(value);
    if (!Number.isFinite(days) || days < 0 || days >= DAYS_MAX) return value;
    const iso = new Date(this.epochMs + Math.round((days * DAY_MS) / 1_000) * 1_000).toISOString();
    if (days < 1) return iso.slice(11, 19);
    return Number.isInteger(days) ? iso.slice(0, 10) : iso.slice(0, 19);
  }
}

export interface FormatParts {
  workbook: Workbook;
  styles: string | null;
  /** Whether the workbook counts days from 1904. */
  is1904: boolean;
}

export async function readCellFormats({ workbook, styles, is1904 }: FormatParts): Promise<CellFormats> {
  const epochMs = is1904 ? EPOCH_1904 : EPOCH_1900;
  if (styles === null) return new CellFormats(new Set(), epochMs);
  const dateFormats = new Set<number>();
  const dateStyles = new Set<string>();
  let isCellStyle = false;
  let style = 0;
  const events = readXml(workbook.read(styles), {
    open: (name, attributes) => {
      const id = Number(attributes.numFmtId);
      if (name === 'numFmt' && DATE_LETTERS.test((attributes.formatCode ?? '').replace(LITERALS, ''))) dateFormats.add(id);
      else if (name === 'cellXfs') isCellStyle = true;
      else if (name === 'xf' && isCellStyle) {
        if (isBuiltInDate(id) || dateFormats.has(id)) dateStyles.add(String(style));
        style++;
      }
    },
    close: (name) => {
      if (name === 'cellXfs') isCellStyle = false;
    },
  });
  await drain(events);
  return new CellFormats(dateStyles, epochMs);
}

// The texts that a workbook's cells share, stored as UTF-8 in flat memory: the texts' bytes, plus four bytes for each text. Refuses more
// than the limits allow, so that reading a workbook has a named memory bound.

const FIRST_BYTES = 64 * 1024;
const FIRST_TEXTS = 1_024;
const MB = 1024 * 1024;

export class SharedStrings {
  private bytes = Buffer.allocUnsafe(FIRST_BYTES);
  private used = 0;
  private ends = new Uint32Array(FIRST_TEXTS);
  private count = 0;

  /** Null if there is no text with this index. */
  at(index: number): string | null {
    if (!(index >= 0 && index < this.count)) return null;
    return this.bytes.toString('utf8', index === 0 ? 0 : this.ends[index - 1], this.ends[index]);
  }

  add(text: string): void {
    const size = Buffer.byteLength(text);
    if (this.used + size > XLSX_SHARED_TEXT_MAX_BYTES || this.count >= XLSX_SHARED_STRINGS_MAX) {
      throw unreadable(
        `The workbook shares more than ${XLSX_SHARED_TEXT_MAX_BYTES / MB} MB of text or ${XLSX_SHARED_STRINGS_MAX.toLocaleString('en-US')} texts among its cells. Save it as CSV and upload that.`,
      );
    }
    this.makeRoom(size);
    this.used += this.bytes.write(text, this.used);
    this.ends[this.count++] = this.used;
  }

  private makeRoom(size: number): void {
    if (this.used + size > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * this.bytes.length, this.used + size));
      this.bytes.copy(larger, 0, 0, this.used);
      this.bytes = larger;
    }
    if (this.count === this.ends.length) {
      const larger = new Uint32Array(2 * this.ends.length);
      larger.set(this.ends);
      this.ends = larger;
    }
  }
}

export async function readSharedStrings(bytes: AsyncIterable<Buffer>): Promise<SharedStrings> {
  const strings = new SharedStrings();
  let text = '';
  let isText = false;
  /** Inside `rPh`, the phonetic reading of East Asian text, which is not part of the text. */
  let isReading = false;
  const events = readXml(bytes, {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 't') isText = true;
      else if (name === 'rPh') isReading = true;
    },
    text: (piece) => {
      if (isText && !isReading) text += piece;
    },
    close: (name) => {
      if (name === 'si') strings.add(text);
      else if (name === 't') isText = false;
      else if (name === 'rPh') isReading = false;
    },
  });
  await drain(events);
  return strings;
}
