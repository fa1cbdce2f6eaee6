// Finds out what the columns of a table are by looking at its first rows: which holds the addresses, whether the first row names them,
// and what a person wants to see of each to choose another.
import { LIST_COLUMNS_MAX } from '@/lib/domain/limits';
import type { ListColumn } from '@/lib/domain/list-view';
import { FileProblem, unreadable } from './file-problem';
import type { RawRow } from './raw-row';

/** What its owner chose before. */
export interface ChosenColumns {
  emailColumn: number | null;
  hasHeader: boolean | null;
}

export interface FoundColumns {
  columns: ListColumn[];
  emailColumn: number;
  hasHeader: boolean;
}

const ADDRESS = /[^\s@]@[^\s@]/;
const NAME_OF_ADDRESSES = /e-?mail|^mail$|correo|courriel|電子メール|邮箱/i;
const NAME_MAX_CHARS = 100;
const SAMPLE_MAX_CHARS = 80;
const SAMPLES = 3;

const holdsAddress = (cell: string | undefined): boolean => cell !== undefined && ADDRESS.test(cell);

export function findColumns(sample: readonly RawRow[], chosen: ChosenColumns): FoundColumns {
  const [first] = sample;
  if (first === undefined) throw new FileProblem('empty_file', 'The file has no rows.');
  if (first.problem === 'too_many_cells')
    throw unreadable(`The file has more than ${LIST_COLUMNS_MAX.toLocaleString('en-US')} columns.`);
  const hasHeader = chosen.hasHeader ?? isHeader(sample);
  const rows = hasHeader ? sample.slice(1) : sample;
  if (rows.length === 0)
    throw new FileProblem('empty_file', 'The file has a first row with the names of its columns, and no other.');
  const width = Math.max(...sample.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, at) => describe(rows, at, hasHeader ? (first.cells[at] ?? '') : ''));
  return { columns, emailColumn: chosen.emailColumn ?? findEmailColumn(columns), hasHeader };
}

/** Names of columns are no addresses; a first row without any that has addresses below it is one of names. */
function isHeader(sample: readonly RawRow[]): boolean {
  const [first, ...others] = sample;
  if (first === undefined || first.cells.some(holdsAddress)) return false;
  return others.length === 0
    ? first.cells.some((cell) => NAME_OF_ADDRESSES.test(cell))
    : others.some(({ cells }) => cells.some(holdsAddress));
}

function describe(rows: readonly RawRow[], at: number, name: string): ListColumn {
  const cells = rows.map((row) => row.cells[at]);
  const addresses = cells.filter(holdsAddress).length;
  const samples = cells.filter((cell): cell is string => cell !== undefined && cell.trim() !== '').slice(0, SAMPLES);
  return {
    name: plain(name, NAME_MAX_CHARS) || `Column ${at + 1}`,
    emailShare: Math.round((addresses / rows.length) * 1_000) / 1_000,
    samples: samples.map((cell) => plain(cell, SAMPLE_MAX_CHARS)),
  };
}

const UNSHOWABLE = /[\p{Cc}\p{Cs}]+/gu;
const plain = (text: string, maxChars: number): string => text.slice(0, maxChars).replace(UNSHOWABLE, ' ').trim();

/** The most addresses; of equals the one that is named for them, then the first. */
function findEmailColumn(columns: readonly ListColumn[]): number {
  const share = Math.max(...columns.map(({ emailShare }) => emailShare));
  if (share === 0) {
    throw new FileProblem('no_email_column', 'No column of the file holds e-mail addresses.');
  }
  const best = columns.flatMap((column, at) => (column.emailShare === share ? [{ column, at }] : []));
  return (best.find(({ column }) => NAME_OF_ADDRESSES.test(column.name)) ?? best[0])?.at ?? 0;
}
