// The life of a list, in words: its states and which may follow which, the kinds of its rows, the lanes of its chunks. Everything
// that changes a list's state asks `canMove` first; the database's guarded updates repeat the same table.

export const LIST_STATES = [
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
export type ListState = (typeof LIST_STATES)[number];

/**
 * uploading → parsing → ready → queued (planned, waits for its first chunk) → running → completed. `ready` goes back to `parsing` when
 * another column is chosen; `completed` and `cancelled` go back to `queued` to ask the unknown ones again. `expired`: the rows are gone,
 * the totals stay.
 */
const NEXT: Readonly<Record<ListState, readonly ListState[]>> = {
  uploading: ['parsing', 'failed', 'cancelled', 'expired'],
  parsing: ['ready', 'failed', 'cancelled', 'expired'],
  ready: ['parsing', 'queued', 'cancelled', 'expired'],
  queued: ['running', 'paused', 'completed', 'cancelled', 'failed'],
  running: ['paused', 'completed', 'cancelled', 'failed'],
  paused: ['queued', 'cancelled', 'failed'],
  completed: ['queued', 'expired'],
  cancelled: ['queued', 'expired'],
  failed: ['expired'],
  expired: [],
};

export const canMove = (from: ListState, to: ListState): boolean => NEXT[from].includes(to);

/** The states that a list may be in to get into this one. */
export const statesBefore = (to: ListState): readonly ListState[] => LIST_STATES.filter((from) => canMove(from, to));

/** Nothing more happens by itself. */
export const isSettled = (state: ListState): boolean => ['completed', 'cancelled', 'failed', 'expired'].includes(state);

export const isListState = (word: string): word is ListState => LIST_STATES.some((state) => state === word);

/** Why a list is paused or failed. */
export const PAUSE_REASONS = ['by_customer', 'out_of_credits', 'cap_reached'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];
export const LIST_FAILURES = [
  'empty_file',
  'no_email_column',
  'unreadable_file',
  'too_many_rows',
  'file_too_large',
  'upload_abandoned',
  'internal_error',
] as const;
export type ListFailure = (typeof LIST_FAILURES)[number];

/** In full: the quote's maximum is held before the first question. Until empty: what there is, or the cap; then the list pauses. */
export const START_MODES = ['full', 'until_empty'] as const;
export type StartMode = (typeof START_MODES)[number];

export const LIST_SOURCES = ['upload', 'paste', 'api'] as const;
export type ListSource = (typeof LIST_SOURCES)[number];

export const LIST_FORMATS = ['csv', 'tsv', 'txt', 'xlsx', 'json'] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];

/** What a row is, as `ListRow.kind` keeps it. Duplicates point to the row that is verified for them. */
export const ROW_KIND = {
  /** Verified. Also an address with wrong syntax: its verdict is found without asking anybody. */
  unique: 0,
  /** The same address, letter by letter in normal form, stands further up. */
  exactDuplicate: 1,
  /** Another spelling of a mailbox that stands further up: `a.b+c@gmail.com` for `ab@gmail.com`. */
  canonicalDuplicate: 2,
  /** No address in the cell, or a row that could not be read. */
  rejected: 3,
} as const;
export type RowKind = (typeof ROW_KIND)[keyof typeof ROW_KIND];

/** Why a row is rejected, as `ListRow.problem` keeps it, with the sentence that a person reads. Numbers never change their meaning. */
export const ROW_PROBLEMS = {
  blank: { code: 1, sentence: 'The cell for the address is empty.' },
  no_address: { code: 2, sentence: 'The cell holds no e-mail address.' },
  cell_missing: { code: 3, sentence: 'The row ends before the column with the addresses.' },
  cell_too_long: { code: 4, sentence: 'A cell of the row is too long to be read.' },
  too_many_cells: { code: 5, sentence: 'The row has more cells than a file may have columns.' },
  row_too_long: { code: 6, sentence: 'The whole row is too long to be read.' },
} as const;
export type RowProblem = keyof typeof ROW_PROBLEMS;

/** The sentence behind a row's number; a plain one for a number that is not known any more. */
export const rowProblemSentence = (code: number): string =>
  Object.values(ROW_PROBLEMS).find((problem) => problem.code === code)?.sentence ?? 'The row could not be read.';

/** Main: fast, cut short; slow: what was not answered in time there, with the whole budget, in few slots; retry: greylisted, at its time. */
export const CHUNK_LANES = ['main', 'slow', 'retry'] as const;
export type ChunkLane = (typeof CHUNK_LANES)[number];

/** What a customer takes away: by recommendation, or everything. */
export const SEGMENTS = ['all', 'send', 'review', 'do_not_send', 'retry'] as const;
export type Segment = (typeof SEGMENTS)[number];
