// How long a list's rows are kept, and how they are deleted. The time counts from the end of the run, or from the list's creation if it
// never ran (a trigger maintains `expiresAt`). The creator of a list made in the app is told before its rows are deleted. Deletion can be
// killed and repeated safely. A list counts as purged only when nothing is left of it except its totals, which stay. Refuses a retention
// time that is already over (deleting has its own button), and to delete a list that is queued, running or paused: its owner has to
// cancel it first, knowingly.
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { LIST_RETENTION_DAYS, PURGE_TURN_MS } from '@/lib/platform/limits';
import { enqueue, enqueueAll } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { stopTellingRows } from '@/lib/webhooks/emit';
import { expiryMailJobKey, purgeAgainJobKey, purgeJobKey } from './jobs';
import { getList, rowsDeleted } from './read';
import { canMove } from './rules/list';
import { expiryOf, retentionMax } from './rules/storage';
import type { ListView } from './rules/view';
import { announceLists, changeList, findListRun, type ListRun, lockList } from './store/run';
import { moveStatus } from './store/status';
import {
  deleteListRows,
  deleteTallies,
  listListsToExpire,
  listListsToPurge,
  lockListsOf,
  markRowsDeleted,
  takeListsToNotice,
} from './store/upkeep';

export interface Keeping {
  listId: string;
  retentionDays?: number | undefined;
  mailOnEnd?: boolean | undefined;
}

/** Changes the retention time, and whether the creator is mailed when the list ends. */
export async function changeKeeping(scope: Scope, { listId, retentionDays, mailOnEnd }: Keeping): Promise<Result<ListView>> {
  const found = await getList(scope, listId);
  if (!found.ok) return found;
  const problem = retentionDays === undefined ? null : retentionProblem(found.value, retentionDays);
  if (problem !== null) return fail('invalid_request', { fields: { retention_days: problem } });
  const isChanged = await inTransaction(async (tx) => {
    const list = await lockList(scope, listId, tx);
    if (list === null || list.status === 'expired') return false;
    const change = { ...(retentionDays !== undefined && { retentionDays }), ...(mailOnEnd !== undefined && { mailOnEnd }) };
    await changeList(scope, listId, change, tx);
    await announceLists([listId], tx);
    return true;
  });
  const now = await getList(scope, listId);
  if (!now.ok) return now;
  return isChanged ? ok(now.value) : rowsDeleted(now.value);
}

function retentionProblem(list: ListView, days: number): string | null {
  const { min } = LIST_RETENTION_DAYS;
  const max = retentionMax(list);
  if (list.test && days > max) return 'must be 1: lists of test keys are kept for a day';
  if (!Number.isInteger(days) || days < min || days > max) return `must be a whole number of days from ${min} to ${max}`;
  const expiry = expiryOf({ ...list, retentionDays: days });
  return expiry !== null && expiry <= Date.now()
    ? `has already passed: the list has been kept for ${days} days or more. Delete it instead.`
    : null;
}

/** Deletes a list's rows now; this can't be undone. Deleting a deleted list is not an error. */
export async function deleteList(scope: Scope, { listId }: { listId: string }): Promise<Result<ListView>> {
  const deleted = await inTransaction<Result<null>>(async (tx) => {
    const list = await lockList(scope, listId, tx);
    if (list === null) return fail('not_found');
    if (list.status === 'expired') return ok(null);
    if (!canMove(list.status, 'expired')) {
      return fail('list_status_conflict', { detail: `The list is ${list.status}. Cancel it first; then you can delete it.` });
    }
    await expireList(list, tx);
    return ok(null);
  });
  return deleted.ok ? getList(scope, listId) : deleted;
}

/** The list reads as expired from now on, and a job deletes its rows. Call it with the list locked. */
export async function expireList({ id, workspaceId }: Pick<ListRun, 'id' | 'workspaceId'>, tx: Tx): Promise<void> {
  await moveStatus({ workspaceId }, id, { to: 'expired', expiresAt: new Date() }, tx);
  await stopTellingRows({ workspaceId }, id, tx);
  await enqueue('purge-list', { listId: id }, { jobKey: purgeJobKey(id), priority: 'bulk' }, tx);
  await announceLists([id], tx);
}

const BATCH_SIZE = 200;
const MAX_BATCHES = 50;

export interface Expired {
  noticed: number;
  expired: number;
  purging: number;
}

/**
 * The clock of retention: notifies the creators of lists whose rows will be deleted soon, expires lists whose time is over, and
 * makes sure that the rows of every expired list are really deleted. A notice and its mail job are one transaction.
 */
export async function expireLists(): Promise<Expired> {
  const noticed = await inBatches(notice);
  const expired = await inBatches(expireSome);
  return { noticed, expired, purging: await purgeAll() };
}

async function inBatches(work: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const count = await work();
    total += count;
    if (count < BATCH_SIZE) break;
  }
  return total;
}

const notice = (): Promise<number> =>
  inTransaction(async (tx) => {
    const lists = await takeListsToNotice(BATCH_SIZE, tx);
    const jobs = lists.map(({ id }) => ({ payload: { listId: id }, jobKey: expiryMailJobKey(id) }));
    await enqueueAll('mail-list-expiry', jobs, { priority: 'retry' }, tx);
    return lists.length;
  });

/** One list per transaction, because a list's lock is taken before all others. */
async function expireSome(): Promise<number> {
  const lists = await listListsToExpire(BATCH_SIZE);
  for (const { id, workspaceId } of lists) {
    await inTransaction(async (tx) => {
      const list = await lockList({ workspaceId }, id, tx);
      if (list !== null && canMove(list.status, 'expired')) await expireList(list, tx);
    });
  }
  return lists.length;
}

async function purgeAll(): Promise<number> {
  const ids = await listListsToPurge(BATCH_SIZE);
  const jobs = ids.map((listId) => ({ payload: { listId }, jobKey: purgeJobKey(listId) }));
  await inTransaction((tx) => enqueueAll('purge-list', jobs, { priority: 'bulk' }, tx));
  return ids.length;
}

/**
 * Deletes the rows of a list that is expired, that failed or was canceled before its start, or that was deleted with its
 * workspace. Works for at most one turn. Does nothing to any other list.
 */
export async function purgeList(listId: string, turnMs = PURGE_TURN_MS): Promise<'again' | 'done'> {
  const list = await findListRun(listId);
  if (list !== null && !isOver(list)) return 'done';
  const end = Date.now() + turnMs;
  if (!(await deleteListRows(listId, () => Date.now() >= end))) return 'again';
  if (list === null) {
    await deleteTallies(listId);
  } else {
    await markRowsDeleted(listId);
    await announceLists([listId]);
  }
  return 'done';
}

const isOver = ({ status, run }: ListRun): boolean =>
  status === 'expired' || (run === 0 && (status === 'cancelled' || status === 'failed'));

const AGAIN_AFTER_MS = 3_600_000;
const JOBS_AT_ONCE = 1_000;

/**
 * For workspaces that are about to be deleted. No constraint in the database ties a list's rows to the workspace, so a job
 * deletes the rows of each list, and a second job does so an hour later for what a worker was writing at that moment.
 */
export async function enqueuePurges(workspaceIds: readonly string[], tx: Tx): Promise<void> {
  const ids = await lockListsOf(workspaceIds, tx);
  for (let from = 0; from < ids.length; from += JOBS_AT_ONCE) {
    const some = ids.slice(from, from + JOBS_AT_ONCE);
    const jobs = (keyOf: (id: string) => string) => some.map((listId) => ({ payload: { listId }, jobKey: keyOf(listId) }));
    await enqueueAll('purge-list', jobs(purgeJobKey), { priority: 'bulk' }, tx);
    await enqueueAll(
      'purge-list',
      jobs(purgeAgainJobKey),
      { priority: 'bulk', runAt: new Date(Date.now() + AGAIN_AFTER_MS) },
      tx,
    );
  }
}
