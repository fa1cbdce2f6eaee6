// Opens Stripe's Checkout for a plan or a pack. Refuses people who are no owners, and a second plan beside one that runs: that is
// looked up at Stripe itself, because a purchase made a moment ago may not have reached us yet.
import { openCheckout } from '@/lib/billing/checkout';
import { findBillingAccount } from '@/lib/data/billing-accounts';
import type { Scope } from '@/lib/data/scope';
import type { Offer } from '@/lib/domain/plans';
import { fail, ok, type Result } from '@/lib/errors';
import { siteLink } from '@/lib/mail/site-link';
import { ensureCustomer } from './ensure-customer';
import { isLiveStatus } from './is-live-status';
import { requireOwner } from './require-owner';
import { syncBilling } from './sync-billing';

/** The page to send the customer to. */
export async function startCheckout(scope: Scope, { userId, offer }: { userId: string; offer: Offer }): Promise<Result<string>> {
  const allowed = await requireOwner(scope, userId);
  if (!allowed.ok) return allowed;
  const customerId = await ensureCustomer(scope, userId);
  if (offer.kind === 'plan') {
    await syncBilling(scope);
    const account = await findBillingAccount(scope);
    if (isLiveStatus(account?.status)) return fail('conflict', { detail: 'A plan runs already. Change it on the billing page.' });
  }
  const url = await openCheckout({
    workspaceId: scope.workspaceId,
    customerId,
    offer,
    // Stripe puts the session's id in the place of the braces, which must not be escaped.
    successUrl: `${siteLink('/billing/return')}?session_id={CHECKOUT_SESSION_ID}`,
    cancelUrl: siteLink('/billing'),
  });
  return ok(url);
}
