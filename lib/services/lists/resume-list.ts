// Lets a paused list go on. One that ran out of credits takes what there is for the rest of it first: 402 where there is nothing;
// one at its cap needs a higher cap, and one that was started in full and cost more than its quote goes on for the rest. A second run
// changes nothing.
import { announceLists, changeList, findHoldAmounts, lockList, type ListRun } from '@/lib/data/list-run';
import type { Scope } from '@/lib/data/scope';
import { inTransaction, type Tx } from '@/lib/data/transaction';
import type { ListView } from '@/lib/domain/list-view';
import { fail, ok, type Result } from '@/lib/errors';
import { enqueue } from '@/lib/queue/enqueue';
import { enqueueTokens } from './enqueue-tokens';
import { extendListHold } from './extend-list-hold';
import { getList } from './get-list';
import { finishJobKey, planJobKey } from './list-keys';
import { stateConflict } from './state-conflict';

export interface ResumeList {
  listId: string;
  /** A new cap; only for a list that runs until empty. */
  creditCap?: number | null | undefined;
}

export async function resumeList(scope: Scope, input: ResumeList): Promise<Result<ListView>> {
  const resumed = await inTransaction<Result<null>>(async (tx) => {
    const list = await lockList(scope, input.listId, tx);
    if (list === null) return fail('not_found');
    if (list.state !== 'paused') return stateConflict(list.state, 'resumed');
    return goOn(list, input.creditCap ?? null, tx);
  });
  return resumed.ok ? getList(scope, input.listId) : resumed;
}

/** Call it with the list locked and paused. */
export async function goOn(list: ListRun, newCap: number | null, tx: Tx): Promise<Result<null>> {
  if (newCap !== null && (list.startMode !== 'until_empty' || !Number.isSafeInteger(newCap) || newCap < 1)) {
    return fail('invalid_request', { fields: { credit_cap: 'must be a whole number from 1, and goes only with until_empty' } });
  }
  const scope = { workspaceId: list.workspaceId };
  const creditCap = newCap ?? (await capOf(list, tx));
  const paid = await payFor({ ...list, creditCap }, tx);
  if (!paid.ok) return paid;
  await changeList(scope, list.id, { state: 'queued', pauseReason: null, creditCap }, tx);
  if (!list.isPlanned) await enqueue('plan-list', { listId: list.id }, { jobKey: planJobKey(list.id) }, tx);
  await enqueueTokens(list.id, tx);
  if (list.processed >= list.unique) await enqueue('finish-list', { listId: list.id }, { jobKey: finishJobKey(list.id) }, tx);
  await announceLists([list.id], tx);
  return ok(null);
}

async function capOf(list: ListRun, tx: Tx): Promise<number | null> {
  if (list.startMode !== 'full' || list.pauseReason !== 'cap_reached') return list.creditCap;
  const hold = list.holdId === null ? null : await findHoldAmounts(list.holdId, tx);
  return (hold?.amount ?? 0) + list.unique - list.processed - list.reserved;
}

async function payFor(list: ListRun, tx: Tx): Promise<Result<null>> {
  const rest = list.unique - list.processed - list.reserved;
  if (list.test || list.pauseReason === 'by_customer' || rest <= 0) return ok(null);
  const { left, isAtCap } = await extendListHold(list, { enough: rest, upTo: rest }, tx);
  if (left > 0) return ok(null);
  if (isAtCap)
    return fail('job_state_conflict', { detail: 'The list has used its cap of credits; resume it with a higher one.' });
  const detail = `This needs up to ${rest} more credits, and there is none to spend.`;
  return fail('insufficient_credits', { detail, fields: { available: '0', missing: String(rest) } });
}
