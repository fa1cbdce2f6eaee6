// The end of a list's run, whichever it is: the hold's rest goes back, open work goes, the webhook is told and the mail is queued, in
// the caller's transaction with the list locked. Call it once a run: the state it leaves is one that it refuses.
import { changeList, announceLists, findHoldAmounts, type ListRun } from '@/lib/data/list-run';
import { deleteWork } from '@/lib/data/list-chunks';
import { sumTallies } from '@/lib/data/list-results';
import type { Tx } from '@/lib/data/transaction';
import { canMove, type ListFailure } from '@/lib/domain/list';
import { reasonOfCode } from '@/lib/domain/reason-codes';
import { statusOf, type FinalStatus } from '@/lib/domain/verdict';
import { siteLink } from '@/lib/mail/site-link';
import { enqueue } from '@/lib/queue/enqueue';
import { toBatchData, type BatchData } from '@/lib/schemas/webhook-event-data';
import { releaseHold } from '../ledger/release-hold';
import { emitEvent } from '../webhooks/emit-event';
import { listEventKey, mailJobKey } from './list-keys';

export type ListEnd =
  { state: 'completed' } | { state: 'cancelled' } | { state: 'failed'; failure: ListFailure; failureDetail: string };

const DAY_MS = 24 * 3_600_000;

export async function endList(list: ListRun, end: ListEnd, tx: Tx): Promise<void> {
  if (!canMove(list.state, end.state)) throw new Error(`a list that is ${list.state} can't become ${end.state}`);
  const scope = { workspaceId: list.workspaceId };
  const released = await releaseRest(list, tx);
  await deleteWork(list.id, tx);
  const now = Date.now();
  const change = {
    state: end.state,
    pauseReason: null,
    reserved: 0,
    released: { increment: released },
    finishedAt: new Date(now),
    expiresAt: new Date(now + list.retentionDays * DAY_MS),
    ...(end.state === 'failed' && { failure: end.failure, failureDetail: end.failureDetail }),
  };
  await changeList(scope, list.id, change, tx);
  // Before its first run nobody waits to hear of it: who cancels an upload knows.
  if (list.run > 0) await tell(list, end, tx);
  await announceLists([list.id], tx);
}

async function releaseRest(list: ListRun, tx: Tx): Promise<number> {
  if (list.holdId === null) return 0;
  const hold = await findHoldAmounts(list.holdId, tx);
  const isNew = await releaseHold({ workspaceId: list.workspaceId }, list.holdId, tx);
  return isNew && hold !== null ? hold.amount - hold.captured : 0;
}

async function tell(list: ListRun, end: ListEnd, tx: Tx): Promise<void> {
  const counts: Record<FinalStatus, number> = { deliverable: 0, risky: 0, unknown: 0, undeliverable: 0 };
  for (const { reason, rows } of await sumTallies(list.id, tx)) counts[statusOf(reasonOfCode(reason))] += rows;
  const data = toBatchData({
    jobId: list.id,
    name: list.name,
    state: end.state,
    total: list.rows,
    counts,
    creditsCharged: list.captured,
    error: errorOf(end),
    downloadUrl: siteLink(`/lists/${list.id}`),
  });
  const type = end.state === 'completed' ? 'batch.completed' : 'batch.failed';
  await emitEvent(
    { workspaceId: list.workspaceId },
    { type, sourceKey: listEventKey(list.id, list.run), data, test: list.test },
    tx,
  );
  if (end.state !== 'cancelled') {
    const job = { jobKey: mailJobKey(list.id, list.run), priority: 'retry' } as const;
    await enqueue('mail-list', { listId: list.id, run: list.run }, job, tx);
  }
}

function errorOf(end: ListEnd): BatchData['error'] {
  if (end.state === 'completed') return null;
  return end.state === 'cancelled' ? 'The list was cancelled before its end.' : end.failureDetail;
}
