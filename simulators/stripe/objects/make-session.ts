// Checkout sessions and their lines in Stripe's format.
import type Stripe from 'stripe';
import { newStripeId } from '../ids';

export interface SessionFields {
  mode: 'payment' | 'subscription';
  customer: Stripe.Customer;
  reference: string | null;
  metadata: Stripe.Metadata;
  items: Stripe.LineItem[];
  allowsCodes: boolean;
  isTaxed: boolean;
  collectsTaxId: boolean;
  addressCollection: Stripe.Checkout.Session.BillingAddressCollection;
  makesInvoice: { metadata: Stripe.Metadata } | null;
  successUrl: string;
  cancelUrl: string | null;
  expiresAt: number;
  baseUrl: string;
}

export function makeSession(fields: SessionFields, now: number): Stripe.Checkout.Session {
  const id = newStripeId('cs_test', 48);
  const isPayment = fields.mode === 'payment';
  const total = fields.items.reduce((sum, item) => sum + item.amount_subtotal, 0);
  return {
    id,
    object: 'checkout.session',
    adaptive_pricing: null,
    after_expiration: null,
    allow_promotion_codes: fields.allowsCodes,
    allowed_payment_method_types: null,
    amount_subtotal: total,
    amount_total: total,
    automatic_tax: {
      enabled: fields.isTaxed,
      liability: fields.isTaxed ? { type: 'self' } : null,
      provider: fields.isTaxed ? 'stripe' : null,
      status: fields.isTaxed ? 'requires_location_inputs' : null,
    },
    billing_address_collection: fields.addressCollection,
    cancel_url: fields.cancelUrl,
    client_reference_id: fields.reference,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: now,
    currency: fields.items[0]?.currency ?? null,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: fields.customer.id,
    customer_account: null,
    customer_creation: null,
    customer_details: null,
    customer_email: null,
    discounts: [],
    expires_at: fields.expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation: isPayment ? invoiceCreation(fields) : null,
    livemode: false,
    locale: null,
    managed_payments: null,
    metadata: fields.metadata,
    mode: fields.mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: isPayment ? 'if_required' : 'always',
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: isPayment ? ['card', 'us_bank_account'] : ['card'],
    payment_status: 'unpaid',
    permissions: null,
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: null,
    subscription: null,
    success_url: fields.successUrl,
    tax_id_collection: { enabled: fields.collectsTaxId, required: 'never' },
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: `${fields.baseUrl}/c/pay/${id}`,
    wallet_options: null,
  };
}

const invoiceCreation = ({ makesInvoice }: SessionFields): Stripe.Checkout.Session.InvoiceCreation => ({
  enabled: makesInvoice !== null,
  invoice_data: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: null,
    metadata: makesInvoice?.metadata ?? {},
    rendering_options: null,
  },
});

export interface SessionLine {
  price: Stripe.Price;
  quantity: number;
  description: string;
}

export function makeLineItem({ price, quantity, description }: SessionLine): Stripe.LineItem {
  const amount = (price.unit_amount ?? 0) * quantity;
  return {
    id: newStripeId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description,
    metadata: {},
    price,
    quantity,
  };
}
