// Text of any kind as rows: the encoding and the delimiter are found at its beginning, the rest streams.
import type { ListFormat } from '@/lib/lists/rules/list';
import type { RowBatches } from './raw-row';
import { detectEncoding, TextDecoding } from './text/decode-text';
import { DelimitedParser } from './text/delimited-parser';
import { findDelimiter, isAddressesOnly, statedDelimiter, type Delimiter } from './text/find-delimiter';
import { LinesParser } from './text/lines-parser';
import { withHead } from './bytes/source-file';

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
