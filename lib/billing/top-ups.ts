// Automatic purchases of packs: switched on or off, begun when the available credits are below the workspace's threshold, and
// settled. Only one purchase runs at a time, however many callers ask at the same moment. Their number is limited per day and, as
// the workspace chose, per month. A purchase that was begun before a crash is finished, not made again. If a card is refused,
// automatic purchases are switched off and the owners are told. Only owners may switch them, and only with a card on file.
import { notifyOwners } from './notices';
import { requireOpen } from '@/lib/accounts/deletion';
import { requireOwner } from '@/lib/accounts/workspaces';
import { enqueueAutoTopUp } from '@/lib/credits/balance';
import { roomToHold } from '@/lib/credits/holds';
import { grantCredits } from '@/lib/credits/grants';
import { type PackId, PACKS } from './rules/offers';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { AUTO_TOP_UPS_A_DAY } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { DAY_MS } from '@/lib/platform/time';
import {
  type AutoTopUp,
  type AutoTopUpSettings,
  type BillingAccount,
  countTopUps,
  endTopUp,
  findBillingAccount,
  findCustomerAccount,
  findPendingTopUp,
  findTopUp,
  insertTopUp,
  lockBillingAccount,
  saveAutoTopUp,
} from './store/accounts';
import { payTopUp } from './stripe/invoices';

/** Null switches it off and keeps the settings. */
export type WishedTopUp = { below: number; pack: PackId; maxAMonth: number } | null;

export type TopUpCheck = 'not_due' | 'limit_reached' | 'bought' | 'refused';

export interface TopUpEnd {
  id: string;
  invoiceId: string | null;
  outcome: 'paid' | 'open' | { refused: string };
}

/** If the credits are already below the threshold, the first purchase is due right away. */
export async function setAutoTopUp(scope: Scope, userId: string, wish: WishedTopUp): Promise<Result<void>> {
  const allowed = await requireOwner(scope, userId);
  if (!allowed.ok) return allowed;
  return inTransaction(async (tx): Promise<Result<void>> => {
    if (!(await lockBillingAccount(scope, tx))) return wish === null ? ok(undefined) : withoutCard();
    const account = await findBillingAccount(scope, tx);
    if (account === null) throw new Error('an account that was just locked');
    if (wish === null) {
      await saveAutoTopUp(scope, { ...account.autoTopUp, enabled: false, stopped: null }, tx);
      return ok(undefined);
    }
    if (account.paymentMethodLabel === null) return withoutCard();
    await switchOn(scope, { ...wish, enabled: true, stopped: null }, tx);
    return ok(undefined);
  });
}

export async function checkAutoTopUp(scope: Scope, now = new Date()): Promise<TopUpCheck> {
  const begun = await inTransaction((tx) => begin(scope, now, tx));
  return typeof begun === 'string' ? begun : finishTopUp(scope, begun);
}

/** Pays and settles a purchase that was begun, including one that a crash left behind. */
export async function finishTopUp(scope: Scope, { id, pack, workspaceId }: AutoTopUp): Promise<'bought' | 'refused'> {
  const account = await findCustomerAccount(scope);
  if (account === null) throw new Error('an automatic purchase without a customer');
  const paid = await payTopUp({ id, workspaceId, customerId: account.customerId, pack });
  await settleTopUp(scope, { id, invoiceId: paid.invoiceId, outcome: paid.isPaid ? 'paid' : { refused: paid.why } });
  return paid.isPaid ? 'bought' : 'refused';
}

/**
 * Ends a purchase once, called by the job and the webhook in any order. Paid: its credits are granted in the same transaction.
 * Refused: automatic purchases are switched off, and the billing page says so too.
 */
export async function settleTopUp(scope: Scope, { id, invoiceId, outcome }: TopUpEnd): Promise<void> {
  const topUp = await findTopUp(scope, id);
  if (topUp === null || outcome === 'open') return;
  if (outcome === 'paid') {
    await inTransaction(async (tx) => {
      await lockBillingAccount(scope, tx);
      await endTopUp(scope, { id, state: 'paid', invoiceId }, tx);
      // The grant depends on its own key, not on who ended the purchase: what was paid is granted, whatever was believed before.
      const { credits: amount } = PACKS[topUp.pack];
      const grant = { kind: 'purchase', amount, sourceKey: topUpSourceKey(id), expiresAt: null };
      if (!(await grantCredits(scope, grant, tx))) return;
      await notifyOwners(scope, { cause: `top-up:${id}:paid`, content: { kind: 'top_up_made', credits: amount } }, tx);
    });
    return;
  }
  await inTransaction(async (tx) => {
    await lockBillingAccount(scope, tx);
    if (!(await endTopUp(scope, { id, state: 'failed', invoiceId }, tx))) return;
    const account = await findBillingAccount(scope, tx);
    if (account) await saveAutoTopUp(scope, { ...account.autoTopUp, enabled: false, stopped: outcome.refused }, tx);
    const content = { kind: 'top_up_stopped', why: outcome.refused } as const;
    await notifyOwners(scope, { cause: `top-up:${id}:failed`, content }, tx);
  });
}

/** A purchase is under way: its credits will arrive, unless the card is refused. */
export const isBuyingPack = async (scope: Scope): Promise<boolean> => (await findPendingTopUp(scope)) !== null;

export const topUpSourceKey = (id: string): string => `stripe:top-up:${id}`;

async function switchOn(scope: Scope, settings: AutoTopUpSettings, tx: Tx): Promise<void> {
  await saveAutoTopUp(scope, settings, tx);
  // The job checks the balance itself: it buys only below the threshold.
  await enqueueAutoTopUp(scope, tx);
}

const withoutCard = () =>
  fail('conflict', { detail: 'There is no card on file. Buy a pack or a plan yourself once; that saves the card.' });

async function begin(scope: Scope, now: Date, tx: Tx): Promise<AutoTopUp | 'not_due' | 'limit_reached'> {
  if (!(await lockBillingAccount(scope, tx))) return 'not_due';
  const pending = await findPendingTopUp(scope, tx);
  if (pending) return pending;
  const account = await findCustomerAccount(scope, tx);
  if (account === null || !account.autoTopUp.enabled || account.autoTopUp.pack === null) return 'not_due';
  if (!(await requireOpen(scope, tx)).ok) return 'not_due';
  // Read after the lock: an earlier buyer grants its credits before it releases the lock.
  const { credits } = await roomToHold(scope, null, tx);
  if (credits >= account.autoTopUp.below) return 'not_due';
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
