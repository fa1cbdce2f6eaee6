// Ends an automatic purchase, once: paid, its credits are granted in the same transaction; refused, automatic purchases are
// switched off. The owners are told by mail, of a refusal also on the billing page. Run by the job and by the webhook, in any order.
import { endTopUp, findTopUp } from '@/lib/data/auto-top-ups';
import { findBillingAccount, lockBillingAccount, saveAutoTopUp } from '@/lib/data/billing-accounts';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { PACKS } from '@/lib/domain/plans';
import { grantCredits } from '@/lib/services/ledger/grant-credits';
import { tellTopUpMade, tellTopUpStopped } from './tell-owners';

export interface TopUpEnd {
  id: string;
  invoiceId: string | null;
  outcome: 'paid' | 'open' | { refused: string };
}

export async function settleTopUp(scope: Scope, { id, invoiceId, outcome }: TopUpEnd): Promise<void> {
  const topUp = await findTopUp(scope, id);
  if (topUp === null || outcome === 'open') return;
  if (outcome === 'paid') {
    const isNews = await inTransaction(async (tx) => {
      await lockBillingAccount(scope, tx);
      await endTopUp(scope, { id, state: 'paid', invoiceId }, tx);
      // By its own key and not by who ended it: what was paid is granted, whatever was believed before.
      const { credits: amount } = PACKS[topUp.pack];
      return grantCredits(scope, { kind: 'purchase', amount, sourceKey: topUpSourceKey(id), expiresAt: null }, tx);
    });
    if (isNews) await tellTopUpMade(scope, topUp.pack);
    return;
  }
  const isNews = await inTransaction(async (tx) => {
    await lockBillingAccount(scope, tx);
    if (!(await endTopUp(scope, { id, state: 'failed', invoiceId }, tx))) return false;
    const account = await findBillingAccount(scope, tx);
    if (account) await saveAutoTopUp(scope, { ...account.autoTopUp, enabled: false, stopped: outcome.refused }, tx);
    return true;
  });
  if (isNews) await tellTopUpStopped(scope, outcome.refused);
}

export const topUpSourceKey = (id: string): string => `stripe:top-up:${id}`;
