import type { RowProblem } from '@/lib/lists/rules/list';

/** A row as a file holds it: its cells, cut to their limits, and what is wrong with it as a row. */
export interface RawRow {
  cells: string[];
  problem: RowProblem | null;
  /** Where it begins in the file, from 1, as an editor or a spreadsheet numbers it. Rows of one line share its number. */
  line: number;
}

/** Rows as they come, some at a time. A reader does little between two of them, so that others have their turn. */
export type RowBatches = AsyncIterable<RawRow[]>;
