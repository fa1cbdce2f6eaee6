// Brings a workspace's lists in line with whether the workspace is scheduled to close: those that run are paused, and go on if that
// is undone. Each list is looked at under its lock; a second run changes nothing.
import { getClosesAt } from '@/lib/accounts/closing';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import type { Scope } from '@/lib/platform/scope';
import { goOn, pauseFor } from './pause';
import { canMove } from './rules/list';
import { listListsIn, lockList } from './store/run';

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
    await goOn(list, null, tx);
    return;
  }
  if (!isClosing || list.status === 'paused' || !canMove(list.status, 'paused')) return;
  await pauseFor(list, 'closing', tx);
}
