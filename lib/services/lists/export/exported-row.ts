// A stored row as it leaves: its own cells, the verdict's beside them, and a sentence on what is special about it. Promises that every
// row of one export has the same columns; cells beyond the file's last column come after the verdict's, so that none is lost.
import type { ExportRow, ExportVerdict } from '@/lib/data/list-export';
import { VERDICT_COLUMNS } from '@/lib/domain/export';
import { ROW_KIND, rowProblemSentence } from '@/lib/domain/list';
import { reasonOfCode, unpackFlags } from '@/lib/domain/reason-codes';
import { recommend, type PolicyName } from '@/lib/domain/recommendation';
import { FLAG_NAMES, statusOf } from '@/lib/domain/verdict';

export type Cell = string | number | null;

export interface ExportedRow {
  /** As many as the file has columns; null where the row ends before. */
  own: (string | null)[];
  /** In the order of VERDICT_COLUMNS, or REJECTED_COLUMNS. */
  added: Cell[];
  more: string[];
}

export interface RowReader {
  columns: number;
  policy: PolicyName;
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
  const all = readCells(cells);
  if (all.length === columns) return { own: all, more: [] };
  const missing = Math.max(0, columns - all.length);
  return { own: [...all.slice(0, columns), ...Array<null>(missing).fill(null)], more: all.slice(columns) };
}

/** Written by ourselves, as an array of strings; what is not is shown as it stands. */
function readCells(cells: string): string[] {
  const parsed: unknown = JSON.parse(cells);
  return Array.isArray(parsed) ? parsed.map((cell) => (typeof cell === 'string' ? cell : JSON.stringify(cell))) : [cells];
}

function verdictCells(row: ExportRow, verdict: ExportVerdict, policy: PolicyName): Cell[] {
  const { reason, status, recommendation } = wordsOf(verdict.reason, policy);
  const { score, flags, provider, mxHost, didYouMean, checkedAt } = verdict;
  const known = provider === '' ? null : provider;
  return [
    status,
    reason,
    score,
    recommendation,
    didYouMean,
    flagWords(flags),
    known,
    mxHost,
    toIso(checkedAt),
    row.n,
    noteOf(row),
  ];
}

const NOTE_AT = VERDICT_COLUMNS.indexOf('ev_note');
const ROW_AT = VERDICT_COLUMNS.indexOf('ev_row');

function withoutVerdict(row: ExportRow): Cell[] {
  const cells: Cell[] = VERDICT_COLUMNS.map(() => null);
  cells[ROW_AT] = row.n;
  cells[NOTE_AT] = row.kind === ROW_KIND.rejected ? rowProblemSentence(row.problem ?? 0) : 'Not verified: the list ended before.';
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

/** The same few words for a million rows. */
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

/** The flags that are true, with a blank between them. */
function flagWords(packed: number): string {
  const known = flagWordsOf.get(packed);
  if (known !== undefined) return known;
  const flags = unpackFlags(packed);
  const made = FLAG_NAMES.filter((name) => flags[name] === true).join(' ');
  if (flagWordsOf.size >= FLAG_WORDS_MAX) flagWordsOf.clear();
  flagWordsOf.set(packed, made);
  return made;
}

/** `2026-11-26 10:00:00.123` as ISO 8601, to the second. */
const toIso = (text: string): string => `${text.slice(0, 10)}T${text.slice(11, 19)}Z`;
