// Brings a workspace's subscription in line with whether the workspace is scheduled to close: one that would renew before the end is
// set not to, and is restored as it was if that is undone. Looks again after each change, so that an undo at the same moment is
// never missed; a second run changes nothing.
import { getClosesAt } from '@/lib/accounts/closing';
import type { Scope } from '@/lib/platform/scope';
import { findCustomerAccount, findHeldForClosing, setHeldForClosing } from './store/accounts';
import { cancelAtPeriodEnd, keepAsIs, readCustomerState, scheduleDowngrade } from './stripe/subscriptions';
import { syncBilling } from './sync';

const ROUNDS = 5;

export async function settleClosingPlan(scope: Scope): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) if (!(await settleSubscription(scope))) return;
  throw new Error('the workspace was scheduled and kept each time it was looked at');
}

/** True if something was changed at Stripe, which has to be looked at again. */
async function settleSubscription(scope: Scope): Promise<boolean> {
  const account = await findCustomerAccount(scope);
  if (account === null) return false;
  const [closesAt, held] = [await getClosesAt(scope), await findHeldForClosing(scope)];
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
