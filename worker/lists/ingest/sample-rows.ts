// The first rows of a table, to look at before all of it is read, and the table with them still in it.
import type { RawRow, RowBatches } from './raw-row';

const SAMPLE_ROWS = 500;
const SAMPLE_CHARS = 1024 * 1024;

export interface Sampled {
  sample: RawRow[];
  rows: RowBatches;
  /** For who does not want the rest. */
  close: () => Promise<void>;
}

export async function sampleRows(batches: RowBatches): Promise<Sampled> {
  const iterator = batches[Symbol.asyncIterator]();
  const read: RawRow[] = [];
  let chars = 0;
  while (read.length < SAMPLE_ROWS && chars < SAMPLE_CHARS) {
    const next = await iterator.next();
    if (next.done === true) break;
    for (const row of next.value) {
      read.push(row);
      for (const cell of row.cells) chars += cell.length;
    }
  }
  const close = async (): Promise<void> => {
    await iterator.return?.();
  };
  return { sample: read.slice(0, SAMPLE_ROWS), rows: goOn(read, iterator), close };
}

async function* goOn(first: RawRow[], iterator: AsyncIterator<RawRow[]>): RowBatches {
  try {
    if (first.length > 0) yield first;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}
