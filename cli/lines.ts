// Lines in, JSON lines out. Input is read only as fast as it is used and never whole, and no line is kept beyond its bound. Output waits
// for a slow reader and ends the program quietly when the reader is gone. Both work on pieces of many lines, because a wait and a system
// call for each line would cost more than checking an address offline.
import { once } from 'node:events';

/** Longer than any address or object with one. The rest of a longer line is dropped. */
const LINE_MAX_BYTES = 65_536;
const OUTPUT_PIECE_CHARS = 65_536;
const LF = 10;
const CR = 13;

/** The lines of standard input that are not blank. */
export async function* inputLines(): AsyncGenerator<string> {
  for await (const lines of inputPieces()) yield* lines;
}

/** The same, in groups of lines that arrived together. */
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
 * The whole lines, and where the last one ends. The blank line inside a CR LF is dropped like any other. Each line is decoded separately:
 * a slice of a decoded chunk would keep the whole chunk in memory for as long as the domain in it is remembered.
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

/** Returns a promise if the reader is slow: await it before printing more. */
export const printLine = (value: unknown): Promise<unknown> | null => printJson(JSON.stringify(value));

/** The same for text that is JSON already. */
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
  // Everyone who prints at the same time shares one wait.
  drained ??= once(process.stdout, 'drain').finally(() => {
    drained = null;
  });
}

/** For commands that print until nobody reads: `| head -1` is not an error, and there is no point in going on. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
}
