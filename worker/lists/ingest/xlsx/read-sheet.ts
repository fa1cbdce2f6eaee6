// The rows of one sheet, as it streams. A cell is what a person would export: text as it is, numbers as they are written in the file,
// dates as dates. Empty rows do not count.
import { LIST_CELL_MAX_CHARS, LIST_COLUMNS_MAX } from '@/lib/platform/limits';
import type { RawRow, RowBatches } from '../raw-row';
import { RowBuilder } from '../text/row-builder';
import type { CellFormats } from './cell-formats';
import { readXml, type XmlEvents } from './read-xml';
import type { SharedStrings } from './shared-strings';

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
  /** Columns of this row that were filled, those that were left out too. */
  private width = 0;
  private isBlank = true;
  /** As the sheet numbers them; rows without anything may be left out of the file. */
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
    // One over the last is enough to be noted.
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
    if (type === 'b') return value === '1' ? 'TRUE' : value === '0' ? 'FALSE' : value;
    return type === 'n' && value !== '' ? this.texts.formats.show(value, this.style) : value;
  }
}

const LINE = /^[1-9]\d{0,8}$/;
const lineOf = (reference: string | undefined): number | null => (LINE.test(reference ?? '') ? Number(reference) : null);

const A = 64;

/** "BC12" is 54, from 0; null where the cell does not say where it is. */
function columnOf(reference: string | undefined): number | null {
  let column = 0;
  for (let at = 0; reference !== undefined && at < reference.length && at < 4; at++) {
    const letter = reference.charCodeAt(at);
    if (letter <= A || letter > A + 26) break;
    column = column * 26 + letter - A;
  }
  return column === 0 ? null : column - 1;
}
