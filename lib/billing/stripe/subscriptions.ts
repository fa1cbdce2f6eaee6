// A customer's subscription: its current state at Stripe, and changes to it. Stripe always computes what a change costs, never
// we. An upgrade (a larger plan, a year instead of a month) starts a new period right away: the unused time is credited and the
// rest charged. A downgrade waits for the end of the paid period, as a schedule. A charge that fails leaves everything as it was,
// and returns the page where it can still be paid.
import type Stripe from 'stripe';
import type { PlanOffer } from '../rules/offers';
import { dateOf, findPriceId, idOf, planOfPrice } from './catalog';
import { askingStripe, stripeClient } from './client';

export interface ChangeTarget {
  customerId: string;
  subscriptionId: string;
  itemId: string;
  scheduleId: string | null;
  to: PlanOffer;
}

export interface ChangePreview {
  /** What Stripe would charge now, tax included. */
  dueNowCents: number;
  lines: { description: string; cents: number }[];
  taxCents: number;
  currency: string;
  /** The time it was computed for. The change is made for the same time, so that it costs the same. */
  at: Date;
}

export interface Upgraded {
  /** Null if the upgrade is done; otherwise the page where the customer pays what the bank did not let us charge. */
  payPage: string | null;
  /** The invoice for what was charged now; null if nothing was. */
  invoiceId: string | null;
}

export interface SubscriptionState {
  id: string;
  /** Stripe's term. */
  status: string;
  /** Running: paid, or waiting for a late payment. */
  isLive: boolean;
  isPastDue: boolean;
  /** Null for a price that is not ours. */
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

type Running = Pick<ChangeTarget, 'subscriptionId' | 'scheduleId'>;

/** Newest first; older ones than these never count. */
const SUBSCRIPTIONS_READ = 20;
const EXPAND = ['data.schedule', 'data.default_payment_method'];

const BRANDS: Readonly<Record<string, string>> = { visa: 'Visa', mastercard: 'Mastercard', amex: 'American Express' };

/**
 * The subscription that counts, its plan, what comes next, and the card. It is always read from Stripe; nothing is inferred from
 * the order of events.
 */
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

export function previewUpgrade(target: ChangeTarget, at: Date): Promise<ChangePreview> {
  return askingStripe(async () => {
    const price = await findPriceId({ kind: 'plan', ...target.to });
    const invoice = await stripeClient().invoices.createPreview({
      customer: target.customerId,
      subscription: target.subscriptionId,
      subscription_details: { ...upgradeTo(target.itemId, price), proration_date: secondsOf(at) },
    });
    return {
      dueNowCents: invoice.amount_due,
      lines: invoice.lines.data.map((line) => ({ description: line.description ?? 'Plan', cents: line.amount })),
      taxCents: (invoice.total_taxes ?? []).reduce((sum, tax) => sum + tax.amount, 0),
      currency: invoice.currency,
      at: dateOf(secondsOf(at)),
    };
  });
}

export function upgrade(target: ChangeTarget, at: Date): Promise<Upgraded> {
  return askingStripe(async () => {
    const stripe = stripeClient();
    if (target.scheduleId !== null) await stripe.subscriptionSchedules.release(target.scheduleId);
    const price = await findPriceId({ kind: 'plan', ...target.to });
    const changed = await stripe.subscriptions.update(
      target.subscriptionId,
      {
        ...upgradeTo(target.itemId, price),
        proration_date: secondsOf(at),
        payment_behavior: 'pending_if_incomplete',
        expand: ['latest_invoice'],
      },
      // Pressing the same button twice makes the same change.
      { idempotencyKey: `upgrade:${target.subscriptionId}:${price}:${secondsOf(at)}` },
    );
    const payPage = changed.pending_update === null ? null : paymentPageOf(changed);
    return { payPage, invoiceId: idOf(changed.latest_invoice) };
  });
}

export function scheduleDowngrade(target: ChangeTarget): Promise<void> {
  return askingStripe(async () => {
    const { subscriptionSchedules, subscriptions } = stripeClient();
    const price = await findPriceId({ kind: 'plan', ...target.to });
    // A subscription that is set to end can't get a schedule, and a customer who chooses another plan does not want it to end. A
    // subscription that has a schedule is not set to end, and Stripe would reject the update.
    if (target.scheduleId === null) await subscriptions.update(target.subscriptionId, { cancel_at_period_end: false });
    const schedule =
      target.scheduleId === null
        ? await subscriptionSchedules.create({ from_subscription: target.subscriptionId })
        : await subscriptionSchedules.retrieve(target.scheduleId);
    const current = schedule.phases.find(({ start_date }) => start_date === schedule.current_phase?.start_date);
    if (current === undefined) throw new Error('a schedule without a current phase');
    await subscriptionSchedules.update(schedule.id, {
      end_behavior: 'release',
      proration_behavior: 'none',
      phases: [
        { items: current.items.map(toItem), start_date: current.start_date, end_date: current.end_date },
        { items: [{ price, quantity: 1 }], duration: { interval: target.to.interval, interval_count: 1 } },
      ],
    });
  });
}

/** The subscription stays until the paid period ends. */
export function cancelAtPeriodEnd(running: Running): Promise<void> {
  return setCancel(running, true);
}

/** Undoes a cancellation and a pending change. */
export function keepAsIs(running: Running): Promise<void> {
  return setCancel(running, false);
}

/** Ends a subscription now whose payment is long overdue. What was not paid is no longer charged. */
export function endSubscription(subscriptionId: string): Promise<void> {
  return askingStripe(async () => {
    const { subscriptions, invoices } = stripeClient();
    const { data } = await invoices.list({ subscription: subscriptionId, status: 'open', limit: 100 });
    await subscriptions.cancel(subscriptionId);
    for (const invoice of data) await invoices.voidInvoice(invoice.id);
  });
}

const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1_000);

const upgradeTo = (itemId: string, price: string) =>
  ({
    items: [{ id: itemId, price }],
    proration_behavior: 'always_invoice',
    billing_cycle_anchor: { type: 'now' },
  }) satisfies Stripe.SubscriptionUpdateParams;

function paymentPageOf({ latest_invoice: invoice }: Stripe.Subscription): string {
  const url = invoice === null || typeof invoice === 'string' ? null : invoice.hosted_invoice_url;
  if (typeof url !== 'string') throw new Error('a pending change without an invoice to pay');
  return url;
}

const toItem = (item: Stripe.SubscriptionSchedule.Phase.Item) => ({
  price: typeof item.price === 'string' ? item.price : item.price.id,
  quantity: item.quantity ?? 1,
});

function setCancel({ subscriptionId, scheduleId }: Running, isCancelled: boolean): Promise<void> {
  return askingStripe(async () => {
    const { subscriptionSchedules, subscriptions } = stripeClient();
    if (scheduleId !== null) await subscriptionSchedules.release(scheduleId);
    await subscriptions.update(subscriptionId, { cancel_at_period_end: isCancelled });
  });
}

function toState(subscription: Stripe.Subscription): Omit<SubscriptionState, 'next'> | null {
  const [item] = subscription.items.data;
  // A subscription that was never paid does not count.
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

/** What a schedule brings after the current phase. */
async function readNext({ schedule }: Stripe.Subscription): Promise<PlanOffer | null> {
  if (schedule === null || typeof schedule === 'string') return null;
  const until = schedule.current_phase?.end_date;
  const priceId = idOf(schedule.phases.find(({ start_date }) => start_date === until)?.items[0]?.price);
  return priceId === null ? null : planOfPrice(await stripeClient().prices.retrieve(priceId));
}

function labelOf(method: string | Stripe.PaymentMethod | null): string | null {
  if (method === null || typeof method === 'string') return null;
  const { card } = method;
  return card ? `${BRANDS[card.brand] ?? card.brand} ending in ${card.last4}` : method.type.replaceAll('_', ' ');
}
