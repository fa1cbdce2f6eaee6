// Text of any kind as rows: the encoding and the delimiter are found at its beginning, the rest streams.
import type { ListFormat } from '@/lib/lists/rules/list';
import { ADDRESS_INPUT_MAX_CHARS, LIST_CELL_MAX_CHARS } from '@/lib/platform/limits';
import { holdsOneAtMost, splitAddresses, takeAddresses, trimSeparators } from '@/lib/verdict/split-addresses';
import { withHead } from '../bytes/source-file';
import type { RowBatches, RawRow } from '../rows';
import { detectEncoding, TextDecoding } from './decode-text';
import { DelimitedParser } from './delimited-parser';

export interface Table {
  format: ListFormat;
  /** As far as it was read. */
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
  // A decoding of its own for the look ahead: the real one sees every byte once.
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

/** Lines without a delimiter are a table of one column where the file says that it is one; lines of addresses alone are no table. */
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

// Which letter stands between the cells of a text, found by what it makes of the beginning: cells that are addresses and nothing else
// count most, then rows of the same length. Null: none, every line is one cell.

export const DELIMITERS = [',', ';', '\t', '|'] as const;
type Delimiter = (typeof DELIMITERS)[number];

const ROWS_LOOKED_AT = 200;
/** Rows of the commonest length, at least. */
const SAME_LENGTH_MIN = 0.6;
const ADDRESS = /^\s*[^\s@,;|<>]+@[^\s@,;|<>]+\.[^\s@,;|<>]+\s*$/;
const IN_BRACKETS = /<\s*[^\s@,;|<>]+@[^\s@,;|<>]+\.[^\s@,;|<>]+\s*>\s*$/;
const isAddress = (text: string): boolean =>
  text.length <= ADDRESS_INPUT_MAX_CHARS && (ADDRESS.test(text) || IN_BRACKETS.test(text));
/** One, or several and nothing else. */
const isAddressCell = (cell: string): boolean => (holdsOneAtMost(cell) ? isAddress(cell) : splitAddresses(cell).every(isAddress));

interface Score {
  delimiter: Delimiter;
  /** Rows with a cell that is an address. */
  addresses: number;
  sameLength: number;
  columns: number;
}

const SEP_LINE = /^sep=([,;\t|])(?:\r\n|\r|\n)/i;

/** Some programs say it in a line of its own before all others. */
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
 * Every line holds addresses, with their names at most, and what parts them: put together from somewhere, no table. `isCut`: the sample
 * ends somewhere in its last line.
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

// Reads text with one address a line; of a line that holds several (`a@example.org, Ann <b@example.org>`) each is a row of its own.
// Quotes are letters here, as local parts may have them, unless they stand around the whole line.

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
