// Reads the file of a list: finds out what it is, loads its rows, counts what they can cost, and makes the list ready or fails it with a
// sentence. Promises that it may be killed and run again at any moment: it begins by deleting what an earlier attempt left, and the same
// file always gives the same rows; a list that was cancelled meanwhile keeps none.
import { openListFile, type ListFile } from '@/lib/data/list-file';
import { findIntakeOfTask, writeFileFacts, writeProgress, type IntakeList } from '@/lib/data/list-intake';
import { deleteRows } from '@/lib/data/list-rows';
import { failReading } from '@/lib/services/lists/fail-reading';
import { finishReading } from '@/lib/services/lists/finish-reading';
import type { RowCounts } from '@/lib/domain/sort-rows';
import { FileProblem } from './file-problem';
import { findColumns, type FoundColumns } from './find-columns';
import { loadRows } from './load-rows';
import { readTable, type Table } from './read-table';

export interface IngestDeps {
  now(): number;
}

/** `busy`: another process reads it. */
export async function ingestList(listId: string, deps: IngestDeps): Promise<'done' | 'busy'> {
  const list = await findIntakeOfTask(listId);
  if (list?.state !== 'parsing') return 'done';
  const file = await openListFile(listId);
  if (file === null) return 'busy';
  try {
    await deleteRows(listId);
    await read(list, file, deps);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    await failReading(listId, error);
  } finally {
    await file.close();
  }
  return 'done';
}

async function read(list: IntakeList, file: ListFile, deps: IngestDeps): Promise<void> {
  const table = await readTable(file, { fileName: list.fileName, isPasted: list.source === 'paste' });
  try {
    const found = findColumns(table.sample, list);
    const { format, delimiter } = table;
    const facts = { format, delimiter, encoding: table.encoding(), columns: found.columns };
    if (!(await writeFileFacts(list.id, facts))) return;
    const counts = await load({ list, file, table, found }, deps);
    if (counts === null) return;
    const read = { listId: list.id, counts, encoding: table.encoding(), ...found };
    if (!(await finishReading(list, read))) await deleteRows(list.id);
  } finally {
    await table.close();
  }
}

interface Reading {
  list: IntakeList;
  file: ListFile;
  table: Table;
  found: FoundColumns;
}

/** Null where nobody waits for it any more: then no row is kept. */
async function load({ list, file, table, found }: Reading, deps: IngestDeps): Promise<RowCounts | null> {
  const into = file.beginRows();
  try {
    const { hasHeader, emailColumn } = found;
    const tell = (rows: number): Promise<boolean> => writeProgress(list.id, { parsedBytes: file.readBytes(), rows });
    const counts = await loadRows({
      listId: list.id,
      rows: table.rows,
      hasHeader,
      emailColumn,
      into,
      now: () => deps.now(),
      tell,
    });
    await (counts === null ? into.abort() : into.end());
    return counts;
  } catch (error) {
    await into.abort();
    throw error;
  }
}
