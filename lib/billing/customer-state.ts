// How a customer stands at Stripe now: the subscription that counts, its plan, what is to come, and the card. Always read afresh;
// nothing is concluded from the order of events.
import type Stripe from 'stripe';
import { dateOf, idOf, planOfPrice, type PlanOffer } from './catalogue';
import { stripeClient } from './stripe-client';
import { askingStripe } from './stripe-problem';

export interface SubscriptionState {
  id: string;
  /** Stripe's word. */
  status: string;
  /** Runs: paid, or waiting for a payment that is late. */
  isLive: boolean;
  isPastDue: boolean;
  /** Null for a price that is none of ours. */
  offer: PlanOffer | null;
  itemId: string;
  periodEnd: Date;
  cancelAt: Date | null;
  next: PlanOffer | null;
  scheduleId: string | null;
}

export interface CustomerState {
  subscription: SubscriptionState | null;
  paymentMethodLabel: string | null;
}

/** Newest first; more than this many never count. */
const SUBSCRIPTIONS_READ = 20;
const EXPAND = ['data.schedule', 'data.default_payment_method'];

export function readCustomerState(customerId: string): Promise<CustomerState> {
  return askingStripe(async () => {
    const stripe = stripeClient();
    const [customer, { data }] = await Promise.all([
      stripe.customers.retrieve(customerId, { expand: ['invoice_settings.default_payment_method'] }),
      stripe.subscriptions.list({ customer: customerId, status: 'all', limit: SUBSCRIPTIONS_READ, expand: EXPAND }),
    ]);
    const subscriptions = data.map((subscription) => ({ subscription, state: toState(subscription) }));
    const chosen = subscriptions.find(({ state }) => state?.isLive) ?? subscriptions.find(({ state }) => state !== null);
    const ofCustomer = customer.deleted ? null : customer.invoice_settings.default_payment_method;
    const method = chosen?.state?.isLive === true ? (chosen.subscription.default_payment_method ?? ofCustomer) : ofCustomer;
    const next = chosen?.state?.isLive === true ? await readNext(chosen.subscription) : null;
    return { subscription: chosen?.state ? { ...chosen.state, next } : null, paymentMethodLabel: labelOf(method) };
  });
}

function toState(subscription: Stripe.Subscription): Omit<SubscriptionState, 'next'> | null {
  const [item] = subscription.items.data;
  // One that never was paid does not count.
  if (item === undefined || subscription.status.startsWith('incomplete')) return null;
  const { status } = subscription;
  const isPastDue = status === 'past_due' || status === 'unpaid';
  const periodEnd = dateOf(item.current_period_end);
  const cancelAt = subscription.cancel_at === null ? null : dateOf(subscription.cancel_at);
  return {
    id: subscription.id,
    status,
    isLive: isPastDue || status === 'active' || status === 'trialing',
    isPastDue,
    offer: planOfPrice(item.price),
    itemId: item.id,
    periodEnd,
    cancelAt: subscription.cancel_at_period_end ? periodEnd : cancelAt,
    scheduleId: idOf(subscription.schedule),
  };
}

/** What a schedule brings after the phase that runs now. */
async function readNext({ schedule }: Stripe.Subscription): Promise<PlanOffer | null> {
  if (schedule === null || typeof schedule === 'string') return null;
  const until = schedule.current_phase?.end_date;
  const priceId = idOf(schedule.phases.find(({ start_date }) => start_date === until)?.items[0]?.price);
  return priceId === null ? null : planOfPrice(await stripeClient().prices.retrieve(priceId));
}

const BRANDS: Readonly<Record<string, string>> = { visa: 'Visa', mastercard: 'Mastercard', amex: 'American Express' };

function labelOf(method: string | Stripe.PaymentMethod | null): string | null {
  if (method === null || typeof method === 'string') return null;
  const { card } = method;
  return card ? `${BRANDS[card.brand] ?? card.brand} ending in ${card.last4}` : method.type.replaceAll('_', ' ');
}
