// What a workspace stores compared with what its plan keeps, and the sentences and sizes that people read about it. A list counts
// until its rows are deleted. A list that failed or was canceled before its start doesn't count, because its rows are deleted at
// once. A list's bytes are the text of its cells or, until it starts, its file if that is larger. Lists of test keys are counted
// separately.
import { PAID_PLANS, type PlanId, planOf } from '@/lib/accounts/rules/plans';
import {
  STORAGE_WARNING_SHARE,
  TEST_LISTS_A_WORKSPACE,
  LIST_RETENTION_DAYS,
  TEST_LIST_RETENTION_DAYS,
} from '@/lib/platform/limits';
import { DAY_MS } from '@/lib/platform/time';
import { isUnderWay, type ListStatus } from './list';
import type { ListView } from './view';

export const STORED_THINGS = ['lists', 'rows', 'bytes'] as const;
export type StoredThing = (typeof STORED_THINGS)[number];
export type Stored = Readonly<Record<StoredThing, number>>;

/** What is to be added; `rows` is null while the file has not been read. */
export interface StorageNeed {
  rows: number | null;
  bytes: number;
  /** The need is at least this much: counting stopped once it could not fit. */
  isAtLeast?: boolean;
}

/** How much room is left of each; negative after a downgrade. */
export const storageLeft = (stored: Stored, plan: string): Stored => {
  const { lists, rows, bytes } = planOf(plan).keeps;
  return { lists: lists - stored.lists, rows: rows - stored.rows, bytes: bytes - stored.bytes };
};

/** Why one more list does not fit, what is used, and what to do about it; null if it fits. */
export function findStorageProblem(stored: Stored, need: StorageNeed, plan: string): string | null {
  const left = storageLeft(stored, plan);
  if (left.lists < 1) return `${problemOf('lists', stored, plan)}. ${wayOut(plan)}`;
  if (left.rows < (need.rows ?? 1)) return `${problemOf('rows', stored, plan)}${moreOf(need, 'rows')}. ${wayOut(plan)}`;
  return left.bytes < need.bytes ? `${problemOf('bytes', stored, plan)}${moreOf(need, 'bytes')}. ${wayOut(plan)}` : null;
}

function problemOf(thing: StoredThing, stored: Stored, plan: string): string {
  const { name, keeps } = planOf(plan);
  return `The ${name} plan keeps up to ${storedWords(thing, keeps[thing])}. You have ${storedWords(thing, stored[thing])}`;
}

function moreOf({ rows, bytes, isAtLeast = false }: StorageNeed, thing: 'rows' | 'bytes'): string {
  if (thing === 'rows' && rows === null) return '';
  const amount = thing === 'bytes' ? bytesWords(bytes) : (rows ?? 0).toLocaleString('en-US');
  return `, and this one adds ${isAtLeast ? 'at least ' : ''}${amount}`;
}

/** How to make room. */
export const wayOut = (plan: string): string =>
  PAID_PLANS.at(-1) === plan
    ? 'Delete lists you no longer need, or keep them for fewer days.'
    : 'Delete lists you no longer need, keep them for fewer days, or move to a larger plan.';

export const TEST_LISTS_PROBLEM = `At most ${TEST_LISTS_A_WORKSPACE} lists of test keys are kept at a time, and none of yours has finished. Cancel or delete one first.`;

/** `full`: something is used up; `near`: something is mostly used. */
export function storageLevel(stored: Stored, plan: string): 'fine' | 'near' | 'full' {
  const { keeps } = planOf(plan);
  const share = Math.max(...STORED_THINGS.map((thing) => stored[thing] / keeps[thing]));
  if (share >= 1) return 'full';
  return share >= STORAGE_WARNING_SHARE ? 'near' : 'fine';
}

export interface Allowance {
  used: number;
  allowed: number;
}

/** What a plan allows besides credits, and how much of it is used, in the form that pages and the API use. */
export interface AllowancesView {
  plan: PlanId;
  stored: Stored;
  /** How many of each the plan keeps. */
  keeps: Stored;
  /** Kept in addition to the others, and not counted among them. */
  testLists: Allowance;
  /** Today's; `resetsAt` is midnight UTC. */
  freeAnswers: Allowance & { resetsAt: string };
}

/** "9 of 10", "41 MB of 50 MB". */
export const allowanceWords = ({ used, allowed }: Allowance, isBytes = false): string => {
  const words = (amount: number): string => (isBytes ? bytesWords(amount) : amount.toLocaleString('en-US'));
  return `${words(used)} of ${words(allowed)}`;
};

const NOUNS: Readonly<Record<StoredThing, string>> = { lists: 'lists', rows: 'rows', bytes: 'of lists' };

/** "10 lists", "50 MB of lists". */
export const storedWords = (thing: StoredThing, amount: number): string =>
  `${thing === 'bytes' ? bytesWords(amount) : amount.toLocaleString('en-US')} ${NOUNS[thing]}`;

const UNITS = ['KB', 'MB', 'GB'] as const;
const STEP = 1_024;

/** "312 bytes", "3.2 MB". */
export function bytesWords(bytes: number): string {
  if (bytes < STEP) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  const power = Math.min(UNITS.length, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / STEP ** power;
  return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} ${UNITS[power - 1] ?? ''}`;
}

// How long a list's rows are kept, in days and dates. The database maintains `expiresAt` by the same rule (the trigger
// List_keep_clocks): the time counts from the end of the run, or from the list's creation if it never ran, and not while the list
// is at work. A list that was never started is kept for at most the days that its plan gives such lists.

const CHOICES = [1, 3, 7, 14, 30, 60, 90] as const;

type Kept = Pick<ListView, 'status' | 'createdAt' | 'finishedAt' | 'retentionDays' | 'unstartedDays'>;

/** Epoch milliseconds; null while the list is at work. */
export const expiryOf = (list: Kept): number | null =>
  isUnderWay(list.status) ? null : Date.parse(list.finishedAt ?? list.createdAt) + daysKept(list) * DAY_MS;

/** The days in the list's current status: a list that was not started may be kept for fewer days, if its plan says so. */
export const daysKept = ({
  status,
  retentionDays,
  unstartedDays,
}: Pick<Kept, 'status' | 'retentionDays' | 'unstartedDays'>): number =>
  isBeforeStart(status) ? Math.min(retentionDays, unstartedDays) : retentionDays;

/** The longest retention that may be requested, in days. */
export const retentionMax = ({ test }: Pick<ListView, 'test'>): number =>
  test ? TEST_LIST_RETENTION_DAYS : LIST_RETENTION_DAYS.max;

/** What a page offers: the usual numbers of days that are not over yet, and the current setting. */
export function retentionChoices(list: Kept & Pick<ListView, 'test'>, now = Date.now()): number[] {
  const isAhead = (retentionDays: number): boolean => (expiryOf({ ...list, retentionDays }) ?? Infinity) > now;
  const max = retentionMax(list);
  const days = CHOICES.filter((choice) => choice <= max && isAhead(choice));
  return [...new Set([...days, list.retentionDays])].toSorted((a, b) => a - b);
}

const isBeforeStart = (status: ListStatus): boolean => status === 'uploading' || status === 'parsing' || status === 'ready';
