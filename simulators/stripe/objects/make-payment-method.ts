// Payment methods in Stripe's format. The metadata says which test card it is; the card number itself is never stored.
import type Stripe from 'stripe';
import type { TestCard } from '../test-cards';
import { newStripeId } from '../ids';

export const CARD_METADATA = 'test_card';
/** Set once the cardholder has confirmed the card for charges without them present. */
export const CONFIRMED_METADATA = 'confirmed';

export interface Holder {
  name: string | null;
  email: string | null;
  country: string | null;
}

interface MethodOf {
  customer: string;
  holder: Holder;
  now: number;
}

export function makeCardMethod(card: TestCard, of: MethodOf): Stripe.PaymentMethod {
  return {
    ...common(of),
    type: 'card',
    metadata: { [CARD_METADATA]: card.id },
    card: {
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'US',
      display_brand: card.brand,
      exp_month: 12,
      exp_year: new Date(of.now * 1_000).getUTCFullYear() + 3,
      funding: 'credit',
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [card.brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
  };
}

/** A bank debit: whether the money arrives is known only days later. */
export function makeDebitMethod(of: MethodOf): Stripe.PaymentMethod {
  return {
    ...common(of),
    type: 'us_bank_account',
    metadata: {},
    us_bank_account: {
      account_holder_type: 'individual',
      account_type: 'checking',
      bank_name: 'STAND-IN BANK',
      financial_connections_account: null,
      fingerprint: null,
      last4: '6789',
      networks: null,
      routing_number: '110000000',
      status_details: null,
    },
  };
}

const common = ({ customer, holder, now }: MethodOf) =>
  ({
    id: newStripeId('pm'),
    object: 'payment_method',
    allow_redisplay: 'limited',
    billing_details: {
      address: { city: null, country: holder.country, line1: null, line2: null, postal_code: null, state: null },
      email: holder.email,
      name: holder.name,
      phone: null,
      tax_id: null,
    },
    created: now,
    customer,
    customer_account: null,
    livemode: false,
  }) satisfies Partial<Stripe.PaymentMethod>;
