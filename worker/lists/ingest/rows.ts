// What file readers return: rows of cells, in batches, with a sample of the first ones; or the reason that a file cannot be read.
import type { RowProblem, ListFailure } from '@/lib/lists/rules/list';
import { LIST_CELL_MAX_CHARS, LIST_COLUMNS_MAX, LIST_ROW_MAX_CHARS } from '@/lib/platform/limits';

/** A row of a file: its cells, cut to their limits, and what is wrong with it as a row. */
export interface RawRow {
  cells: string[];
  problem: RowProblem | null;
  /** The line where it begins, from 1, as an editor or a spreadsheet numbers it. Rows from one line share its number. */
  line: number;
}

/** Rows as they come, in batches. A reader does little work between two batches, so that other work gets its turn. */
export type RowBatches = AsyncIterable<RawRow[]>;

// Why a file cannot be read as a list: a code, and the sentence that its owner reads. Readers throw it, and it is caught once, where the
// list is marked as failed.

export class FileProblem extends Error {
  constructor(
    readonly failure: ListFailure,
    /** One sentence for people. */
    readonly detail: string,
  ) {
    super(detail);
    this.name = 'FileProblem';
  }
}

export const unreadable = (detail: string): FileProblem => new FileProblem('unreadable_file', detail);

// The first rows of a table, to examine before all of it is read, and a stream that still includes them.

const SAMPLE_ROWS = 500;
const SAMPLE_CHARS = 1024 * 1024;

export interface Sampled {
  sample: RawRow[];
  rows: RowBatches;
  /** For callers that do not want the rest. */
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

// Builds rows from cells within a file's limits. Anything over a limit is cut off and noted, so that no cell or row ever takes more memory
// than its limit, however large it is in the file.

export class RowBuilder {
  private cells: string[] = [];
  private chars = 0;
  private problem: RowProblem | null = null;

  get isEmpty(): boolean {
    return this.cells.length === 0;
  }

  /** A `cell` over the limit may already be cut, but only to a length that is still over the limit. */
  add(cell: string): void {
    if (this.cells.length >= LIST_COLUMNS_MAX) {
      this.problem ??= 'too_many_cells';
      return;
    }
    const isTooLong = cell.length > LIST_CELL_MAX_CHARS;
    if (isTooLong) this.problem ??= 'cell_too_long';
    const kept = isTooLong ? cell.slice(0, LIST_CELL_MAX_CHARS) : cell;
    this.chars += kept.length + 1;
    if (this.chars > LIST_ROW_MAX_CHARS) this.problem ??= 'row_too_long';
    else this.cells.push(kept);
  }

  /** Returns the row, which began at this line, and begins a new one. */
  take(line: number): RawRow {
    const row = { cells: this.cells, problem: this.problem, line };
    this.cells = [];
    this.chars = 0;
    this.problem = null;
    return row;
  }
}
