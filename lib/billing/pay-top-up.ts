// Buys a pack without the customer being there: an invoice of one line, charged to the card that is kept. Every step has an
// idempotency key made from the purchase, so a purchase that is begun again after a crash goes on with the same invoice.
import type { PackId } from '@/lib/domain/plans';
import { findPriceId, idOf } from './catalogue';
import { TOP_UP_METADATA } from './invoices';
import { stripeClient } from './stripe-client';
import { askingStripe, cardProblemOf } from './stripe-problem';

export interface TopUpOrder {
  /** Of the purchase. */
  id: string;
  workspaceId: string;
  customerId: string;
  pack: PackId;
}

export type TopUpOutcome = { isPaid: true; invoiceId: string } | { isPaid: false; invoiceId: string | null; why: string };

export function payTopUp(order: TopUpOrder): Promise<TopUpOutcome> {
  return askingStripe(async () => {
    const method = await findPaymentMethod(order.customerId);
    if (method === null) return { isPaid: false, invoiceId: null, why: 'There is no card on file.' };
    const invoiceId = await makeInvoice(order, method);
    return (await findOutcome(invoiceId)) ?? charge(invoiceId);
  });
}

/** Null while the invoice can still be paid. */
async function findOutcome(invoiceId: string): Promise<TopUpOutcome | null> {
  const { status } = await stripeClient().invoices.retrieve(invoiceId);
  if (status === 'paid') return { isPaid: true, invoiceId };
  return status === 'void' ? { isPaid: false, invoiceId, why: 'The purchase was given up.' } : null;
}

async function charge(invoiceId: string): Promise<TopUpOutcome> {
  const { invoices } = stripeClient();
  try {
    const paid = await invoices.pay(invoiceId, { off_session: true });
    return paid.status === 'paid'
      ? { isPaid: true, invoiceId }
      : { isPaid: false, invoiceId, why: 'The payment did not go through.' };
  } catch (error) {
    // Another job of the same purchase may have been faster; then its end is ours.
    const ended = await findOutcome(invoiceId);
    if (ended) return ended;
    const problem = cardProblemOf(error);
    if (problem === null) throw error;
    // Nobody is there to confirm or to take another card, and nobody should be asked for it later.
    await invoices.voidInvoice(invoiceId);
    const why = problem.needsAction ? 'Your bank wants you to confirm the payment.' : problem.message;
    return { isPaid: false, invoiceId, why };
  }
}

async function makeInvoice(order: TopUpOrder, method: string): Promise<string> {
  const { invoices, invoiceItems } = stripeClient();
  const step = (name: string) => ({ idempotencyKey: `top-up:${order.id}:${name}` });
  const invoice = await invoices.create(
    {
      customer: order.customerId,
      auto_advance: false,
      collection_method: 'charge_automatically',
      pending_invoice_items_behavior: 'exclude',
      default_payment_method: method,
      description: 'Automatic top-up',
      metadata: { workspace_id: order.workspaceId, [TOP_UP_METADATA]: order.id },
    },
    step('invoice'),
  );
  if (invoice.status === 'draft') {
    const price = await findPriceId({ kind: 'pack', pack: order.pack });
    await invoiceItems.create({ customer: order.customerId, invoice: invoice.id, pricing: { price } }, step('item'));
  }
  return invoice.id;
}

/** The customer's own default, else that of the subscription, else any card that is kept. */
async function findPaymentMethod(customerId: string): Promise<string | null> {
  const { customers, subscriptions } = stripeClient();
  const customer = await customers.retrieve(customerId);
  if (customer.deleted) return null;
  const own = idOf(customer.invoice_settings.default_payment_method);
  if (own !== null) return own;
  const { data: running } = await subscriptions.list({ customer: customerId, limit: 1 });
  const ofPlan = idOf(running[0]?.default_payment_method);
  if (ofPlan !== null) return ofPlan;
  const { data: kept } = await customers.listPaymentMethods(customerId, { limit: 1 });
  return kept[0]?.id ?? null;
}
