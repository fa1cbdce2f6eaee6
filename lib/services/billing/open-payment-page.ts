// Stripe's page where a renewal that failed can be paid. Refuses people who are no owners. When there is nothing open any more (it
// was paid meanwhile), what we know is copied afresh and there is no page.
import { findPaymentPage } from '@/lib/billing/invoices';
import { findBillingAccount } from '@/lib/data/billing-accounts';
import type { Scope } from '@/lib/data/scope';
import { ok, type Result } from '@/lib/errors';
import { requireOwner } from './require-owner';
import { syncBilling } from './sync-billing';

/** The page to send the customer to; null where nothing is owed. */
export async function openPaymentPage(scope: Scope, userId: string): Promise<Result<string | null>> {
  const allowed = await requireOwner(scope, userId);
  if (!allowed.ok) return allowed;
  const account = await findBillingAccount(scope);
  const subscriptionId = account?.subscriptionId ?? null;
  const page = subscriptionId === null ? null : await findPaymentPage(subscriptionId);
  if (page === null) await syncBilling(scope);
  return ok(page);
}
