// Puts cells together to rows within the limits of a file. What is over a limit is cut off and noted, so that no cell and no row ever
// takes more memory than its limit, however large it is in the file.
import { LIST_CELL_MAX_CHARS, LIST_COLUMNS_MAX, LIST_ROW_MAX_CHARS } from '@/lib/platform/limits';
import type { RowProblem } from '@/lib/lists/rules/list';
import type { RawRow } from '../raw-row';

export class RowBuilder {
  private cells: string[] = [];
  private chars = 0;
  private problem: RowProblem | null = null;

  get isEmpty(): boolean {
    return this.cells.length === 0;
  }

  /** `cell` may be cut already where it is longer than its limit, but then is longer by at least one. */
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

  /** The row, which began at this line; and a new one begins. */
  take(line: number): RawRow {
    const row = { cells: this.cells, problem: this.problem, line };
    this.cells = [];
    this.chars = 0;
    this.problem = null;
    return row;
  }
}
