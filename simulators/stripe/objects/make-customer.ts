// A customer in Stripe's format.
import type Stripe from 'stripe';
import { newStripeId } from '../ids';

export interface CustomerFields {
  name: string | null;
  email: string | null;
  metadata: Stripe.Metadata;
}

export function makeCustomer({ name, email, metadata }: CustomerFields, now: number): Stripe.Customer {
  const id = newStripeId('cus', 14);
  return {
    id,
    object: 'customer',
    address: null,
    balance: 0,
    created: now,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata,
    name,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  };
}
