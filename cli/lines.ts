// Lines in, JSON lines out: input is read as fast as it is used and never whole; output waits for a slow reader.
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Lines of standard input that are not blank. */
export async function* inputLines(): AsyncGenerator<string> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.trim() !== '') yield line;
  }
}

export async function printLine(value: unknown): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(value)}\n`)) await once(process.stdout, 'drain');
}
