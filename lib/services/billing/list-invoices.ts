// A workspace's invoices, from Stripe, a page at a time; every member may see them.
import { listInvoices as listAtStripe } from '@/lib/billing/invoices';
import { findCustomerAccount } from '@/lib/data/billing-accounts';
import type { Scope } from '@/lib/data/scope';
import type { InvoicePage } from '@/lib/domain/billing-view';
import { INVOICES_A_PAGE } from '@/lib/domain/limits';

export async function listInvoices(scope: Scope, after: string | null): Promise<InvoicePage> {
  const account = await findCustomerAccount(scope);
  if (account === null) return { items: [], nextCursor: null };
  return listAtStripe(account.customerId, { take: INVOICES_A_PAGE, after });
}
