// Buys the pack a workspace chose when its available credits are below the threshold it chose. Promises one purchase at a time,
// whoever asks at the same moment; at most so many a day and, as the workspace says, a month; and that a purchase begun before a
// crash is finished and not made anew. A card that is refused switches the whole thing off.
import { payTopUp } from '@/lib/billing/pay-top-up';
import { countTopUps, findPendingTopUp, insertTopUp, type AutoTopUp } from '@/lib/data/auto-top-ups';
import { findCustomerAccount, lockBillingAccount, type BillingAccount } from '@/lib/data/billing-accounts';
import { lockBalance } from '@/lib/data/credits';
import type { Scope } from '@/lib/data/scope';
import { inTransaction, type Tx } from '@/lib/data/transaction';
import { AUTO_TOP_UPS_A_DAY } from '@/lib/domain/limits';
import { settleTopUp } from './settle-top-up';

const DAY_MS = 86_400_000;

/** What came of it. */
export type TopUpCheck = 'not_due' | 'limit_reached' | 'bought' | 'refused';

export async function checkAutoTopUp(scope: Scope, now = new Date()): Promise<TopUpCheck> {
  const begun = await inTransaction((tx) => begin(scope, now, tx));
  return typeof begun === 'string' ? begun : finishTopUp(scope, begun);
}

async function begin(scope: Scope, now: Date, tx: Tx): Promise<AutoTopUp | 'not_due' | 'limit_reached'> {
  if (!(await lockBillingAccount(scope, tx))) return 'not_due';
  const pending = await findPendingTopUp(scope, tx);
  if (pending) return pending;
  const account = await findCustomerAccount(scope, tx);
  if (account === null || !account.autoTopUp.enabled || account.autoTopUp.pack === null) return 'not_due';
  // Read after the lock: whoever bought before us has granted before they let go of it.
  const credits = await lockBalance(scope, tx);
  if (credits === null || credits.balance - credits.held >= account.autoTopUp.below) return 'not_due';
  if (await isAtLimit(scope, { account, now }, tx)) return 'limit_reached';
  return insertTopUp(scope, account.autoTopUp.pack, tx);
}

async function isAtLimit(scope: Scope, { account, now }: { account: BillingAccount; now: Date }, tx: Tx): Promise<boolean> {
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const [today, thisMonth] = [
    await countTopUps(scope, new Date(now.getTime() - DAY_MS), tx),
    await countTopUps(scope, month, tx),
  ];
  return today >= AUTO_TOP_UPS_A_DAY || thisMonth >= account.autoTopUp.maxAMonth;
}

/** Pays and settles a purchase that was begun; also one that a crash left behind. */
export async function finishTopUp(scope: Scope, { id, pack, workspaceId }: AutoTopUp): Promise<'bought' | 'refused'> {
  const account = await findCustomerAccount(scope);
  if (account === null) throw new Error('an automatic purchase without a customer');
  const paid = await payTopUp({ id, workspaceId, customerId: account.customerId, pack });
  await settleTopUp(scope, { id, invoiceId: paid.invoiceId, outcome: paid.isPaid ? 'paid' : { refused: paid.why } });
  return paid.isPaid ? 'bought' : 'refused';
}
