// A purchase that was paid back in whole: what is left of its credits goes, as an entry of the ledger. Promises never to take more
// than is left of that purchase, nothing that is held for checks that run, and nothing twice; and that a refund that becomes known
// before its purchase ends the same: the purchase is given first, so that no later news of it gives it for good. A part that was paid back is a
// gesture of whoever runs this installation and takes nothing.
import { findCheckoutOfPayment } from '@/lib/billing/checkout';
import { readInvoice } from '@/lib/billing/invoices';
import { readRefundedCharge } from '@/lib/billing/read-refund';
import { findScopeOfCustomer } from '@/lib/data/billing-accounts';
import { revokeGrant } from '@/lib/data/revoke-grant';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { applyPaidInvoice } from './apply-paid-invoice';
import { checkoutSourceKey, fulfilCheckout } from './fulfil-checkout';
import { topUpSourceKey } from './settle-top-up';

interface Purchase {
  scope: Scope;
  sourceKey: string;
}

/** Credits that were taken back. */
export async function revokeRefunded(chargeId: string): Promise<number> {
  const charge = await readRefundedCharge(chargeId);
  if (!charge.isWhole) return 0;
  const purchase = await findPurchase(charge);
  return purchase === null ? 0 : inTransaction((tx) => revokeGrant(purchase.scope, purchase.sourceKey, tx));
}

/** Given first, where that has not happened yet. */
async function findPurchase(charge: { paymentIntentId: string | null; invoiceIds: string[] }): Promise<Purchase | null> {
  const checkout = charge.paymentIntentId === null ? null : await findCheckoutOfPayment(charge.paymentIntentId);
  if (checkout?.customerId) {
    const scope = await findScopeOfCustomer(checkout.customerId);
    await fulfilCheckout(checkout.id);
    return scope && { scope, sourceKey: checkoutSourceKey(checkout.id) };
  }
  for (const invoiceId of charge.invoiceIds) {
    const invoice = await readInvoice(invoiceId);
    const scope = invoice?.customerId ? await findScopeOfCustomer(invoice.customerId) : null;
    const topUpId = invoice?.autoTopUpId ?? null;
    if (scope === null || topUpId === null) continue;
    await applyPaidInvoice(invoiceId);
    return { scope, sourceKey: topUpSourceKey(topUpId) };
  }
  return null;
}
