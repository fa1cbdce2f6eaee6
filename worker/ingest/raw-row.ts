import type { RowProblem } from '@/lib/domain/list';

/** A row as a file holds it: its cells, cut to their limits, and what is wrong with it as a row. */
export interface RawRow {
  cells: string[];
  problem: RowProblem | null;
}

/** Rows as they come, some at a time. A reader does little between two of them, so that others have their turn. */
export type RowBatches = AsyncIterable<RawRow[]>;
