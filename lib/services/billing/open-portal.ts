// Opens Stripe's customer portal: payment methods, billing address and tax ids, invoices. Refuses people who are no owners, and
// workspaces that never bought: there is nothing to manage.
import { openPortal as openPortalPage } from '@/lib/billing/portal';
import { findCustomerAccount } from '@/lib/data/billing-accounts';
import type { Scope } from '@/lib/data/scope';
import { fail, ok, type Result } from '@/lib/errors';
import { siteLink } from '@/lib/mail/site-link';
import { requireOwner } from './require-owner';

/** The page to send the customer to. */
export async function openPortal(scope: Scope, userId: string): Promise<Result<string>> {
  const allowed = await requireOwner(scope, userId);
  if (!allowed.ok) return allowed;
  const account = await findCustomerAccount(scope);
  if (account === null) return fail('not_found', { detail: 'There is nothing to manage before the first purchase.' });
  return ok(await openPortalPage(account.customerId, siteLink('/billing/return')));
}
