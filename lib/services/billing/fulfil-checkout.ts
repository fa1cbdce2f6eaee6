// Gives what was bought in a Checkout session: a pack's credits, or the plan that begins. Run from the webhook and from the return
// page, any number of times in any order, also at the same moment: the session's id is the key of the grant. Acts only when the
// session is complete and is not unpaid. What was bought is read from the price that was paid.
import { findCheckoutCard, readCheckout, type Checkout } from '@/lib/billing/checkout';
import { keepCardForLater } from '@/lib/billing/customers';
import { findScopeOfCustomer } from '@/lib/data/billing-accounts';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { PACKS, type Offer } from '@/lib/domain/plans';
import { grantCredits } from '@/lib/services/ledger/grant-credits';
import { applyPaidInvoice } from './apply-paid-invoice';
import { syncBilling } from './sync-billing';

export interface Fulfilment {
  scope: Scope;
  /** `unpaid`: the payment is under way, the webhook tells how it ends. `declined`: it ended without money. */
  state: 'open' | 'expired' | 'unpaid' | 'declined' | 'fulfilled';
  offer: Offer | null;
}

/** Null where there is no such session, or it is none of ours. With `only`: null too where it is another workspace's. */
export async function fulfilCheckout(sessionId: string, only: Scope | null = null): Promise<Fulfilment | null> {
  const checkout = await readCheckout(sessionId);
  const scope = checkout?.customerId ? await findScopeOfCustomer(checkout.customerId) : null;
  if (checkout === null || scope?.workspaceId !== checkout.workspaceId) return null;
  if (only !== null && only.workspaceId !== scope.workspaceId) return null;
  const { offer } = checkout;
  if (checkout.state !== 'complete') return { scope, state: checkout.state, offer };
  if (!checkout.isPaid) return { scope, state: checkout.hasFailed ? 'declined' : 'unpaid', offer };
  await give(scope, checkout);
  return { scope, state: 'fulfilled', offer };
}

async function give(scope: Scope, { id, offer, invoiceId, customerId }: Checkout): Promise<void> {
  if (offer?.kind === 'pack') {
    const { credits: amount } = PACKS[offer.pack];
    const grant = { kind: 'purchase', amount, sourceKey: checkoutSourceKey(id), expiresAt: null };
    await inTransaction((tx) => grantCredits(scope, grant, tx));
    const card = await findCheckoutCard(id);
    if (customerId !== null && card !== null) await keepCardForLater(customerId, card);
  } else if (invoiceId !== null) {
    await applyPaidInvoice(invoiceId);
  }
  await syncBilling(scope);
}

export const checkoutSourceKey = (sessionId: string): string => `stripe:checkout:${sessionId}`;
