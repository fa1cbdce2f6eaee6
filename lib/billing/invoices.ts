// A workspace's invoices at Stripe: what a paid one means, and the pages to see and pay them. A paid invoice stands for a period
// of a plan with its credits, or for an automatic purchase. The result is the same from the webhook, the return page and a job,
// any number of times in any order. Every member may see invoices; only owners may open Stripe's pages.
import { requireOwner } from '@/lib/accounts/workspaces';
import { inTransaction } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { INVOICES_A_PAGE } from '@/lib/platform/limits';
import { siteLink } from '@/lib/platform/mail/compose';
import type { Scope } from '@/lib/platform/scope';
import { grantPlanMonth } from './months';
import { isLiveStatus, syncBilling } from './customers';
import type { InvoicePage, NextInvoice } from './rules/billing';
import { findBillingAccount, findCustomerAccount, findScopeOfCustomer } from './store/accounts';
import { insertPlanPeriod } from './store/periods';
import {
  findPaymentPage,
  type InvoiceFacts,
  listInvoices as listAtStripe,
  type PaidPeriod,
  previewNextInvoice,
  readInvoice,
} from './stripe/invoices';
import { openPortal as openPortalPage } from './stripe/catalog';
import { settleTopUp } from './top-ups';

/** Returns the workspace that the invoice belongs to; null if the invoice is not ours. Grants nothing for an unpaid invoice. */
export async function applyPaidInvoice(invoiceId: string, now = new Date()): Promise<Scope | null> {
  const invoice = await readInvoice(invoiceId);
  const scope = invoice?.customerId ? await findScopeOfCustomer(invoice.customerId) : null;
  if (invoice === null || scope === null) return null;
  if (invoice.isPaid && invoice.period) await grantPeriod(scope, { invoice, period: invoice.period, now });
  if (invoice.autoTopUpId !== null) {
    await settleTopUp(scope, { id: invoice.autoTopUpId, invoiceId, outcome: outcomeOf(invoice) });
  }
  return scope;
}

/** From Stripe, a page at a time. */
export async function listInvoices(scope: Scope, after: string | null): Promise<InvoicePage> {
  const account = await findCustomerAccount(scope);
  if (account === null) return { items: [], nextCursor: null };
  return listAtStripe(account.customerId, { take: INVOICES_A_PAGE, after });
}

/** What the plan's next invoice will say, as Stripe computes it; null if there will be none. */
export async function getNextInvoice(scope: Scope): Promise<NextInvoice | null> {
  const account = await findCustomerAccount(scope);
  const subscriptionId = account?.subscriptionId ?? null;
  if (account === null || subscriptionId === null) return null;
  const isToCome = isLiveStatus(account.status) && account.cancelAt === null;
  return isToCome ? previewNextInvoice(account.customerId, subscriptionId) : null;
}

/**
 * Stripe's page where a failed renewal can be paid. Null if no invoice is open any more because it was paid in the meantime; the
 * billing state is then copied again.
 */
export async function openPaymentPage(scope: Scope, userId: string): Promise<Result<string | null>> {
  const allowed = await requireOwner(scope, userId);
  if (!allowed.ok) return allowed;
  const account = await findBillingAccount(scope);
  const subscriptionId = account?.subscriptionId ?? null;
  const page = subscriptionId === null ? null : await findPaymentPage(subscriptionId);
  if (page === null) await syncBilling(scope);
  return ok(page);
}

/**
 * Stripe's customer portal: payment methods, billing address and tax ids, invoices. Refuses workspaces that have never bought
 * anything, because there is nothing to manage.
 */
export async function openPortal(scope: Scope, userId: string): Promise<Result<string>> {
  const allowed = await requireOwner(scope, userId);
  if (!allowed.ok) return allowed;
  const account = await findCustomerAccount(scope);
  if (account === null) return fail('not_found', { detail: 'There is nothing to manage before the first purchase.' });
  return ok(await openPortalPage(account.customerId, siteLink('/billing/return')));
}

function grantPeriod(scope: Scope, paid: { invoice: InvoiceFacts; period: PaidPeriod; now: Date }): Promise<number> {
  const { period, now } = paid;
  return inTransaction(async (tx) => {
    await insertPlanPeriod(scope, { ...period, invoiceId: paid.invoice.id }, tx);
    return grantPlanMonth(scope, { period, now }, tx);
  });
}

const outcomeOf = (invoice: InvoiceFacts): 'paid' | 'open' => (invoice.isPaid ? 'paid' : 'open');
