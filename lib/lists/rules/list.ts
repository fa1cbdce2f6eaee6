// The vocabulary of a list: its statuses and the allowed moves between them, its row kinds and row problems, its chunk lanes and
// segments, and how a program names a column. Everything that changes a list's status checks `canMove` first; the database's
// guarded updates use the same table.
import { WAITING_REASONS } from '@/lib/credits/rules/ledger';
import { CELL_ADDRESSES_MAX } from '@/lib/platform/limits';

export const LIST_STATUSES = [
  'uploading',
  'parsing',
  'ready',
  'queued',
  'running',
  'paused',
  'completed',
  'cancelled',
  'failed',
  'expired',
] as const;
export type ListStatus = (typeof LIST_STATUSES)[number];

/**
 * uploading → parsing → ready → queued (waits for its first chunk) → running → completed. `ready` goes back to `parsing` when
 * another column is chosen, and becomes `failed` if no column holds addresses and none is chosen for a day. `completed` and
 * `cancelled` go back to `queued` when the unknown rows are asked again. `expired`: the rows are deleted, the totals are kept.
 */
const NEXT: Readonly<Record<ListStatus, readonly ListStatus[]>> = {
  uploading: ['parsing', 'failed', 'cancelled', 'expired'],
  parsing: ['ready', 'failed', 'cancelled', 'expired'],
  ready: ['parsing', 'queued', 'cancelled', 'failed', 'expired'],
  queued: ['running', 'paused', 'completed', 'cancelled', 'failed'],
  running: ['paused', 'completed', 'cancelled', 'failed'],
  paused: ['queued', 'cancelled', 'failed'],
  completed: ['queued', 'expired'],
  cancelled: ['queued', 'expired'],
  failed: ['expired'],
  expired: [],
};

export const canMove = (from: ListStatus, to: ListStatus): boolean => NEXT[from].includes(to);

/** The statuses that may move to this one. */
export const statusesBefore = (to: ListStatus): readonly ListStatus[] => LIST_STATUSES.filter((from) => canMove(from, to));

/** Started and not over: rows are still getting their verdicts, even if it is paused. */
export const isUnderWay = (status: ListStatus): boolean => status === 'queued' || status === 'running' || status === 'paused';

/** True if nothing more happens automatically. */
export const isSettled = (status: ListStatus): boolean => ['completed', 'cancelled', 'failed', 'expired'].includes(status);

export const isListStatus = (word: string): word is ListStatus => LIST_STATUSES.some((status) => status === word);

/** Why a list is paused or failed. */
export const PAUSE_REASONS = ['by_customer', 'cap_reached', 'closing', ...WAITING_REASONS] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];
export const LIST_FAILURES = [
  'empty_file',
  'no_email_column',
  'unreadable_file',
  'too_many_rows',
  'file_too_large',
  'quota_exceeded',
  'upload_abandoned',
  'internal_error',
] as const;
export type ListFailure = (typeof LIST_FAILURES)[number];

/**
 * Ready except for its address column: no column of the file is known to hold addresses, and its owner has not chosen one yet.
 */
export const needsColumn = ({ status, failure }: { status: ListStatus; failure: ListFailure | null }): boolean =>
  status === 'ready' && failure === 'no_email_column';

/**
 * `full`: the quote's maximum is held before the first question. `until_empty`: the available credits are held, up to the cap;
 * when they are used up, the list pauses.
 */
export const START_MODES = ['full', 'until_empty'] as const;
export type StartMode = (typeof START_MODES)[number];

/** What is wrong with the most that a run may cost; null if nothing is. */
export function findCapProblem(cap: number | null, mode: StartMode): string | null {
  if (cap === null) return null;
  if (!Number.isSafeInteger(cap) || cap < 1) return 'must be a whole number of at least 1';
  return mode === 'full' ? 'is allowed only with the mode until_empty' : null;
}

export const LIST_SOURCES = ['upload', 'paste', 'api'] as const;
export type ListSource = (typeof LIST_SOURCES)[number];

export const LIST_FORMATS = ['csv', 'tsv', 'txt', 'xlsx', 'json'] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];

/** What a row is, as stored in `ListRow.kind`. Duplicates point to the row that is verified for them. */
export const ROW_KIND = {
  /** Verified. This includes an address with wrong syntax, whose verdict is found without asking anybody. */
  unique: 0,
  /** An earlier row has the same normalized address. */
  exactDuplicate: 1,
  /** Another spelling of a mailbox in an earlier row: `a.b+c@gmail.com` for `ab@gmail.com`. */
  canonicalDuplicate: 2,
  /** No address in the cell, or a row that could not be read. */
  rejected: 3,
} as const;
export type RowKind = (typeof ROW_KIND)[keyof typeof ROW_KIND];

/**
 * Why a row is rejected, as stored in `ListRow.problem`, with the sentence that people read. Codes never change their meaning.
 */
export const ROW_PROBLEMS = {
  blank: { code: 1, sentence: 'The cell for the address is empty.' },
  no_address: { code: 2, sentence: 'The cell holds no email address.' },
  cell_missing: { code: 3, sentence: 'The row ends before the column with the addresses.' },
  cell_too_long: { code: 4, sentence: 'A cell of the row is too long to be read.' },
  too_many_cells: { code: 5, sentence: 'The row has more cells than a file may have columns.' },
  row_too_long: { code: 6, sentence: 'The whole row is too long to be read.' },
  too_many_addresses: { code: 7, sentence: `The cell holds more than ${CELL_ADDRESSES_MAX} addresses.` },
} as const;
export type RowProblem = keyof typeof ROW_PROBLEMS;

/** The sentence for a code; a general one if the code is unknown. */
export const rowProblemSentence = (code: number): string =>
  Object.values(ROW_PROBLEMS).find((problem) => problem.code === code)?.sentence ?? 'The row could not be read.';

/**
 * `main`: fast, with a short time limit. `slow`: rows that were not answered in that time, with the whole budget, in few slots.
 * `retry`: rows that may be answered later, when they are due.
 */
export const CHUNK_LANES = ['main', 'slow', 'retry'] as const;
export type ChunkLane = (typeof CHUNK_LANES)[number];

/** What a customer views or exports: by recommendation, or everything. */
export const SEGMENTS = ['all', 'send', 'review', 'do_not_send', 'retry'] as const;
export type Segment = (typeof SEGMENTS)[number];

/** A list on the pages around a purchase: it waits for credits, resumes now that there are some, or is already done. */
export interface WaitingList {
  id: string;
  name: string;
  /** Addresses that are not answered yet. */
  rest: number;
  status: 'waits' | 'resumes' | 'done';
}

/** A column as a program names it: by its name, or by its number from 1. Text that consists of digits is a number. */
export type AskedColumn = string | number;

const NUMBER = /^\s*\d{1,6}\s*$/;
const small = (name: string): string => name.trim().toLowerCase();

export const isColumnName = (asked: AskedColumn): asked is string => typeof asked === 'string' && !NUMBER.test(asked);

/**
 * The column's index, from 0; null if there is no such column. Names are compared as people read them: without surrounding
 * spaces, and ignoring case if no column is spelled exactly so.
 */
export function findColumn(columns: readonly { name: string }[], asked: AskedColumn): number | null {
  if (!isColumnName(asked)) {
    const at = Number.parseInt(String(asked), 10) - 1;
    return at >= 0 && at < columns.length ? at : null;
  }
  const exact = columns.findIndex(({ name }) => name.trim() === asked.trim());
  const at = exact === -1 ? columns.findIndex(({ name }) => small(name) === small(asked)) : exact;
  return at === -1 ? null : at;
}
