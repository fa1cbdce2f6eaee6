// Reads a list's file: detects its format, loads its rows, counts what they can cost, and makes the list ready, lets it wait for its
// column, or fails it with a sentence. Guarantees: it can be killed and run again at any moment, since it first deletes the rows of an
// earlier attempt; the same file always gives the same rows; a list that was canceled meanwhile keeps no rows.
import { describeOverflow, findReadingRoom } from '@/lib/lists/create';
import type { LoadedCounts } from '@/lib/lists/rules/rows';
import { type ListFile, openListFile } from '@/lib/lists/store/files';
import { findIntakeOfTask, type IntakeList, writeFileFacts, writeProgress } from '@/lib/lists/store/intake';
import { deleteRows } from '@/lib/lists/store/rows';
import { LARGE_FILES_AT_ONCE, SMALL_FILE_MAX_BYTES, SMALL_FILES_AT_ONCE } from '@/lib/platform/limits';
import { failReading, finishReading, waitForColumn } from '../reading';
import { findColumns } from './find-columns';
import { loadRows, NoRoom } from './load-rows';
import { readTable, type Table } from './read-table';
import { FileProblem } from './rows';

export interface IngestDeps {
  now(): number;
}

/** `busy`: another process is reading it. */
export async function ingestList(listId: string, deps: IngestDeps): Promise<'done' | 'busy'> {
  const list = await findIntakeOfTask(listId);
  if (list?.status !== 'parsing') return 'done';
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
    const facts = { format, delimiter, encoding: table.encoding(), columns: found.columns, preview: found.preview };
    if (!(await writeFileFacts(list.id, facts))) return;
    const { emailColumn, hasHeader, missing } = found;
    if (emailColumn === null) {
      await waitForColumn(list, { detail: missing ?? '', hasHeader });
      return;
    }
    const counts = await load({ list, file, table, hasHeader, emailColumn }, deps);
    if (counts === null) return;
    const end = await finishReading(list, { listId: list.id, counts, encoding: table.encoding(), emailColumn, hasHeader });
    if (end.kind !== 'ready') await deleteRows(list.id);
    if (end.kind === 'overflow') throw new FileProblem('quota_exceeded', end.detail);
  } finally {
    await table.close();
  }
}

interface Reading {
  list: IntakeList;
  file: ListFile;
  table: Table;
  hasHeader: boolean;
  emailColumn: number;
}

/** Null if the list is no longer being read; then no row is kept. */
async function load({ list, file, table, hasHeader, emailColumn }: Reading, deps: IngestDeps): Promise<LoadedCounts | null> {
  const room = await findReadingRoom(list);
  const into = file.beginRows();
  try {
    const tell = (rows: number): Promise<boolean> => writeProgress(list.id, { parsedBytes: file.readBytes(), rows });
    const counts = await loadRows({
      listId: list.id,
      rows: table.rows,
      hasHeader,
      emailColumn,
      into,
      room,
      now: () => deps.now(),
      tell,
    });
    await (counts === null ? into.abort() : into.end());
    return counts;
  } catch (error) {
    await into.abort();
    throw error instanceof NoRoom ? await noRoom(list, error) : error;
  }
}

/**
 * Reading stopped where storage ran out. If storage was freed meanwhile, this error makes the queue read the file again from its beginning.
 */
async function noRoom(list: IntakeList, { need }: NoRoom): Promise<Error> {
  const detail = await describeOverflow(list, { rows: need.rows, bytes: Math.max(need.bytes, list.sizeBytes), isAtLeast: true });
  return detail === null ? new Error('room came free while the list was read') : new FileProblem('quota_exceeded', detail);
}

// Limits how many files one process reads at once: a large one and a few small ones, so that a short list does not wait behind a long one.
// A file without a slot is tried again later.

export interface ReadingSlots {
  /** Takes a slot. Returns a function that releases it, or null if there is none. */
  take(sizeBytes: number): (() => void) | null;
}

export function createReadingSlots(): ReadingSlots {
  const free = { small: SMALL_FILES_AT_ONCE, large: LARGE_FILES_AT_ONCE };
  return {
    take: (sizeBytes) => {
      const lane = sizeBytes <= SMALL_FILE_MAX_BYTES ? 'small' : 'large';
      if (free[lane] === 0) return null;
      free[lane]--;
      return () => {
        free[lane]++;
      };
    },
  };
}
