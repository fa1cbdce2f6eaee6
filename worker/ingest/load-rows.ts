// Reads all rows of a table into the database, sorted and counted, some thousand at a time, telling how far it is a few times a second.
// Stops when nobody waits for the list any more, and refuses more rows than a list may have.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RowsInCopy } from '@/lib/data/list-file';
import { LIST_NOTICES_A_SECOND, LIST_ROWS_MAX } from '@/lib/domain/limits';
import { RowSorter, type RowCounts } from '@/lib/domain/sort-rows';
import { toCopyLine } from './copy-lines';
import { FileProblem } from './file-problem';
import type { RowBatches } from './raw-row';

export interface Load {
  listId: string;
  rows: RowBatches;
  /** The first row names the columns. */
  hasHeader: boolean;
  emailColumn: number;
  into: RowsInCopy;
  now(): number;
  /** False: stop. */
  tell(rows: number): Promise<boolean>;
}

const TELL_EVERY_MS = 1_000 / LIST_NOTICES_A_SECOND;
/** Between two turns of others. */
const ROWS_AT_ONCE = 250;

/** Null where it was stopped. */
export async function loadRows(load: Load): Promise<RowCounts | null> {
  const sorter = new RowSorter({ column: load.emailColumn });
  let skip = load.hasHeader ? 1 : 0;
  let toldAt = load.now();
  for await (const batch of load.rows) {
    for (let from = skip; from < batch.length; from += ROWS_AT_ONCE) {
      let lines = '';
      for (const { cells, problem } of batch.slice(from, from + ROWS_AT_ONCE)) {
        lines += toCopyLine(load.listId, sorter.sort(cells, problem), cells);
      }
      if (sorter.counts.rows > LIST_ROWS_MAX) throw tooManyRows();
      await load.into.write(lines);
      await nextTurn();
    }
    skip = Math.max(0, skip - batch.length);
    if (load.now() - toldAt < TELL_EVERY_MS) continue;
    if (!(await load.tell(sorter.counts.rows))) return null;
    toldAt = load.now();
  }
  return sorter.counts;
}

const tooManyRows = (): FileProblem =>
  new FileProblem(
    'too_many_rows',
    `The file has more than ${LIST_ROWS_MAX.toLocaleString('en-US')} rows. Split it and upload the parts.`,
  );
