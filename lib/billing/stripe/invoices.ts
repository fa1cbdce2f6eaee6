// Invoices at Stripe: what the billing page lists, what a paid invoice stands for, and the invoice that buys a pack without the
// customer being present. The paid period is read from the invoice's own line, so it is the same whenever and however often it is
// read. An automatic purchase is an invoice with one line, charged to the card on file. Each step has an idempotency key derived
// from the purchase, so a purchase that is started again after a crash continues with the same invoice.
import type Stripe from 'stripe';
import type { PackId, PlanOffer } from '../rules/offers';
import type { InvoicePage, InvoiceRow, NextInvoice } from '../rules/billing';
import { dateOf, findPriceId, idOf, planOfPrice } from './catalog';
import { askingStripe, cardProblemOf, isMissing, isNothingUpcoming, stripeClient } from './client';

export const TOP_UP_METADATA = 'auto_top_up';

const STATUSES = ['draft', 'open', 'paid', 'uncollectible', 'void'] as const;

export interface PaidPeriod extends PlanOffer {
  subscriptionId: string;
  startsAt: Date;
  endsAt: Date;
}

export interface InvoiceFacts {
  id: string;
  customerId: string | null;
  isPaid: boolean;
  /** The payment was tried and failed. */
  hasFailed: boolean;
  /** The period of a plan that it pays for; null for other invoices. */
  period: PaidPeriod | null;
  /** The automatic purchase that it pays for; null for other invoices. */
  autoTopUpId: string | null;
}

export interface TopUpOrder {
  /** The id of the purchase. */
  id: string;
  workspaceId: string;
  customerId: string;
  pack: PackId;
}

export type TopUpOutcome = { isPaid: true; invoiceId: string } | { isPaid: false; invoiceId: string | null; why: string };

/** Newest first. A cursor that Stripe does not know returns the first page. */
export function listInvoices(customerId: string, page: { take: number; after: string | null }): Promise<InvoicePage> {
  const { take, after } = page;
  return askingStripe(async () => {
    try {
      const { data, has_more } = await stripeClient().invoices.list({
        customer: customerId,
        limit: take,
        ...(after !== null && { starting_after: after }),
      });
      const items = data.map(toRow);
      return { items, nextCursor: has_more ? (items.at(-1)?.id ?? null) : null };
    } catch (error) {
      if (after !== null && isMissing(error)) return listInvoices(customerId, { take, after: null });
      throw error;
    }
  });
}

/** What the subscription's next invoice will say, as Stripe computes it; null if there will be none. */
export function previewNextInvoice(customerId: string, subscriptionId: string): Promise<NextInvoice | null> {
  return askingStripe(async () => {
    try {
      const invoice = await stripeClient().invoices.createPreview({ customer: customerId, subscription: subscriptionId });
      return { amountCents: invoice.amount_due, currency: invoice.currency };
    } catch (error) {
      // A subscription that is set to end has no next invoice.
      if (isNothingUpcoming(error)) return null;
      throw error;
    }
  });
}

/** The page where the oldest open invoice of a subscription can be paid. */
export function findPaymentPage(subscriptionId: string): Promise<string | null> {
  return askingStripe(async () => {
    const { data } = await stripeClient().invoices.list({ subscription: subscriptionId, status: 'open', limit: 100 });
    return data.at(-1)?.hosted_invoice_url ?? null;
  });
}

/** Null if there is no such invoice. */
export function readInvoice(id: string): Promise<InvoiceFacts | null> {
  return askingStripe(async () => {
    try {
      const invoice = await stripeClient().invoices.retrieve(id);
      return {
        id,
        customerId: idOf(invoice.customer),
        isPaid: invoice.status === 'paid',
        hasFailed: invoice.status === 'open' && invoice.attempted,
        period: await periodOf(invoice),
        autoTopUpId: invoice.metadata?.[TOP_UP_METADATA] ?? null,
      };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  });
}

export function payTopUp(order: TopUpOrder): Promise<TopUpOutcome> {
  return askingStripe(async () => {
    const method = await findPaymentMethod(order.customerId);
    if (method === null) return { isPaid: false, invoiceId: null, why: 'There is no card on file.' };
    const invoiceId = await createInvoice(order, method);
    return (await findOutcome(invoiceId)) ?? chargeInvoice(invoiceId);
  });
}

function toRow(invoice: Stripe.Invoice): InvoiceRow {
  return {
    id: invoice.id,
    number: invoice.number,
    createdAt: dateOf(invoice.created).toISOString(),
    totalCents: invoice.total,
    currency: invoice.currency,
    status: STATUSES.find((status) => status === invoice.status) ?? 'draft',
    description: invoice.lines.data.find(({ amount }) => amount >= 0)?.description ?? invoice.description ?? 'Invoice',
    pageUrl: invoice.hosted_invoice_url ?? null,
    pdfUrl: invoice.invoice_pdf ?? null,
  };
}

/** The line that charges for the time ahead: credits for unused time are negative, and a late proration ends sooner. */
async function periodOf(invoice: Stripe.Invoice): Promise<PaidPeriod | null> {
  const subscriptionId = idOf(invoice.parent?.subscription_details?.subscription);
  if (subscriptionId === null) return null;
  const charges = invoice.lines.data.filter(({ amount, period }) => amount >= 0 && period.end > period.start);
  const [line] = charges.sort((a, b) => b.period.end - a.period.end || a.period.start - b.period.start);
  const price = line?.pricing?.price_details?.price;
  if (line === undefined || price === undefined) return null;
  const offer = planOfPrice(typeof price === 'string' ? await stripeClient().prices.retrieve(price) : price);
  return offer && { ...offer, subscriptionId, startsAt: dateOf(line.period.start), endsAt: dateOf(line.period.end) };
}

/** Null while the invoice can still be paid. */
async function findOutcome(invoiceId: string): Promise<TopUpOutcome | null> {
  const { status } = await stripeClient().invoices.retrieve(invoiceId);
  if (status === 'paid') return { isPaid: true, invoiceId };
  return status === 'void' ? { isPaid: false, invoiceId, why: 'The purchase was abandoned.' } : null;
}

async function chargeInvoice(invoiceId: string): Promise<TopUpOutcome> {
  const { invoices } = stripeClient();
  try {
    const paid = await invoices.pay(invoiceId, { off_session: true });
    return paid.status === 'paid'
      ? { isPaid: true, invoiceId }
      : { isPaid: false, invoiceId, why: 'The payment did not go through.' };
  } catch (error) {
    // Another job for the same purchase may have been faster; its result then counts.
    const ended = await findOutcome(invoiceId);
    if (ended) return ended;
    const problem = cardProblemOf(error);
    if (problem === null) throw error;
    // Nobody is present to confirm the payment or to choose another card, and nobody should be asked for it later.
    await invoices.voidInvoice(invoiceId);
    const why = problem.needsAction ? 'Your bank wants you to confirm the payment.' : problem.message;
    return { isPaid: false, invoiceId, why };
  }
}

async function createInvoice(order: TopUpOrder, method: string): Promise<string> {
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

/** The customer's own default, else the subscription's, else any card on file. */
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
