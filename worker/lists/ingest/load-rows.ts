// Loads all rows of a table into the database, classified and counted, in batches, and reports progress a few times a second. A row whose
// cell contains several addresses is repeated, with all its cells, once for each of them. Stops when the list is no longer being read.
// Refuses more rows, or more text in repeated rows, than a list may have or the plan has room for.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadingRoom } from '@/lib/lists/create';
import { ROW_PROBLEMS } from '@/lib/lists/rules/list';
import { RowSorter, type LoadedCounts, type SortedRow } from '@/lib/lists/rules/rows';
import type { RowsInCopy } from '@/lib/lists/store/files';
import { CELL_ADDRESSES_MAX, LIST_NOTICES_A_SECOND, LIST_REPEATED_MAX_CHARS, LIST_ROWS_MAX } from '@/lib/platform/limits';
import { holdsOneAtMost, splitAddresses } from '@/lib/verdict/split-addresses';
import { FileProblem, type RawRow, type RowBatches } from './rows';

export interface Load {
  listId: string;
  rows: RowBatches;
  /** The first row names the columns. */
  hasHeader: boolean;
  emailColumn: number;
  into: RowsInCopy;
  room: ReadingRoom;
  now(): number;
  /** Reports progress. False if loading should stop. */
  tell(rows: number): Promise<boolean>;
}

const TELL_EVERY_MS = 1_000 / LIST_NOTICES_A_SECOND;
/** How many rows are processed before other work gets a turn. */
const ROWS_AT_ONCE = 250;
const CHARS_AT_ONCE = 1024 * 1024;

/** Thrown if there are more rows than storage left. The caller words the message, since it knows how much else is stored. */
export class NoRoom extends Error {
  constructor(readonly need: { rows: number; bytes: number }) {
    super('the plan has no room for these rows');
    this.name = 'NoRoom';
  }
}

/** Null if it was stopped. */
export async function loadRows(load: Load): Promise<LoadedCounts | null> {
  const writer = new RowWriter(load);
  let skip = load.hasHeader ? 1 : 0;
  let toldAt = load.now();
  for await (const batch of load.rows) {
    for (let from = skip; from < batch.length; from += ROWS_AT_ONCE) {
      await writer.write(batch.slice(from, from + ROWS_AT_ONCE));
      await nextTurn();
    }
    skip = Math.max(0, skip - batch.length);
    if (load.now() - toldAt < TELL_EVERY_MS) continue;
    if (!(await load.tell(writer.counts.rows))) return null;
    toldAt = load.now();
  }
  return writer.counts;
}

class RowWriter {
  private readonly sorter: RowSorter;
  private bytes = 0;
  private repeatedChars = 0;
  private lastLine = 0;
  private isLastLineCounted = false;

  constructor(private readonly load: Load) {
    this.sorter = new RowSorter({ column: load.emailColumn });
  }

  get counts(): LoadedCounts {
    return { ...this.sorter.counts, bytes: this.bytes };
  }

  async write(rows: readonly RawRow[]): Promise<void> {
    const { emailColumn, into, room } = this.load;
    let lines = '';
    for (const row of rows) {
      const { cells, problem } = row;
      this.countLine(row.line);
      const cell = cells[emailColumn];
      if (cell === undefined || problem !== null || holdsOneAtMost(cell)) {
        lines += this.lineOf(this.sorter.sort(cells, problem), cells);
        continue;
      }
      lines += this.repeat(cells, splitAddresses(cell));
      if (lines.length < CHARS_AT_ONCE) continue;
      await into.write(lines);
      lines = '';
    }
    const { counts } = this;
    if (counts.rows > room.rowsMax) throw tooManyRows(room.rowsMax);
    if (counts.rows > room.rows || counts.bytes > room.bytes) throw new NoRoom({ rows: counts.rows, bytes: counts.bytes });
    if (lines !== '') await into.write(lines);
  }

  /** Counts lines with several addresses. Rows with the same line are its addresses: text without columns was split when it was read. */
  private countLine(line: number): void {
    if (line !== this.lastLine) {
      this.lastLine = line;
      this.isLastLineCounted = false;
    } else if (!this.isLastLineCounted) {
      this.isLastLineCounted = true;
      this.sorter.counts.severalAddresses++;
    }
  }

  private repeat(cells: readonly string[], addresses: readonly string[]): string {
    if (addresses.length > CELL_ADDRESSES_MAX) return this.lineOf(this.sorter.sort(cells, 'too_many_addresses'), cells);
    if (addresses.length > 1) {
      this.sorter.counts.severalAddresses++;
      const rowChars = cells.reduce((sum, cell) => sum + cell.length, 0);
      this.repeatedChars += rowChars * (addresses.length - 1);
      if (this.repeatedChars > LIST_REPEATED_MAX_CHARS) throw tooManyRepeated();
    }
    return addresses.map((address) => this.lineOf(this.sorter.sort(cells, null, address), cells)).join('');
  }

  private lineOf(row: SortedRow, cells: readonly string[]): string {
    this.bytes += Buffer.byteLength(cells.join(''));
    return toCopyLine(this.load.listId, row, cells);
  }
}

const tooManyRows = (max: number): FileProblem =>
  new FileProblem(
    'too_many_rows',
    `The file has more than ${max.toLocaleString('en-US')} rows${max < LIST_ROWS_MAX ? ', the most for a list of a test key' : ''}. Split it and upload the parts.`,
  );

const MB = 1024 * 1024;
const tooManyRepeated = (): FileProblem =>
  new FileProblem(
    'too_many_rows',
    `Rows with several addresses are repeated for each of them, and here that makes more than ${LIST_REPEATED_MAX_CHARS / MB} MB. ` +
      'Give each address a row of its own, or leave out columns that you don’t need.',
  );

// Rows as lines of COPY's text format. In JSON only the backslash needs escaping; an invalid address may contain any character.

const NOTHING = '\\N';
const MINDED = /[\\\t\n\r]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

export const escapeForCopy = (text: string): string => text.replace(MINDED, (letter) => ESCAPES[letter] ?? letter);

export function toCopyLine(listId: string, row: SortedRow, cells: readonly string[]): string {
  const json = JSON.stringify(cells);
  const email = row.domain === '' || row.email.includes('\\') ? escapeForCopy(row.email) : row.email;
  const problem = row.problem === null ? NOTHING : ROW_PROBLEMS[row.problem].code;
  const safe = json.includes('\\') ? json.replaceAll('\\', '\\\\') : json;
  return `${listId}\t${row.n}\t${email}\t${row.domain}\t${row.kind}\t${row.first ?? NOTHING}\t${safe}\t${problem}\n`;
}
