// Pauses and resumes lists. A paused list begins no more chunks, and workers give back their chunks within moments. Answers so
// far are kept and charged, and the rest of its credits stay held. Lists that wait for credits or for the next day's free answers
// resume automatically, oldest first. A second run changes nothing. Refuses to resume a list that has no credits to spend (402),
// or that has used up its cap.
import { requireOpen, getClosesAt } from '@/lib/accounts/deletion';
import { getBalance } from '@/lib/credits/balance';
import { WAITING_REASONS, type WaitingReason } from '@/lib/credits/rules/ledger';
import { checkFreeAnswers } from '@/lib/credits/usage';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { WAITING_LISTS_SHOWN } from '@/lib/platform/limits';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { finishJobKey, planJobKey, enqueueTokens } from './jobs';
import { enqueuePauseMail } from './mails';
import { getList, statusConflict } from './read';
import { canMove, findCapProblem, type PauseReason, type WaitingList } from './rules/list';
import type { ListView } from './rules/view';
import { extendListHold } from './start';
import {
  findHoldAmounts,
  sumReserved,
  announceLists,
  changeRun,
  listPausedLists,
  type ListRun,
  lockList,
  listListsIn,
} from './store/run';
import { moveStatus } from './store/status';

export async function pauseList(scope: Scope, { listId }: { listId: string }): Promise<Result<ListView>> {
  const paused = await inTransaction<Result<null>>(async (tx) => {
    const list = await lockList(scope, listId, tx);
    if (list === null) return fail('not_found');
    if (!canMove(list.status, 'paused')) return statusConflict(list.status, 'paused');
    await pauseRun(list, 'by_customer', tx);
    return ok(null);
  });
  return paused.ok ? getList(scope, listId) : paused;
}

/** Pauses that end only if somebody does something: their owner is mailed. The others were asked for, or end by themselves. */
const MAILED: readonly PauseReason[] = ['out_of_credits', 'cap_reached'];

/** Call it with the list locked, in a status that can pause. */
export async function pauseRun({ id, workspaceId }: ListRun, pauseReason: PauseReason, tx: Tx): Promise<void> {
  const pausedAt = new Date();
  await moveStatus({ workspaceId }, id, { to: 'paused', pauseReason, pausedAt }, tx);
  if (MAILED.includes(pauseReason)) await enqueuePauseMail({ listId: id, pausedAt }, tx);
  await announceLists([id], tx);
}

export interface ResumeList {
  listId: string;
  /** A new cap; only for a list started with `until_empty`. */
  creditCap?: number | null | undefined;
}

/**
 * A list that ran out of credits first holds what there is for the rest of it, and gets 402 if there is nothing. A list at its
 * cap needs a higher cap. A list that was started in full and cost more than its quote resumes for the rest.
 */
export async function resumeList(scope: Scope, input: ResumeList): Promise<Result<ListView>> {
  const resumed = await inTransaction<Result<null>>(async (tx) => {
    const list = await lockList(scope, input.listId, tx);
    if (list === null) return fail('not_found');
    if (list.status !== 'paused') return statusConflict(list.status, 'resumed');
    return resumeRun(list, input.creditCap ?? null, tx);
  });
  return resumed.ok ? getList(scope, input.listId) : resumed;
}

/** Call it with the list locked and paused. */
async function resumeRun(list: ListRun, newCap: number | null, tx: Tx): Promise<Result<null>> {
  const problem = findCapProblem(newCap, list.startMode ?? 'full');
  if (problem !== null) return fail('invalid_request', { fields: { credit_cap: problem } });
  const scope = { workspaceId: list.workspaceId };
  const open = await requireOpen(scope, tx);
  if (!open.ok) return open;
  const allowed = list.pauseReason === 'free_answers_used' ? await checkFreeAnswers(scope, tx) : ok(null);
  if (!allowed.ok) return allowed;
  const creditCap = newCap ?? (await capOf(list, tx));
  const paid = await payFor({ ...list, creditCap }, tx);
  if (!paid.ok) return paid;
  await moveStatus(scope, list.id, { to: 'queued', pauseReason: null, pausedAt: null }, tx);
  if (creditCap !== list.creditCap) await changeRun(list.id, { creditCap }, tx);
  if (!list.isPlanned) await enqueue('plan-list', { listId: list.id }, { jobKey: planJobKey(list.id) }, tx);
  await enqueueTokens(list.id, tx);
  if (list.processed >= list.unique) await enqueue('finish-list', { listId: list.id }, { jobKey: finishJobKey(list.id) }, tx);
  await announceLists([list.id], tx);
  return ok(null);
}

async function capOf(list: ListRun, tx: Tx): Promise<number | null> {
  if (list.startMode !== 'full' || list.pauseReason !== 'cap_reached') return list.creditCap;
  const hold = list.holdId === null ? null : await findHoldAmounts(list.holdId, tx);
  return (hold?.amount ?? 0) + list.unique - list.processed - (await sumReserved(list, tx));
}

async function payFor(list: ListRun, tx: Tx): Promise<Result<null>> {
  const reserved = await sumReserved(list, tx);
  const rest = list.unique - list.processed - reserved;
  // Lists paused for other reasons resume without a new hold; the next chunk finds out what is missing by then.
  const hasCredits = list.pauseReason !== 'out_of_credits' && list.pauseReason !== 'cap_reached';
  if (list.test || hasCredits || rest <= 0) return ok(null);
  const { left, isAtCap } = await extendListHold(list, { enough: rest, upTo: rest, reserved }, tx);
  if (left > 0) return ok(null);
  if (isAtCap)
    return fail('list_status_conflict', { detail: 'The list has reached its credit cap; resume it with a higher one.' });
  const detail = `This needs up to ${rest} more credits, and none are available.`;
  return fail('insufficient_credits', { detail, fields: { available: '0', missing: String(rest) } });
}

const RESUMED_AT_ONCE = 100;

/**
 * Run it after credits came in, a new day began or the plan grew. Uses one transaction per list, so that a second run can
 * continue for one that died halfway. Returns how many lists resumed.
 */
export async function resumePausedLists(scope: Scope): Promise<number> {
  let resumed = 0;
  for (const reason of WAITING_REASONS) resumed += await resumeWaiting(scope, reason);
  return resumed;
}

async function resumeWaiting(scope: Scope, reason: WaitingReason): Promise<number> {
  let resumed = 0;
  for (const id of await listPausedLists(scope, reason, RESUMED_AT_ONCE)) {
    const outcome = await inTransaction(async (tx): Promise<'resumed' | 'refused' | 'moved'> => {
      const list = await lockList(scope, id, tx);
      if (list?.status !== 'paused' || list.pauseReason !== reason) return 'moved';
      return (await resumeRun(list, null, tx)).ok ? 'resumed' : 'refused';
    });
    // First come, first served: a younger list does not take what an older one waits for.
    if (outcome === 'refused') break;
    if (outcome === 'resumed') resumed++;
  }
  return resumed;
}

/** The lists that wait for credits, oldest first, which is the order in which they resume. */
export const listWaitingIds = (scope: Scope): Promise<string[]> => listPausedLists(scope, 'out_of_credits', WAITING_LISTS_SHOWN);

/** The state of these lists, for the pages around a purchase. Leaves out lists that no longer matter there. */
export async function describeWaitingLists(scope: Scope, ids: readonly string[]): Promise<WaitingList[]> {
  if (ids.length === 0) return [];
  const { available } = await getBalance(scope);
  const lists = await Promise.all(ids.slice(0, WAITING_LISTS_SHOWN).map((id) => getList(scope, id)));
  return lists.flatMap((found): WaitingList[] => {
    if (!found.ok) return [];
    const { id, name, status, pauseReason, progress } = found.value;
    const rest = progress.total - progress.processed;
    if (status === 'completed') return [{ id, name, rest, status: 'done' }];
    if (status === 'queued' || status === 'running') return [{ id, name, rest, status: 'resumes' }];
    if (status !== 'paused' || pauseReason !== 'out_of_credits') return [];
    // There are credits, so the job that resumes it is on its way.
    return [{ id, name, rest, status: available > 0 ? 'resumes' : 'waits' }];
  });
}

// Brings a workspace's lists in line with whether the workspace is scheduled to close: running lists are paused, and resume if
// the closing is undone. Each list is examined under its lock; a second run changes nothing.

const LISTS_AT_ONCE = 500;

export async function settleClosingLists(scope: Scope): Promise<void> {
  const running = { statuses: ['queued', 'running'] } as const;
  const waiting = { statuses: ['paused'], pauseReason: 'closing' } as const;
  const ids = [...(await listListsIn(scope, running, LISTS_AT_ONCE)), ...(await listListsIn(scope, waiting, LISTS_AT_ONCE))];
  for (const id of ids) await inTransaction((tx) => settleList(scope, id, tx));
}

async function settleList(scope: Scope, id: string, tx: Tx): Promise<void> {
  const list = await lockList(scope, id, tx);
  const isClosing = (await getClosesAt(scope, tx)) !== null;
  if (list === null) return;
  if (!isClosing && list.status === 'paused' && list.pauseReason === 'closing') {
    await resumeRun(list, null, tx);
    return;
  }
  if (!isClosing || list.status === 'paused' || !canMove(list.status, 'paused')) return;
  await pauseRun(list, 'closing', tx);
}
