// Lines in, JSON lines out: input is read as fast as it is used and never whole; output waits for a slow reader and ends the
// program quietly when the reader has gone.
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Lines of standard input that are not blank. */
export async function* inputLines(): AsyncGenerator<string> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.trim() !== '') yield line;
  }
}

let drained: Promise<unknown> | null = null;

export async function printLine(value: unknown): Promise<void> {
  if (process.stdout.write(`${JSON.stringify(value)}\n`)) return;
  // One wait for all who print at the same time.
  drained ??= once(process.stdout, 'drain').finally(() => {
    drained = null;
  });
  await drained;
}

/** For commands that print for as long as somebody reads: `| head -1` is no error, and there is nobody left to work for. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
}
