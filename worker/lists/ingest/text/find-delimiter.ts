// Which letter stands between the cells of a text, found by what it makes of the beginning: cells that are addresses and nothing else
// count most, then rows of the same length. Null: none, every line is one cell.
import { ADDRESS_INPUT_MAX_CHARS } from '@/lib/platform/limits';
import { holdsOneAtMost, splitAddresses, takeAddresses } from '@/lib/verdict/split-addresses';
import { DelimitedParser } from './delimited-parser';

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

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
export const statedDelimiter = (sample: string): { delimiter: Delimiter; chars: number } | null => {
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
