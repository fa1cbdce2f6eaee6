// Invoices, their lines and their payments in Stripe's format. Totals are the sums of the lines, less discounts.
import Stripe from 'stripe';
import { idOf, newStripeId } from '../ids';

export interface LineFields {
  amount: number;
  description: string;
  price: Stripe.Price;
  quantity: number;
  period: { start: number; end: number };
  /** The subscription it bills; null for a one-off item. */
  subscription: { id: string; itemId: string; isProration: boolean } | null;
  invoiceItem: string | null;
  metadata: Stripe.Metadata;
}

export function makeLine(fields: LineFields, invoice: string): Stripe.InvoiceLineItem {
  const { amount, price, subscription } = fields;
  return {
    id: newStripeId('il'),
    object: 'line_item',
    amount,
    currency: price.currency,
    description: fields.description,
    discount_amounts: [],
    discountable: subscription?.isProration !== true,
    discounts: [],
    invoice,
    livemode: false,
    metadata: fields.metadata,
    parent: parentOf(fields),
    period: fields.period,
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: price.id, product: idOf(price.product) ?? '' },
      type: 'price_details',
      unit_amount_decimal: Stripe.Decimal.from(price.unit_amount ?? 0),
    },
    quantity: fields.quantity,
    quantity_decimal: Stripe.Decimal.from(fields.quantity),
    subscription: subscription?.id ?? null,
    subtotal: amount,
    taxes: [],
  };
}

function parentOf({ subscription, invoiceItem }: LineFields): Stripe.InvoiceLineItem.Parent {
  if (subscription === null) {
    const item = {
      invoice_item: invoiceItem ?? newStripeId('ii'),
      proration: false,
      proration_details: null,
      subscription: null,
    };
    return { invoice_item_details: item, subscription_item_details: null, type: 'invoice_item_details' };
  }
  const { id, itemId, isProration } = subscription;
  return {
    invoice_item_details: null,
    subscription_item_details: {
      invoice_item: invoiceItem,
      proration: isProration,
      proration_details: isProration ? { credited_items: null } : null,
      subscription: id,
      subscription_item: itemId,
    },
    type: 'subscription_item_details',
  };
}

export interface InvoiceFields {
  customer: Stripe.Customer;
  currency: string;
  reason: Stripe.Invoice.BillingReason;
  subscription: Stripe.Subscription | null;
  description: string | null;
  metadata: Stripe.Metadata;
  autoAdvance: boolean;
  defaultMethod: string | null;
  isTaxed: boolean;
  /** The period that the invoice itself states (`period_start`, `period_end`); its lines have their own. */
  period: { start: number; end: number };
}

export function makeInvoice(fields: InvoiceFields, now: number): Stripe.Invoice {
  const { customer, subscription, isTaxed } = fields;
  const id = newStripeId('in');
  return {
    id,
    object: 'invoice',
    account_country: 'US',
    account_name: 'Stripe stand-in',
    account_tax_ids: null,
    ...amountsOf([], []),
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: fields.autoAdvance,
    automatic_tax: {
      disabled_reason: null,
      enabled: isTaxed,
      liability: isTaxed ? { type: 'self' } : null,
      provider: isTaxed ? 'stripe' : null,
      status: isTaxed ? 'complete' : null,
    },
    automatically_finalizes_at: null,
    billing_reason: fields.reason,
    collection_method: 'charge_automatically',
    created: now,
    currency: fields.currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: null,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    customer_tax_ids: [],
    default_payment_method: fields.defaultMethod,
    default_source: null,
    default_tax_rates: [],
    description: fields.description,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: 'list', data: [], has_more: false, url: `/v1/invoices/${id}/lines` },
    livemode: false,
    metadata: fields.metadata,
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: subscription && {
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      type: 'subscription_details',
    },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: fields.period.end,
    period_start: fields.period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    test_clock: null,
    webhooks_delivered_at: null,
  };
}

/** For a draft or open invoice on which nothing has been paid. */
export function amountsOf(lines: readonly Stripe.InvoiceLineItem[], discounts: readonly Stripe.Invoice.TotalDiscountAmount[]) {
  const subtotal = lines.reduce((sum, { amount }) => sum + amount, 0);
  const total = subtotal - discounts.reduce((sum, { amount }) => sum + amount, 0);
  const due = Math.max(0, total);
  return {
    amount_due: due,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: due,
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_discount_amounts: [...discounts],
    total_excluding_tax: total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
  };
}

export const makeInvoicePayment = (invoice: Stripe.Invoice, intent: string, now: number): Stripe.InvoicePayment => ({
  id: newStripeId('inpay'),
  object: 'invoice_payment',
  amount_paid: null,
  amount_requested: invoice.amount_due,
  created: now,
  currency: invoice.currency,
  invoice: invoice.id,
  is_default: true,
  livemode: false,
  payment: { payment_intent: intent, type: 'payment_intent' },
  status: 'open',
  status_transitions: { canceled_at: null, paid_at: null },
});

export interface ItemFields {
  customer: string;
  invoice: string | null;
  price: Stripe.Price;
  quantity: number;
  description: string;
  metadata: Stripe.Metadata;
}

export const makeInvoiceItem = (fields: ItemFields, now: number): Stripe.InvoiceItem => ({
  id: newStripeId('ii'),
  object: 'invoiceitem',
  amount: (fields.price.unit_amount ?? 0) * fields.quantity,
  currency: fields.price.currency,
  customer: fields.customer,
  customer_account: null,
  date: now,
  description: fields.description,
  discountable: true,
  discounts: [],
  invoice: fields.invoice,
  livemode: false,
  metadata: fields.metadata,
  parent: null,
  period: { start: now, end: now },
  pricing: {
    price_details: { price: fields.price.id, product: idOf(fields.price.product) ?? '' },
    type: 'price_details',
    unit_amount_decimal: Stripe.Decimal.from(fields.price.unit_amount ?? 0),
  },
  proration: false,
  quantity: fields.quantity,
  quantity_decimal: Stripe.Decimal.from(fields.quantity),
  tax_rates: [],
  test_clock: null,
});
