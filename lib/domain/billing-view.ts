// What the billing pages show of a workspace's money. Dates are ISO strings, amounts are Stripe's own.
import type { Interval, PackId, PaidPlanId, PlanId } from './plans';

/**
 * `ending`: paid, and over at `endsAt`. `past_due`: the last payment failed; over at `endsAt` unless it is paid by then.
 * `elsewhere`: the subscription is of an offer that this installation does not know.
 */
export type PlanState = 'free' | 'active' | 'ending' | 'past_due' | 'elsewhere';

export interface PlanView {
  state: PlanState;
  plan: PlanId;
  /** Null on the Free plan. */
  interval: Interval | null;
  periodEnd: string | null;
  endsAt: string | null;
  /** Takes its place at the end of the period. */
  next: { plan: PaidPlanId; interval: Interval } | null;
}

export interface AutoTopUpView {
  isOn: boolean;
  below: number;
  pack: PackId | null;
  maxAMonth: number;
  /** Why it was switched off by us. */
  stopped: string | null;
}

export interface BillingView {
  /** Whether whoever asks may buy and change. */
  mayBuy: boolean;
  plan: PlanView;
  credits: { available: number; held: number; isLow: boolean; nextAt: string | null; nextAmount: number };
  /** Known at Stripe: has bought something, or began to. */
  isCustomer: boolean;
  paymentMethod: string | null;
  autoTopUp: AutoTopUpView;
}

export interface NextInvoice {
  amountCents: number;
  currency: string;
}

export interface InvoiceRow {
  id: string;
  number: string | null;
  createdAt: string;
  totalCents: number;
  currency: string;
  status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void';
  /** Of its first line. */
  description: string;
  /** Stripe's page of it, and the PDF. */
  pageUrl: string | null;
  pdfUrl: string | null;
}

export interface InvoicePage {
  items: InvoiceRow[];
  /** Pass it to go on. */
  nextCursor: string | null;
}

/** What a change of plan would mean. */
export type PlanChangeView =
  /** Nothing runs that could be changed: the plan is bought anew. */
  | { kind: 'new' }
  | { kind: 'same' }
  /** At once, for what Stripe says. `at` is the moment it was computed for. */
  | {
      kind: 'upgrade';
      at: string;
      dueNowCents: number;
      taxCents: number;
      currency: string;
      lines: { description: string; cents: number }[];
    }
  /** When the paid period is over. */
  | { kind: 'downgrade'; startsAt: string };

/** What came of a Checkout session. */
export interface PurchaseView {
  state: 'fulfilled' | 'pending' | 'declined' | 'open' | 'expired';
  /** A word for what was bought, as "10,000 credits". */
  what: string | null;
}
