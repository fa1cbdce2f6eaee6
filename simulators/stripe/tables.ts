// What the stand-in stores: Stripe's own objects, by kind, in the SDK's types, unexpanded. Data that Stripe keeps internally and never
// shows is in kinds of our own.
import type Stripe from 'stripe';

/** Answers to requests with an idempotency key. */
export interface KeptAnswer {
  id: string;
  fingerprint: string;
  status: number;
  body: string;
  createdAt: number;
}

/** Parts of a Checkout session that are shown only on request. */
export interface SessionItems {
  id: string;
  items: Stripe.LineItem[];
  /** The metadata given for the subscription or the payment that the session creates. */
  metadata: Stripe.Metadata;
  keepsCard: boolean;
  /** The payment being tried, which a subscription's session does not show. */
  intent: string | null;
}

export interface Setting {
  id: 'clock' | 'delivery';
  value: number;
}

export interface Tables {
  product: Stripe.Product;
  price: Stripe.Price;
  coupon: Stripe.Coupon;
  promotionCode: Stripe.PromotionCode;
  discount: Stripe.Discount;
  customer: Stripe.Customer | Stripe.DeletedCustomer;
  paymentMethod: Stripe.PaymentMethod;
  paymentIntent: Stripe.PaymentIntent;
  charge: Stripe.Charge;
  refund: Stripe.Refund;
  dispute: Stripe.Dispute;
  invoice: Stripe.Invoice;
  invoiceItem: Stripe.InvoiceItem;
  invoicePayment: Stripe.InvoicePayment;
  subscription: Stripe.Subscription;
  schedule: Stripe.SubscriptionSchedule;
  session: Stripe.Checkout.Session;
  portalConfiguration: Stripe.BillingPortal.Configuration;
  portalSession: Stripe.BillingPortal.Session;
  event: Stripe.EventBase;
  sessionItems: SessionItems;
  keptAnswer: KeptAnswer;
  setting: Setting;
}

export type Kind = keyof Tables;
