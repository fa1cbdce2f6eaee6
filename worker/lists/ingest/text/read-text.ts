// Reads text of any kind as rows. The encoding and the delimiter are determined at its beginning; the rest is streamed.
import type { ListFormat } from '@/lib/lists/rules/list';
import { ADDRESS_INPUT_MAX_CHARS, LIST_CELL_MAX_CHARS } from '@/lib/platform/limits';
import { holdsOneAtMost, splitAddresses, takeAddresses, trimSeparators } from '@/lib/verdict/split-addresses';
import { withHead } from '../bytes/source-file';
import type { RowBatches, RawRow } from '../rows';
import { detectEncoding, TextDecoding } from './decode-text';
import { DelimitedParser } from './delimited-parser';

export interface Table {
  format: ListFormat;
  /** The encoding, as far as the file has been read. */
  encoding(): string | null;
  delimiter: string | null;
  rows: RowBatches;
}

export interface TextHints {
  fileName: string | null;
  isPasted: boolean;
}

const SAMPLE_CHARS = 64 * 1024;

export async function readText(bytes: AsyncIterable<Buffer>, hints: TextHints): Promise<Table> {
  const { head, slices } = await withHead(bytes);
  const { encoding, skipBytes } = detectEncoding(head);
  // The sample has its own decoder, because the real one must see every byte exactly once.
  const sample = new TextDecoding(encoding).push(head.subarray(skipBytes)).slice(0, SAMPLE_CHARS);
  const decoding = new TextDecoding(encoding);
  const stated = statedDelimiter(sample);
  const delimiter = stated?.delimiter ?? findDelimiter(stated === null ? sample : sample.slice(stated.chars));
  const shape = shapeOf(sample, delimiter, hints);
  const parser =
    shape.format === 'txt' ? new LinesParser() : new DelimitedParser(shape.delimiter ?? ',', stated === null ? 1 : 2);
  return {
    ...shape,
    encoding: () => decoding.encoding,
    rows: parse({ slices, skipBytes, decoding, skipChars: stated?.chars ?? 0 }, parser),
  };
}

/** Lines without a delimiter are a table of one column only if the file name says so. Lines with nothing but addresses are not a table. */
function shapeOf(
  sample: string,
  delimiter: Delimiter | null,
  { fileName, isPasted }: TextHints,
): { format: 'csv' | 'tsv' | 'txt'; delimiter: string | null } {
  const isLoose = isPasted || /\.te?xt(\.gz)?$/i.test(fileName ?? '');
  if (delimiter !== null && !(isLoose && isAddressesOnly(sample, sample.length >= SAMPLE_CHARS))) {
    return { format: delimiter === '\t' ? 'tsv' : 'csv', delimiter };
  }
  if (isLoose || delimiter !== null) return { format: 'txt', delimiter: null };
  const isTsv = /\.(tsv|tab)(\.gz)?$/i.test(fileName ?? '');
  return /\.csv(\.gz)?$/i.test(fileName ?? '') || isTsv
    ? { format: isTsv ? 'tsv' : 'csv', delimiter: isTsv ? '\t' : ',' }
    : { format: 'txt', delimiter: null };
}

interface Decodable {
  slices: AsyncIterable<Buffer>;
  skipBytes: number;
  decoding: TextDecoding;
  skipChars: number;
}

async function* parse({ slices, skipBytes, decoding, skipChars }: Decodable, parser: DelimitedParser | LinesParser): RowBatches {
  let bytesToSkip = skipBytes;
  let charsToSkip = skipChars;
  for await (const slice of slices) {
    const text = decoding.push(bytesToSkip > 0 ? slice.subarray(bytesToSkip) : slice);
    bytesToSkip = 0;
    const rows = parser.push(charsToSkip > 0 ? text.slice(charsToSkip) : text);
    charsToSkip = 0;
    if (rows.length > 0) yield rows;
  }
  const rows = [...parser.push(decoding.end()), ...parser.end()];
  if (rows.length > 0) yield rows;
}

// Determines the delimiter of a text by how its beginning would be split: cells that are entirely addresses count most, then rows of the
// same length. Null if there is none and every line is one cell.

export const DELIMITERS = [',', ';', '\t', '|'] as const;
type Delimiter = (typeof DELIMITERS)[number];

const ROWS_LOOKED_AT = 200;
/** The least share of rows with the most common length. */
const SAME_LENGTH_MIN = 0.6;
const ADDRESS = /^\s*[^\s@,;|<>]+@[^\s@,;|<>]+\.[^\s@,;|<>]+\s*$/;
const IN_BRACKETS = /<\s*[^\s@,;|<>]+@[^\s@,;|<>]+\.[^\s@,;|<>]+\s*>\s*$/;
const isAddress = (text: string): boolean =>
  text.length <= ADDRESS_INPUT_MAX_CHARS && (ADDRESS.test(text) || IN_BRACKETS.test(text));
/** Whether the cell is one address, or several and nothing else. */
const isAddressCell = (cell: string): boolean => (holdsOneAtMost(cell) ? isAddress(cell) : splitAddresses(cell).every(isAddress));

interface Score {
  delimiter: Delimiter;
  /** The number of rows with a cell that is an address. */
  addresses: number;
  sameLength: number;
  columns: number;
}

const SEP_LINE = /^sep=([,;\t|])(?:\r\n|\r|\n)/i;

/** Some programs name the delimiter in a separate first line, such as `sep=;`. */
const statedDelimiter = (sample: string): { delimiter: Delimiter; chars: number } | null => {
  const [line = '', letter] = SEP_LINE.exec(sample) ?? [];
  const delimiter = DELIMITERS.find((known) => known === letter);
  return delimiter === undefined ? null : { delimiter, chars: line.length };
};

export function findDelimiter(sample: string): Delimiter | null {
  const scores = DELIMITERS.map((delimiter) => score(sample, delimiter)).filter(
    ({ columns, sameLength }) => columns > 1 && sameLength >= SAME_LENGTH_MIN,
  );
  scores.sort((a, b) => b.addresses - a.addresses || b.sameLength - a.sameLength || b.columns - a.columns);
  return scores[0]?.delimiter ?? null;
}

function score(sample: string, delimiter: Delimiter): Score {
  const rows = new DelimitedParser(delimiter).push(sample).slice(0, ROWS_LOOKED_AT);
  const lengths = new Map<number, number>();
  for (const { cells } of rows) lengths.set(cells.length, (lengths.get(cells.length) ?? 0) + 1);
  const [columns, count] = [...lengths].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
  const addresses = rows.filter(({ cells }) => cells.some(isAddressCell)).length;
  return { delimiter, addresses, sameLength: rows.length === 0 ? 0 : count / rows.length, columns };
}

const LINE_END = /\r\n|\r|\n/;
const BETWEEN = /^[\s,;|"]*$/;

/**
 * Whether every line consists only of addresses, possibly with names, and separators: then it is a pasted collection, not a table. `isCut`:
 * the sample ends within its last line.
 */
export function isAddressesOnly(sample: string, isCut: boolean): boolean {
  const lines = sample.split(LINE_END).filter((line) => line.trim() !== '');
  const last = isCut ? lines.pop() : undefined;
  if (lines.length > 0) return lines.slice(0, ROWS_LOOKED_AT).every(isAddressLine);
  const { addresses } = takeAddresses(last ?? '');
  return addresses.length > 0 && addresses.every(isAddress);
}

function isAddressLine(line: string): boolean {
  const found = splitAddresses(line);
  return found.every(isAddress) && BETWEEN.test(found.reduce((left, address) => left.replace(address, ''), line));
}

// Reads text with one address per line. If a line has several (`a@example.org, Ann <b@example.org>`), each becomes a row. Quotes are
// ordinary characters here, since local parts may contain them, unless they enclose the whole line.

const LONG_LINE_CHARS = 4_096;

export class LinesParser {
  private open = '';
  private line = 1;

  push(piece: string): RawRow[] {
    // A CRLF may be cut in two, so a final CR waits for the next piece.
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
    // A very long line: addresses that can no longer change are taken, however long the line gets.
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

/** One of several addresses; it may be longer than a cell. */
const toRow = (text: string, line: number): RawRow =>
  text.length > LIST_CELL_MAX_CHARS
    ? { cells: [text.slice(0, LIST_CELL_MAX_CHARS)], problem: 'cell_too_long', line }
    : { cells: [text], problem: null, line };
