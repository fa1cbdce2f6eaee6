// The rows of an export as cells: each row's own, the verdict's beside them, and a sentence on what is special about the row.
// Every row of an export has the same columns. Cells beyond the file's last column come after the verdict's, so that none is
// lost. Throws if the rows were deleted in the meantime, so that a truncated file never looks complete.
import type { Scope } from '@/lib/platform/scope';
import { basisInWords, explainGrade } from '@/lib/verdict/grade';
import { FLAG_NAMES, gradeOfCode, type PolicyName, reasonOfCode, recommend, statusOf, unpackFlags } from '@/lib/verdict/verdict';
import { VERDICT_COLUMNS } from '../rules/export';
import { ROW_KIND, rowProblemSentence } from '../rules/list';
import { cellsOf } from '../rules/rows';
import { type ExportRow, type ExportVerdict, type ExportWindow, readExportWindow, type WhichRows } from '../store/rows';
import { findListRun } from '../store/run';

export type Cell = string | number | null;

export interface ExportedRow {
  /** As many cells as the file has columns; null past the end of the row. */
  own: (string | null)[];
  /** In the order of VERDICT_COLUMNS or REJECTED_COLUMNS. */
  added: Cell[];
  more: string[];
}

export interface RowReader {
  columns: number;
  policy: PolicyName;
}

export interface RowsToRead {
  listId: string;
  /** The number of the last row to read. */
  rows: number;
  which: WhichRows;
  /** The number of the row before the first one to read. */
  from?: number;
}

/** Yields batches, and reads the next one while the last is being written. */
export async function* readRows(scope: Scope, { listId, rows, which, from = 0 }: RowsToRead): AsyncGenerator<ExportRow[], void> {
  const read = (after: number): Promise<ExportWindow> | null => {
    if (after >= rows) return null;
    const window = readExportWindow(scope, { listId, after, last: rows }, which);
    // This read is ahead of the consumer. If nobody takes it, its failure concerns nobody.
    window.catch(() => undefined);
    return window;
  };
  for (let next = read(from); next !== null;) {
    const window = await next;
    next = read(window.upTo);
    if (window.rows.length > 0) yield window.rows;
  }
  const list = await findListRun(listId);
  if (list === null || list.status === 'expired') throw new Error(`the rows of ${listId} were deleted while they were exported`);
}

export function toExportedRow(row: ExportRow, { columns, policy }: RowReader): ExportedRow {
  return {
    ...ownCells(row, columns),
    added: row.verdict === null ? withoutVerdict(row) : verdictCells(row, row.verdict, policy),
  };
}

export function toRejectedRow(row: ExportRow, columns: number): ExportedRow {
  return { ...ownCells(row, columns), added: [row.n, rowProblemSentence(row.problem ?? 0)] };
}

function ownCells({ cells }: ExportRow, columns: number): Pick<ExportedRow, 'own' | 'more'> {
  const all = cellsOf(cells);
  if (all.length === columns) return { own: all, more: [] };
  const missing = Math.max(0, columns - all.length);
  return { own: [...all.slice(0, columns), ...Array<null>(missing).fill(null)], more: all.slice(columns) };
}

function verdictCells(row: ExportRow, verdict: ExportVerdict, policy: PolicyName): Cell[] {
  const { reason, status, recommendation } = wordsOf(verdict.reason, policy);
  const { score, gradeBasis, flags, provider, mxHost, didYouMean, checkedAt } = verdict;
  const known = provider === '' ? null : provider;
  return [
    status,
    reason,
    score,
    gradeOfCode(verdict.reason),
    recommendation,
    didYouMean,
    basisWords(gradeBasis),
    flagWords(flags),
    known,
    mxHost,
    toIso(checkedAt),
    row.email,
    row.n,
    noteOf(row),
  ];
}

const NOTE_AT = VERDICT_COLUMNS.indexOf('ev_note');
const ROW_AT = VERDICT_COLUMNS.indexOf('ev_row');
const EMAIL_AT = VERDICT_COLUMNS.indexOf('ev_email');

function withoutVerdict(row: ExportRow): Cell[] {
  const cells: Cell[] = VERDICT_COLUMNS.map(() => null);
  cells[ROW_AT] = row.n;
  if (row.kind !== ROW_KIND.rejected) cells[EMAIL_AT] = row.email;
  cells[NOTE_AT] = row.kind === ROW_KIND.rejected ? rowProblemSentence(row.problem ?? 0) : 'Not verified: the list ended first.';
  return cells;
}

function noteOf({ kind, first }: ExportRow): string | null {
  if (first === null) return null;
  return kind === ROW_KIND.canonicalDuplicate ? `Same mailbox as row ${first}.` : `Same address as row ${first}.`;
}

interface Words {
  reason: string;
  status: string;
  recommendation: string;
}

/** A million rows share the same few words. */
const words = new Map<string, Words>();

function wordsOf(code: number, policy: PolicyName): Words {
  const key = `${policy} ${code}`;
  const known = words.get(key);
  if (known !== undefined) return known;
  const reason = reasonOfCode(code);
  const made = { reason, status: statusOf(reason), recommendation: recommend(reason, policy) };
  words.set(key, made);
  return made;
}

const FLAG_WORDS_MAX = 10_000;
const flagWordsOf = new Map<number, string>();

/** The flags that are true, separated by spaces. */
function flagWords(packed: number): string {
  const known = flagWordsOf.get(packed);
  if (known !== undefined) return known;
  const flags = unpackFlags(packed);
  const made = FLAG_NAMES.filter((name) => flags[name] === true).join(' ');
  if (flagWordsOf.size >= FLAG_WORDS_MAX) flagWordsOf.clear();
  flagWordsOf.set(packed, made);
  return made;
}

const basisWordsOf = new Map<number, string | null>();

/** The basis of a grade, in sentences; null if it has none. */
function basisWords(bits: number): string | null {
  const known = basisWordsOf.get(bits);
  if (known !== undefined) return known;
  const made = basisInWords(explainGrade(bits));
  basisWordsOf.set(bits, made);
  return made;
}

/** `2026-11-26 10:00:00.123` as ISO 8601, to the second. */
const toIso = (text: string): string => `${text.slice(0, 10)}T${text.slice(11, 19)}Z`;
