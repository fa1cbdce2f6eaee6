// Reads text with one address a line; of a line that holds several (`a@example.org, Ann <b@example.org>`) each is a row of its own.
// Quotes are letters here, as local parts may have them, unless they stand around the whole line.
import { LIST_CELL_MAX_CHARS } from '@/lib/platform/limits';
import { holdsOneAtMost, splitAddresses, takeAddresses, trimSeparators } from '@/lib/verdict/split-addresses';
import type { RawRow } from '../raw-row';

const LINE_END = /\r\n|\r|\n/;
const LONG_LINE_CHARS = 4_096;

export class LinesParser {
  private open = '';
  private line = 1;

  push(piece: string): RawRow[] {
    // A line end may be cut in two: the first half waits for the second.
    const lines = (this.open + piece).split(LINE_END);
    const waits = piece.endsWith('\r');
    const rest = lines.pop() ?? '';
    if (waits) {
      this.open = `${lines.pop() ?? ''}\r`;
      return lines.flatMap((line) => this.endLine(line));
    }
    const rows = lines.flatMap((line) => this.endLine(line));
    if (rest.length < LONG_LINE_CHARS) {
      this.open = rest;
      return rows;
    }
    // A line without end: what can't change any more is taken, however long it is.
    const taken = takeAddresses(rest);
    this.open = taken.rest.slice(0, LIST_CELL_MAX_CHARS + 1);
    return [...rows, ...taken.addresses.map((address) => toRow(address, this.line))];
  }

  end(): RawRow[] {
    const rows = this.endLine(this.open.endsWith('\r') ? this.open.slice(0, -1) : this.open);
    this.open = '';
    return rows;
  }

  private endLine(line: string): RawRow[] {
    return toRows(line, this.line++);
  }
}

function toRows(line: string, no: number): RawRow[] {
  const text = line.trim();
  if (text === '' || trimSeparators(text.slice(0, LONG_LINE_CHARS)) === '') return [];
  const addresses = holdsOneAtMost(text) ? [] : splitAddresses(text);
  if (addresses.length > 1) return addresses.map((address) => toRow(address, no));
  return line.length > LIST_CELL_MAX_CHARS
    ? [{ cells: [line.slice(0, LIST_CELL_MAX_CHARS)], problem: 'cell_too_long', line: no }]
    : [{ cells: [QUOTED_LINE.exec(text)?.[1] ?? line], problem: null, line: no }];
}

const QUOTED_LINE = /^"([^"]*)"$/;

/** One among several, which may be longer than a cell. */
const toRow = (text: string, line: number): RawRow =>
  text.length > LIST_CELL_MAX_CHARS
    ? { cells: [text.slice(0, LIST_CELL_MAX_CHARS)], problem: 'cell_too_long', line }
    : { cells: [text], problem: null, line };
