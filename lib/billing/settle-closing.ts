// Brings a workspace's lists and its subscription in line with whether it is scheduled to close: running lists are paused and go
// on if that is undone; a subscription that would renew before the end is set not to, and is restored as it was. Looks again
// after each change, so that an undo at the same moment is never missed; a second run changes nothing.
import { findClosesAt, listListsIn } from '@/lib/accounts/store/workspaces';
import { goOn, pauseFor } from '@/lib/lists/pause';
import { canMove } from '@/lib/lists/rules/list';
import { lockList } from '@/lib/lists/store/run';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { findCustomerAccount, findHeldForClosing, setHeldForClosing } from './store/accounts';
import { cancelAtPeriodEnd, keepAsIs, readCustomerState, scheduleDowngrade } from './stripe/subscriptions';
import { syncBilling } from './sync';

const ROUNDS = 5;
const LISTS_AT_ONCE = 500;
const HOUR_MS = 3_600_000;

export async function settleClosing(scope: Scope): Promise<void> {
  await settleLists(scope);
  for (let round = 0; round < ROUNDS; round++) if (!(await settleSubscription(scope))) return;
  throw new Error('the workspace was scheduled and kept each time it was looked at');
}

export const enqueueSettleClosing = ({ workspaceId }: Scope, tx: Tx): Promise<void> =>
  enqueue('settle-closing', { workspaceId }, { jobKey: `settle-closing:${workspaceId}`, priority: 'interactive' }, tx);

/** Stripe was down for all tries: the next one is in an hour. */
export function settleClosingLater({ workspaceId }: Scope, now: Date): Promise<void> {
  const options = {
    jobKey: `settle-closing:${workspaceId}:again`,
    priority: 'retry',
    runAt: new Date(now.getTime() + HOUR_MS),
  } as const;
  return inTransaction((tx) => enqueue('settle-closing', { workspaceId }, options, tx));
}

async function settleLists(scope: Scope): Promise<void> {
  const running = { statuses: ['queued', 'running'] };
  const waiting = { statuses: ['paused'], pauseReason: 'closing' };
  const ids = [...(await listListsIn(scope, running, LISTS_AT_ONCE)), ...(await listListsIn(scope, waiting, LISTS_AT_ONCE))];
  for (const id of ids) await inTransaction((tx) => settleList(scope, id, tx));
}

async function settleList(scope: Scope, id: string, tx: Tx): Promise<void> {
  const list = await lockList(scope, id, tx);
  const isClosing = (await findClosesAt(scope, tx)) !== null;
  if (list === null) return;
  if (!isClosing && list.status === 'paused' && list.pauseReason === 'closing') {
    await goOn(list, null, tx);
    return;
  }
  if (!isClosing || list.status === 'paused' || !canMove(list.status, 'paused')) return;
  await pauseFor(list, 'closing', tx);
}

/** True if something was changed at Stripe, which has to be looked at again. */
async function settleSubscription(scope: Scope): Promise<boolean> {
  const account = await findCustomerAccount(scope);
  if (account === null) return false;
  const [closesAt, held] = [await findClosesAt(scope), await findHeldForClosing(scope)];
  if (closesAt === null && held === null) return false;
  const { subscription } = await readCustomerState(account.customerId);
  const running = subscription?.isLive === true ? subscription : null;
  const ids = running && { subscriptionId: running.id, scheduleId: running.scheduleId };
  if (closesAt !== null) {
    if (running === null || ids === null || running.cancelAt !== null || running.periodEnd > closesAt) return false;
    // Written down first: after a crash past the next line, it is known what to restore.
    if (held === null) await setHeldForClosing(scope, { next: running.next });
    await cancelAtPeriodEnd(ids);
  } else {
    if (ids !== null && running !== null && running.cancelAt !== null) await keepAsIs(ids);
    if (ids !== null && running?.next === null && held?.next) {
      const target = { ...ids, scheduleId: null, customerId: account.customerId, itemId: running.itemId, to: held.next };
      await scheduleDowngrade(target);
    }
    // Copied while the reason is still known: its owners need no mail about it.
    await syncBilling(scope);
    await setHeldForClosing(scope, null);
    return true;
  }
  await syncBilling(scope);
  return true;
}
