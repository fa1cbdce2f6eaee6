// Parses delimited text as it streams: RFC 4180 with any delimiter and line end, and the variants that programs write. Guarantees: the rows
// do not depend on how the text is cut into pieces, and memory is at most one row. A quote that is not closed within the length of a cell
// is read as an ordinary character, so that one slip does not swallow the rest of a file.
import { LIST_CELL_MAX_CHARS } from '@/lib/platform/limits';
import { type RawRow, RowBuilder } from '../rows';

const QUOTE = 34;
const LF = 10;
const CR = 13;
/** Every character of a cell may be a quote, which is written twice. */
const QUOTED_MAX_CHARS = 2 * LIST_CELL_MAX_CHARS + 2;

type Place = 'cell start' | 'plain' | 'quoted' | 'after quote';

export class DelimitedParser {
  private readonly delimiterCode: number;
  private readonly row = new RowBuilder();
  private place: Place = 'cell start';
  /** The cell cut by the end of a piece: its text so far; for a quoted cell the text inside the quotes, with quotes still doubled. */
  private cell = '';
  private quoted = '';
  /** Set if a piece ended in CR, since a CRLF may be cut in two. */
  private skipsLineFeed = false;
  /** The number of line ends inside the row's quoted cells. */
  private moreLines = 0;

  /** `line` is the line of the file where the text begins. */
  constructor(
    delimiter: string,
    private line = 1,
  ) {
    this.delimiterCode = delimiter.charCodeAt(0);
  }

  /** Returns the rows that end in this piece. */
  push(piece: string): RawRow[] {
    const rows: RawRow[] = [];
    this.read(piece, rows);
    return rows;
  }

  /** Returns the rows that end only with the file. */
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

  /** Reads up to the end of the cell or of the piece. */
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
      // One character over the limit is enough to know that the cell is too long.
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

  /** The text between quotes is the beginning of the cell; text after the closing quote is appended as it is. */
  private unquote(): void {
    this.moreLines += countLineEnds(this.quoted);
    this.cell = this.quoted.includes('"') ? this.quoted.replaceAll('""', '"') : this.quoted;
    this.quoted = '';
    this.place = 'plain';
  }

  /** The cell began with a quote that is never closed: reads it again from there, with the quote as an ordinary character. */
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
