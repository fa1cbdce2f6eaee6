// Invoices: what the billing page lists, and what a paid one stands for. Which period was paid is read from the invoice's own
// line, so it is the same whenever and however often it is asked.
import type Stripe from 'stripe';
import type { InvoicePage, InvoiceRow, NextInvoice } from '@/lib/domain/billing-view';
import { dateOf, idOf, planOfPrice, type PlanOffer } from './catalogue';
import { stripeClient } from './stripe-client';
import { askingStripe, isMissing, isNothingUpcoming } from './stripe-problem';

/** Newest first. A cursor that leads nowhere gives the first page. */
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

const STATUSES = ['draft', 'open', 'paid', 'uncollectible', 'void'] as const;

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

/** What the subscription's next invoice will say, by Stripe's own reckoning; null where none is to come. */
export function previewNextInvoice(customerId: string, subscriptionId: string): Promise<NextInvoice | null> {
  return askingStripe(async () => {
    try {
      const invoice = await stripeClient().invoices.createPreview({ customer: customerId, subscription: subscriptionId });
      return { amountCents: invoice.amount_due, currency: invoice.currency };
    } catch (error) {
      // A subscription that ends has no next invoice.
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

export interface PaidPeriod extends PlanOffer {
  subscriptionId: string;
  startsAt: Date;
  endsAt: Date;
}

export interface InvoiceFacts {
  id: string;
  customerId: string | null;
  isPaid: boolean;
  /** Tried, and the card was refused. */
  hasFailed: boolean;
  /** Of a plan; null for other invoices. */
  period: PaidPeriod | null;
  /** Of an automatic purchase. */
  autoTopUpId: string | null;
}

export const TOP_UP_METADATA = 'auto_top_up';

/** Null when there is no such invoice. */
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

/** The line that charges for time to come: credits for unused time are negative, and a late proration ends sooner. */
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
