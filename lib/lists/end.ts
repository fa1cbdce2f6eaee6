// How a list's run ends: completed, canceled or failed. Each end is one transaction with the list locked: the rest of the hold is
// released, open work is dropped and, for a list that ran, the webhook is emitted; a mail is queued unless the list was canceled. A
// run ends once, whatever runs twice, because its final status refuses another end. Earlier answers are kept, and stay charged.
import { releaseHold } from '@/lib/credits/holds';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { CALLBACK_ROWS_BATCH, LIST_PROGRESS_SHARES } from '@/lib/platform/limits';
import { siteLink } from '@/lib/platform/mail/compose';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { DAY_MS } from '@/lib/platform/time';
import { type FinalStatus, reasonOfCode, statusOf, zeroCounts } from '@/lib/verdict/verdict';
import { emitEvent, isHeard, areRowsHeard, tellRows } from '@/lib/webhooks/emit';
import { type ListEndedData, toListEndedData, toListProgressData } from '@/lib/webhooks/event-data';
import { listEventKey, mailJobKey, purgeJobKey, progressEventKey, rowEventKey } from './jobs';
import { getList, statusConflict } from './read';
import { canMove, isUnderWay, type ListFailure } from './rules/list';
import type { ListView } from './rules/view';
import { deleteWork } from './store/chunks';
import { sumTallies } from './store/results';
import { listOtherRows } from './store/rows';
import { findHoldAmounts, sumCharged, announceLists, changeRun, findListRun, type ListRun, lockList } from './store/run';
import { moveStatus } from './store/status';

export type ListEnd =
  | { status: 'completed' }
  | { status: 'cancelled' }
  | { status: 'failed'; failure: ListFailure; failureDetail: string };

/** Call it with the list locked, once per run: it throws if the list has already ended. */
export async function endList(list: ListRun, end: ListEnd, tx: Tx): Promise<void> {
  const scope = { workspaceId: list.workspaceId };
  const now = Date.now();
  const move = {
    to: end.status,
    pauseReason: null,
    pausedAt: null,
    finishedAt: new Date(now),
    expiresAt: new Date(now + list.retentionDays * DAY_MS),
    ...(end.status === 'failed' && { failure: end.failure, failureDetail: end.failureDetail }),
  };
  await moveStatus(scope, list.id, move, tx);
  const released = await releaseRest(list, tx);
  await deleteWork(list.id, tx);
  if (released > 0) await changeRun(list.id, { released: { increment: released } }, tx);
  // A list that never ran needs no notice, because the person who cancels an upload knows about it. Its rows hold nothing worth
  // keeping either.
  if (list.run > 0) await tell(list, end, tx);
  else await enqueue('purge-list', { listId: list.id }, { jobKey: purgeJobKey(list.id), priority: 'bulk' }, tx);
  await announceLists([list.id], tx);
}

async function releaseRest(list: ListRun, tx: Tx): Promise<number> {
  if (list.holdId === null) return 0;
  const hold = await findHoldAmounts(list.holdId, tx);
  const isNew = await releaseHold({ workspaceId: list.workspaceId }, list.holdId, tx);
  return isNew && hold !== null ? hold.amount - hold.captured : 0;
}

async function tell(list: ListRun, end: ListEnd, tx: Tx): Promise<void> {
  const data = toListEndedData({
    listId: list.id,
    name: list.name,
    status: end.status,
    total: list.rows,
    counts: await countVerdicts(list.id, tx),
    creditsCharged: await sumCharged(list.id, tx),
    error: errorOf(end),
    downloadUrl: siteLink(`/lists/${list.id}`),
  });
  const type = end.status === 'completed' ? 'list.completed' : 'list.failed';
  await emitEvent(
    { workspaceId: list.workspaceId },
    { type, sourceKey: listEventKey(list.id, list.run), data, test: list.test },
    tx,
  );
  if (end.status === 'completed' && (await areRowsHeard({ workspaceId: list.workspaceId }, list.id, tx)))
    await enqueueOtherRows(list.id, 0, tx);
  if (end.status !== 'cancelled') {
    const job = { jobKey: mailJobKey(list.id, list.run), priority: 'retry' } as const;
    await enqueue('mail-list', { listId: list.id, run: list.run }, job, tx);
  }
}

function errorOf(end: ListEnd): ListEndedData['error'] {
  if (end.status === 'completed') return null;
  return end.status === 'cancelled' ? 'The list was canceled before it finished.' : end.failureDetail;
}

/** Cancels a list that is waiting or at work. Answers that arrive later are discarded and not charged. */
export async function cancelList(scope: Scope, { listId }: { listId: string }): Promise<Result<ListView>> {
  const cancelled = await inTransaction<Result<null>>(async (tx) => {
    const list = await lockList(scope, listId, tx);
    if (list === null) return fail('not_found');
    if (!canMove(list.status, 'cancelled')) return statusConflict(list.status, 'canceled');
    await endList(list, { status: 'cancelled' }, tx);
    return ok(null);
  });
  return cancelled.ok ? getList(scope, listId) : cancelled;
}

/**
 * Completes a list once every unique row has its verdict. A list that its owner paused at that moment completes when it is
 * resumed. True if this call completed it.
 */
export async function finishList(listId: string): Promise<boolean> {
  const found = await findListRun(listId);
  if (found === null) return false;
  return inTransaction(async (tx) => {
    const list = await lockList({ workspaceId: found.workspaceId }, listId, tx);
    if (list === null || (list.status !== 'queued' && list.status !== 'running')) return false;
    if (!list.isPlanned || list.processed < list.unique) return false;
    await endList(list, { status: 'completed' }, tx);
    return true;
  });
}

/** Fails a list that our own software could not run. True if this call failed it. */
export async function failList(listId: string): Promise<boolean> {
  const found = await findListRun(listId);
  if (found === null) return false;
  return inTransaction(async (tx) => {
    const list = await lockList({ workspaceId: found.workspaceId }, listId, tx);
    if (list === null || !isUnderWay(list.status)) return false;
    const failureDetail =
      'Our own software failed while running this list. The answers so far are kept, and nothing more is charged.';
    await endList(list, { status: 'failed', failure: 'internal_error', failureDetail }, tx);
    return true;
  });
}

// What webhooks are told about a running list: `list.progress`, in the transaction that makes its rows final. The number of
// events is bounded however large or fast the list is: at most one for each share of the list, and one in each span of time. A
// paused list sends none.

/** Call it with the list locked. `list` is its state before this batch; `processed` counts the final rows including the batch. */
export async function tellProgress(list: ListRun, { processed, now }: { processed: number; now: number }, tx: Tx): Promise<void> {
  const scope = { workspaceId: list.workspaceId };
  if (list.status === 'paused' || shareOf(processed, list.unique) <= shareOf(list.processed, list.unique)) return;
  if (!(await isHeard(scope, { type: 'list.progress', listId: list.id }, tx))) return;
  const data = toListProgressData({
    listId: list.id,
    name: list.name,
    processed,
    total: list.unique,
    counts: await countVerdicts(list.id, tx),
    creditsCharged: await sumCharged(list.id, tx),
    url: siteLink(`/lists/${list.id}`),
  });
  const sourceKey = progressEventKey(list.id, list.run, now);
  await emitEvent(scope, { type: 'list.progress', sourceKey, data, test: list.test }, tx);
}

const shareOf = (processed: number, total: number): number => Math.floor((processed * LIST_PROGRESS_SHARES) / Math.max(1, total));

async function countVerdicts(listId: string, tx: Tx): Promise<Record<FinalStatus, number>> {
  const counts = zeroCounts();
  for (const { reason, rows } of await sumTallies(listId, tx)) counts[statusOf(reasonOfCode(reason))] += rows;
  return counts;
}

// What the callback of a completed list is told of the rows without a verdict of their own, which repeat another row or were rejected. The
// others were told with their verdicts.

const enqueueOtherRows = (listId: string, after: number, tx: Tx): Promise<void> =>
  enqueue('tell-other-rows', { listId, after }, { jobKey: `tell-other-rows:${listId}`, priority: 'bulk' }, tx);

/** Some rows after this one; a further job continues. Rows that were told before are not told again. */
export async function tellOtherRows(listId: string, after: number): Promise<void> {
  const list = await findListRun(listId);
  if (list?.status !== 'completed') return;
  await inTransaction(async (tx) => {
    const others = await listOtherRows(listId, { after, take: CALLBACK_ROWS_BATCH }, tx);
    const rows = others.map((n) => ({ n, sourceKey: rowEventKey(listId, n) }));
    await tellRows({ workspaceId: list.workspaceId }, { listId, test: list.test, rows }, tx);
    if (rows.length === CALLBACK_ROWS_BATCH) await enqueueOtherRows(listId, others.at(-1) ?? after, tx);
  });
}
