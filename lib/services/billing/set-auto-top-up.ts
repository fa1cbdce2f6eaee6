// Switches the automatic purchase of packs on or off. Refuses people who are no owners, and to switch it on without a card that is
// kept. When the credits are below the mark already, the first purchase is due at once.
import { findBillingAccount, lockBillingAccount, saveAutoTopUp, type AutoTopUpSettings } from '@/lib/data/billing-accounts';
import type { Scope } from '@/lib/data/scope';
import { inTransaction, type Tx } from '@/lib/data/transaction';
import type { PackId } from '@/lib/domain/plans';
import { fail, ok, type Result } from '@/lib/errors';
import { enqueueAutoTopUp } from './enqueue-auto-top-up';
import { requireOwner } from './require-owner';

/** Null switches it off and keeps what was chosen. */
export type WishedTopUp = { below: number; pack: PackId; maxAMonth: number } | null;

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

async function switchOn(scope: Scope, settings: AutoTopUpSettings, tx: Tx): Promise<void> {
  await saveAutoTopUp(scope, settings, tx);
  // The job looks at the balance itself: it buys only where the mark is passed.
  await enqueueAutoTopUp(scope, tx);
}

const withoutCard = () =>
  fail('conflict', { detail: 'There is no card on file. Buy a pack or a plan by hand once; that keeps the card.' });
