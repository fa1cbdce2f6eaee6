// Reads text with one address a line; of a line that holds several and nothing else ("a@example.org, b@example.org") each is a row of
// its own. Quotes are letters here, as local parts may have them, unless they stand around the whole line.
import { LIST_CELL_MAX_CHARS } from '@/lib/domain/limits';
import type { RawRow } from '../raw-row';

const LINE_END = /\r\n|\r|\n/;
const BETWEEN = /[\s,;]+/;
const LONG_LINE_CHARS = 4_096;

export class LinesParser {
  private line = '';

  push(piece: string): RawRow[] {
    // A line end may be cut in two: the first half waits for the second.
    const lines = (this.line + piece).split(LINE_END);
    const waits = piece.endsWith('\r');
    const rest = lines.pop() ?? '';
    if (waits) {
      this.line = `${lines.pop() ?? ''}\r`;
      return lines.flatMap(toRows);
    }
    const { rows, open } = takeAddresses(rest);
    this.line = open.slice(0, LIST_CELL_MAX_CHARS + 1);
    return [...lines.flatMap(toRows), ...rows];
  }

  end(): RawRow[] {
    const rows = toRows(this.line.endsWith('\r') ? this.line.slice(0, -1) : this.line);
    this.line = '';
    return rows;
  }
}

/** Of a line without end, once it is that long: all addresses but the last, which may go on in the next piece. */
function takeAddresses(line: string): { rows: RawRow[]; open: string } {
  if (line.length < LONG_LINE_CHARS) return { rows: [], open: line };
  const parts = line.split(BETWEEN);
  const open = parts.pop() ?? '';
  const isTaken = parts.length > 0 && parts.every((part) => part === '' || part.includes('@'));
  return isTaken ? { rows: toRows(parts.join(' ')), open } : { rows: [], open: line };
}

function toRows(line: string): RawRow[] {
  const text = line.trim();
  if (text === '') return [];
  if (text.indexOf('@') !== text.lastIndexOf('@')) {
    const parts = text.split(BETWEEN).filter((part) => part !== '');
    if (parts.every((part) => part.includes('@'))) return parts.map((part) => toRow(part, part));
  }
  return line.length > LIST_CELL_MAX_CHARS
    ? [{ cells: [line.slice(0, LIST_CELL_MAX_CHARS)], problem: 'cell_too_long' }]
    : [toRow(text, line)];
}

const QUOTED_LINE = /^"([^"]*)"$/;

const toRow = (text: string, line: string): RawRow => ({ cells: [QUOTED_LINE.exec(text)?.[1] ?? line], problem: null });
