// Reads delimited text as it streams in: RFC 4180 with any delimiter and line end, and what programs make of it. Promises the same rows
// however the text is cut into pieces, and memory of one row at most. A quote that is never closed (within the length of a cell) was
// none: it is read as a letter, so that one slip does not swallow the rest of a file.
import { LIST_CELL_MAX_CHARS } from '@/lib/platform/limits';
import { type RawRow, RowBuilder } from '../rows';

const QUOTE = 34;
const LF = 10;
const CR = 13;
/** Every letter of a cell may be a quote, which is written twice. */
const QUOTED_MAX_CHARS = 2 * LIST_CELL_MAX_CHARS + 2;

type Place = 'cell start' | 'plain' | 'quoted' | 'after quote';

export class DelimitedParser {
  private readonly delimiterCode: number;
  private readonly row = new RowBuilder();
  private place: Place = 'cell start';
  /** Of the cell that the end of a piece cut: its text so far, and of a quoted one what is inside the quotes, still doubled. */
  private cell = '';
  private quoted = '';
  /** A line end of two letters may be cut in two. */
  private skipsLineFeed = false;
  /** Line ends inside the quoted cells of the row. */
  private moreLines = 0;

  /** `line`: of the file, where the text begins. */
  constructor(
    delimiter: string,
    private line = 1,
  ) {
    this.delimiterCode = delimiter.charCodeAt(0);
  }

  /** The rows that end in this piece. */
  push(piece: string): RawRow[] {
    const rows: RawRow[] = [];
    this.read(piece, rows);
    return rows;
  }

  /** The rows that nothing but the end of the file ended. */
  end(): RawRow[] {
    const rows: RawRow[] = [];
    while (this.place === 'quoted') this.takeQuoteForLetter('', rows);
    if (this.place !== 'cell start' || !this.row.isEmpty) this.endRow(rows);
    return rows;
  }

  private read(piece: string, rows: RawRow[]): void {
    let at = 0;
    if (this.skipsLineFeed && piece.length > 0) {
      this.skipsLineFeed = false;
      if (piece.charCodeAt(0) === LF) at = 1;
    }
    while (at < piece.length) {
      if (this.place === 'quoted') at = this.readQuoted(piece, at, rows);
      else if (this.place === 'after quote' && piece.charCodeAt(at) === QUOTE) {
        this.quoted += '""';
        this.place = 'quoted';
        at++;
      } else if (this.place === 'cell start' && piece.charCodeAt(at) === QUOTE) {
        this.place = 'quoted';
        at++;
      } else at = this.readPlain(piece, at, rows);
    }
  }

  /** Up to the end of the cell, or of the piece. */
  private readPlain(piece: string, from: number, rows: RawRow[]): number {
    if (this.place === 'after quote') this.unquote();
    const { delimiterCode } = this;
    let at = from;
    let code = 0;
    for (; at < piece.length; at++) {
      code = piece.charCodeAt(at);
      if (code === delimiterCode || code === LF || code === CR) break;
    }
    if (this.place === 'cell start' && at < piece.length) {
      this.row.add(piece.slice(from, at));
    } else {
      // One letter more than a cell may have is enough to know that it is too long.
      const room = LIST_CELL_MAX_CHARS + 1 - this.cell.length;
      if (room > 0) this.cell += piece.slice(from, Math.min(at, from + room));
      if (at === piece.length) {
        this.place = 'plain';
        return at;
      }
      this.row.add(this.cell);
      this.cell = '';
    }
    this.place = 'cell start';
    return code === delimiterCode ? at + 1 : this.afterLineEnd(piece, at, rows);
  }

  private afterLineEnd(piece: string, at: number, rows: RawRow[]): number {
    this.finishRow(rows);
    if (piece.charCodeAt(at) !== CR) return at + 1;
    if (at + 1 === piece.length) this.skipsLineFeed = true;
    return piece.charCodeAt(at + 1) === LF ? at + 2 : at + 1;
  }

  private finishRow(rows: RawRow[]): void {
    const row = this.row.take(this.line);
    this.line += 1 + this.moreLines;
    this.moreLines = 0;
    if (row.cells.length > 1 || row.cells[0] !== '' || row.problem !== null) rows.push(row);
  }

  private endRow(rows: RawRow[]): void {
    if (this.place === 'after quote') this.unquote();
    this.row.add(this.cell);
    this.cell = '';
    this.place = 'cell start';
    this.finishRow(rows);
  }

  private readQuoted(piece: string, from: number, rows: RawRow[]): number {
    const close = piece.indexOf('"', from);
    const to = close === -1 ? piece.length : close;
    this.quoted += piece.slice(from, to);
    if (this.quoted.length > QUOTED_MAX_CHARS) {
      this.takeQuoteForLetter(piece.slice(to), rows);
      return piece.length;
    }
    if (close !== -1) this.place = 'after quote';
    return close === -1 ? to : to + 1;
  }

  /** What stood between quotes is the beginning of the cell; what follows a closing quote is taken as it is. */
  private unquote(): void {
    this.moreLines += countLineEnds(this.quoted);
    this.cell = this.quoted.includes('"') ? this.quoted.replaceAll('""', '"') : this.quoted;
    this.quoted = '';
    this.place = 'plain';
  }

  /** The cell began with a quote that nothing closes: read again from there, the quote as a letter. */
  private takeQuoteForLetter(rest: string, rows: RawRow[]): void {
    const text = this.quoted + rest;
    this.quoted = '';
    this.cell = '"';
    this.place = 'plain';
    this.read(text, rows);
  }
}

function countLineEnds(text: string): number {
  if (!text.includes('\n') && !text.includes('\r')) return 0;
  return text.split(/\r\n|\r|\n/).length - 1;
}
