// What a paid invoice means for its workspace: a period of a plan with its credits, or an automatic purchase. Promises the same
// result from the webhook, the return page and a job, any number of times in any order. Does nothing for one that is not paid.
import { readInvoice, type InvoiceFacts, type PaidPeriod } from '@/lib/billing/invoices';
import { findScopeOfCustomer } from '@/lib/data/billing-accounts';
import { insertPlanPeriod } from '@/lib/data/plan-periods';
import type { Scope } from '@/lib/data/scope';
import { inTransaction } from '@/lib/data/transaction';
import { grantPlanMonth } from './grant-plan-month';
import { settleTopUp } from './settle-top-up';

/** The workspace that it belongs to; null where it is none of ours. */
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

function grantPeriod(scope: Scope, paid: { invoice: InvoiceFacts; period: PaidPeriod; now: Date }): Promise<number> {
  const { period, now } = paid;
  return inTransaction(async (tx) => {
    await insertPlanPeriod(scope, { ...period, invoiceId: paid.invoice.id }, tx);
    return grantPlanMonth(scope, { period, now }, tx);
  });
}

const outcomeOf = (invoice: InvoiceFacts): 'paid' | 'open' => (invoice.isPaid ? 'paid' : 'open');
