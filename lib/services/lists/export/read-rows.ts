// The rows of an export, batch after batch, the next one read while the last is being written. Promises an error, never a file that looks
// whole, where the rows were deleted meanwhile.
import { readExportWindow, type ExportRow, type ExportWindow, type WhichRows } from '@/lib/data/list-export';
import { findListRun } from '@/lib/data/list-run';
import type { Scope } from '@/lib/data/scope';

export interface RowsToRead {
  listId: string;
  /** Of the file: where to stop. */
  rows: number;
  which: WhichRows;
}

export async function* readRows(scope: Scope, { listId, rows, which }: RowsToRead): AsyncGenerator<ExportRow[], void> {
  const read = (after: number): Promise<ExportWindow> | null => {
    if (after >= rows) return null;
    const window = readExportWindow(scope, { listId, after }, which);
    // Asked for ahead: where nobody comes for it any more, its failure is nobody's.
    window.catch(() => undefined);
    return window;
  };
  for (let next = read(0); next !== null;) {
    const window = await next;
    next = read(window.upTo);
    if (window.rows.length > 0) yield window.rows;
  }
  const list = await findListRun(listId);
  if (list === null || list.state === 'expired') throw new Error(`the rows of ${listId} were deleted while they were exported`);
}
