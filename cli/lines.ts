// Lines in, JSON lines out: input is read as fast as it is used and never whole, and no line is kept past its bound; output waits
// for a slow reader and ends the program quietly when the reader has gone. Both go in pieces of many lines, because a wait and a
// system call a line would cost more than an address without network does.
import { once } from 'node:events';

/** Longer than anything that is an address or an object with one; the rest of such a line is dropped. */
const LINE_MAX_BYTES = 65_536;
const OUTPUT_PIECE_CHARS = 65_536;
const LF = 10;
const CR = 13;

/** Lines of standard input that are not blank. */
export async function* inputLines(): AsyncGenerator<string> {
  for await (const lines of inputPieces()) yield* lines;
}

/** The same, as many at a time as came together. */
export async function* inputPieces(): AsyncGenerator<readonly string[]> {
  let rest = Buffer.alloc(0);
  const chunks: AsyncIterable<Buffer> = process.stdin;
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const { lines, end } = linesOf(bytes);
    rest = Buffer.from(bytes.subarray(end, end + LINE_MAX_BYTES));
    if (lines.length > 0) yield lines;
  }
  const last = rest.toString('utf8');
  if (last.trim() !== '') yield [last];
}

/**
 * Whole lines, and where the last one ends; the blank line inside a CR LF is dropped like any other. Each is decoded by itself: a
 * slice of a decoded chunk would keep the chunk in memory for as long as anybody remembers the domain in it.
 */
function linesOf(bytes: Buffer): { lines: string[]; end: number } {
  const lines: string[] = [];
  let end = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== LF && bytes[at] !== CR) continue;
    const line = at === end ? '' : bytes.toString('utf8', end, Math.min(at, end + LINE_MAX_BYTES));
    if (line.trim() !== '') lines.push(line);
    end = at + 1;
  }
  return { lines, end };
}

let piece = '';
let drained: Promise<unknown> | null = null;

/** A promise where the reader is slow: wait for it before more is printed. */
export const printLine = (value: unknown): Promise<unknown> | null => printJson(JSON.stringify(value));

/** What is written as JSON already. */
export function printJson(json: string): Promise<unknown> | null {
  if (piece === '') setImmediate(printPiece);
  piece += `${json}\n`;
  if (piece.length >= OUTPUT_PIECE_CHARS) printPiece();
  return drained;
}

function printPiece(): void {
  if (piece === '') return;
  const isTaken = process.stdout.write(piece);
  piece = '';
  if (isTaken) return;
  // One wait for all who print at the same time.
  drained ??= once(process.stdout, 'drain').finally(() => {
    drained = null;
  });
}

/** For commands that print for as long as somebody reads: `| head -1` is no error, and there is nobody left to work for. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
}
