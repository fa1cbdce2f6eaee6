// Products, prices, coupons and promotion codes in Stripe's format.
import Stripe from 'stripe';
import { newStripeId } from '../ids';

export interface ProductFields {
  id: string | undefined;
  name: string;
  description: string | null;
  active: boolean;
  taxCode: string | null;
  metadata: Stripe.Metadata;
}

export function makeProduct({ id, taxCode, ...fields }: ProductFields, now: number): Stripe.Product {
  return {
    id: id ?? newStripeId('prod', 14),
    object: 'product',
    ...fields,
    created: now,
    default_price: null,
    images: [],
    livemode: false,
    marketing_features: [],
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: taxCode,
    tax_details: null,
    type: 'service',
    unit_label: null,
    updated: now,
    url: null,
  };
}

export interface PriceFields {
  product: string;
  currency: string;
  unitAmount: number;
  lookupKey: string | null;
  taxBehavior: Stripe.Price.TaxBehavior;
  metadata: Stripe.Metadata;
  recurring: { interval: Stripe.Price.Recurring.Interval; intervalCount: number } | null;
}

export function makePrice(fields: PriceFields, now: number): Stripe.Price {
  const { recurring } = fields;
  return {
    id: newStripeId('price'),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: now,
    currency: fields.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: fields.lookupKey,
    metadata: fields.metadata,
    nickname: null,
    product: fields.product,
    recurring: recurring && {
      interval: recurring.interval,
      interval_count: recurring.intervalCount,
      meter: null,
      trial_period_days: null,
      usage_type: 'licensed',
    },
    tax_behavior: fields.taxBehavior,
    tiers_mode: null,
    transform_quantity: null,
    type: recurring === null ? 'one_time' : 'recurring',
    unit_amount: fields.unitAmount,
    unit_amount_decimal: Stripe.Decimal.from(fields.unitAmount),
  };
}

/** Stripe's old form of a recurring price, which subscriptions still include. */
export function planOf(price: Stripe.Price): Stripe.Plan {
  if (price.recurring === null) throw new Error('a subscription to a price that does not recur');
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: 'per_unit',
    created: price.created,
    currency: price.currency,
    interval: price.recurring.interval,
    interval_count: price.recurring.interval_count,
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: null,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: 'licensed',
  };
}

export function makeCoupon(fields: { id: string; name: string; percentOff: number }, now: number): Stripe.Coupon {
  return {
    id: fields.id,
    object: 'coupon',
    amount_off: null,
    created: now,
    currency: null,
    duration: 'once',
    duration_in_months: null,
    livemode: false,
    max_redemptions: null,
    metadata: {},
    name: fields.name,
    percent_off: fields.percentOff,
    redeem_by: null,
    times_redeemed: 0,
    valid: true,
  };
}

export function makePromotionCode(fields: { code: string; couponId: string }, now: number): Stripe.PromotionCode {
  return {
    id: newStripeId('promo'),
    object: 'promotion_code',
    active: true,
    code: fields.code,
    created: now,
    customer: null,
    customer_account: null,
    expires_at: null,
    livemode: false,
    max_redemptions: null,
    metadata: {},
    promotion: { coupon: fields.couponId, type: 'coupon' },
    restrictions: { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null },
    times_redeemed: 0,
  };
}
