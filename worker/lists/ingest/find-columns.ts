// Determines a table's columns from its first rows: which one holds the addresses, whether the first row names them, and a preview of the
// first rows, in which a person can choose another column.
import { findColumn, isColumnName } from '@/lib/lists/rules/list';
import {
  LIST_COLUMN_NAME_MAX_CHARS,
  LIST_COLUMNS_MAX,
  LIST_PREVIEW_CELL_CHARS,
  LIST_PREVIEW_MAX_CHARS,
  LIST_PREVIEW_ROWS,
} from '@/lib/platform/limits';
import type { ListColumn, ListPreviewRow } from '@/lib/lists/rules/view';
import { FileProblem, unreadable, type RawRow } from './rows';

/** What the owner chose: a found column on the page, or a name or a number from 1 with the upload. */
export interface ChosenColumns {
  emailColumn: number | null;
  askedColumn: string | null;
  hasHeader: boolean | null;
}

export interface FoundColumns {
  columns: ListColumn[];
  preview: ListPreviewRow[];
  /** Null if the owner has to choose one. */
  emailColumn: number | null;
  hasHeader: boolean;
  /** One sentence for people that says why there is no email column; null if there is one. */
  missing: string | null;
}

const ADDRESS = /[^\s@]@[^\s@]/;
const NAME_OF_ADDRESSES = /e-?mail|^mail$|correo|courriel|電子メール|邮箱/i;

const holdsAddress = (cell: string | undefined): boolean => cell !== undefined && ADDRESS.test(cell);

export function findColumns(sample: readonly RawRow[], chosen: ChosenColumns): FoundColumns {
  const [first] = sample;
  if (first === undefined) throw new FileProblem('empty_file', 'The file has no rows.');
  if (first.problem === 'too_many_cells')
    throw unreadable(`The file has more than ${LIST_COLUMNS_MAX.toLocaleString('en-US')} columns.`);
  const hasHeader = chosen.hasHeader ?? (isNamed(first, chosen) || isHeader(sample));
  const rows = hasHeader ? sample.slice(1) : sample;
  if (rows.length === 0) throw new FileProblem('empty_file', 'The file has a header row and nothing below it.');
  // Nobody can choose a column of a single row without an address: it is a header in words that we don't know, or not a list at all.
  if (chosen.emailColumn === null && sample.length === 1 && !first.cells.some(holdsAddress))
    throw new FileProblem('empty_file', 'The file has a single row, and it holds no email address.');
  const width = Math.max(...sample.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, at) => describe(rows, at, hasHeader ? (first.cells[at] ?? '') : ''));
  const emailColumn = chosen.emailColumn ?? pick(columns, chosen.askedColumn);
  const missing = emailColumn === null ? missingWords(columns, chosen.askedColumn) : null;
  return { columns, preview: toPreview(rows, width), emailColumn, hasHeader, missing };
}

/** Whether the owner asked for a column by a name in the first row. */
const isNamed = ({ cells }: RawRow, { askedColumn }: ChosenColumns): boolean =>
  askedColumn !== null &&
  isColumnName(askedColumn) &&
  findColumn(
    cells.map((name) => ({ name })),
    askedColumn,
  ) !== null;

/**
 * Column names are not addresses, so a first row without addresses and with addresses below it is a header. If there are no addresses at
 * all, it is a header if each of its cells looks like a name and no two are the same.
 */
function isHeader(sample: readonly RawRow[]): boolean {
  const [first, ...others] = sample;
  if (first === undefined || first.cells.some(holdsAddress)) return false;
  if (others.length === 0) return first.cells.some((cell) => NAME_OF_ADDRESSES.test(cell));
  if (others.some(({ cells }) => cells.some(holdsAddress))) return true;
  return first.cells.length > 1 && first.cells.every(looksLikeName) && new Set(first.cells).size === first.cells.length;
}

const looksLikeName = (cell: string): boolean => /\p{L}/u.test(cell) && !/\d/.test(cell);

function describe(rows: readonly RawRow[], at: number, name: string): ListColumn {
  const cells = rows.map((row) => row.cells[at]);
  const addresses = cells.filter(holdsAddress).length;
  return {
    name: plain(name, LIST_COLUMN_NAME_MAX_CHARS) || `Column ${at + 1}`,
    emailShare: Math.round((addresses / rows.length) * 1_000) / 1_000,
  };
}

/** Shows whole rows; the cells of a wide table are cut shorter. */
function toPreview(rows: readonly RawRow[], width: number): ListPreviewRow[] {
  const chars = Math.min(LIST_PREVIEW_CELL_CHARS, Math.floor(LIST_PREVIEW_MAX_CHARS / (width * LIST_PREVIEW_ROWS)));
  return rows.slice(0, LIST_PREVIEW_ROWS).map(({ cells, line }) => ({ line, cells: cells.map((cell) => cut(cell, chars)) }));
}

function cut(cell: string, maxChars: number): string {
  return cell.length > maxChars ? `${plain(cell, maxChars - 1)}…` : plain(cell, maxChars);
}

const UNSHOWABLE = /[\p{Cc}\p{Cs}]+/gu;
const plain = (text: string, maxChars: number): string => text.slice(0, maxChars).replace(UNSHOWABLE, ' ').trim();

const pick = (columns: readonly ListColumn[], asked: string | null): number | null =>
  asked === null ? findEmailColumn(columns) : findColumn(columns, asked);

/** The column with the most addresses; among equals the one whose name suggests addresses, else the first. Null if none has any. */
function findEmailColumn(columns: readonly ListColumn[]): number | null {
  const share = Math.max(...columns.map(({ emailShare }) => emailShare));
  if (share === 0) return null;
  const best = columns.flatMap((column, at) => (column.emailShare === share ? [{ column, at }] : []));
  return (best.find(({ column }) => NAME_OF_ADDRESSES.test(column.name)) ?? best[0])?.at ?? 0;
}

const NAMES_SAID = 10;

function missingWords(columns: readonly ListColumn[], asked: string | null): string {
  if (asked === null) return 'None of the columns looks like email addresses.';
  const names = columns.slice(0, NAMES_SAID).map(({ name }) => name);
  const more = columns.length > NAMES_SAID ? ` and ${columns.length - NAMES_SAID} more` : '';
  return `The file has no column “${asked}”. Its columns are ${names.join(', ')}${more}.`;
}
