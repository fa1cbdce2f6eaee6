// Moves a running subscription to another price at once: the unused part of the paid time is credited, a new period begins, and the
// difference is charged. A preview gets the same lines. Supports the one kind of change that the product makes and refuses others.
import type Stripe from 'stripe';
import { periodEnd } from '../calendar';
import { invalid } from '../http/problem';
import { idOf } from '../ids';
import { planOf } from '../objects/catalog-objects';
import type { LineFields } from '../objects/make-invoice';
import type { World } from '../world';
import { changeSubscription } from './change';
import { openInvoice } from './open-invoice';
import { methodFor, payInvoice } from './pay-invoice';
import { subscriptionOf } from './settle-invoice';

export interface PlanChange {
  price: Stripe.Price;
  itemId: string;
  /** The moment from which unused time is credited. */
  prorationDate: number;
}

const PENDING_S = 23 * 3_600;

export function itemOf(subscription: Stripe.Subscription, itemId: string): Stripe.SubscriptionItem {
  const item = subscription.items.data.find(({ id }) => id === itemId);
  if (item === undefined)
    throw invalid(`No such subscription item: '${itemId}'`, { code: 'resource_missing', param: 'items[0][id]' });
  return item;
}

export function linesOfChange(world: World, subscription: Stripe.Subscription, change: PlanChange): LineFields[] {
  const item = itemOf(subscription, change.itemId);
  const { current_period_start: start, current_period_end: end } = item;
  if (change.prorationDate < start || change.prorationDate > end) {
    throw invalid('Cannot prorate outside of the current period.', { param: 'proration_date' });
  }
  const now = world.now();
  const { recurring } = change.price;
  if (recurring === null) throw invalid('The price specified is set to `type=one_time`.', { param: 'items[0][price]' });
  const credit = -Math.round((paidFor(world, subscription, item) * (end - change.prorationDate)) / (end - start));
  const of = { quantity: 1, invoiceItem: null, metadata: subscription.metadata };
  const name = (price: Stripe.Price): string => world.store.find('product', idOf(price.product))?.name ?? 'Plan';
  return [
    {
      ...of,
      amount: credit,
      description: `Unused time on ${name(item.price)}`,
      price: item.price,
      period: { start: change.prorationDate, end },
      subscription: { id: subscription.id, itemId: item.id, isProration: true },
    },
    {
      ...of,
      amount: change.price.unit_amount ?? 0,
      description: `1 × ${name(change.price)}`,
      price: change.price,
      period: { start: now, end: periodEnd(now, now, recurring) },
      subscription: { id: subscription.id, itemId: item.id, isProration: false },
    },
  ];
}

/** The amount actually paid for the running period, less its discount. */
function paidFor(world: World, subscription: Stripe.Subscription, item: Stripe.SubscriptionItem): number {
  for (const invoice of world.store.list('invoice')) {
    if (invoice.status !== 'paid' || subscriptionOf(invoice) !== subscription.id) continue;
    const line = invoice.lines.data.find(({ amount, period }) => amount >= 0 && period.end === item.current_period_end);
    if (line) return line.amount - (line.discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
  }
  return 0;
}

export function changePlan(world: World, subscriptionId: string, change: PlanChange): void {
  const subscription = world.store.get('subscription', subscriptionId);
  const invoice = openInvoice(world, {
    customerId: idOf(subscription.customer) ?? '',
    currency: change.price.currency,
    reason: 'subscription_update',
    subscription,
    description: null,
    metadata: {},
    autoAdvance: true,
    defaultMethod: null,
    isTaxed: subscription.automatic_tax.enabled,
    lines: linesOfChange(world, subscription, change),
    discount: null,
    paidBy: null,
  });
  const now = world.now();
  const items = subscription.items.data.map((item) => (item.id === change.itemId ? withPrice(item, change.price, now) : item));
  const method = methodFor(world, invoice);
  const isPaid =
    invoice.status === 'paid' || (method !== null && payInvoice(world, invoice.id, { method, isOnSession: false }).is === 'paid');
  if (isPaid) {
    changeSubscription(world, subscriptionId, {
      latest_invoice: invoice.id,
      billing_cycle_anchor: now,
      items: { ...subscription.items, data: items },
    });
    return;
  }
  changeSubscription(world, subscriptionId, {
    latest_invoice: invoice.id,
    pending_update: {
      billing_cycle_anchor: now,
      cancel_at_period_end: null,
      discount: null,
      discounts: null,
      expires_at: now + PENDING_S,
      metadata: null,
      subscription_items: items,
      trial_end: null,
      trial_from_plan: null,
    },
  });
}

/** The item at another price, in a period that begins now. */
export function withPrice(item: Stripe.SubscriptionItem, price: Stripe.Price, start: number): Stripe.SubscriptionItem {
  if (price.recurring === null) throw invalid('The price specified is set to `type=one_time`.');
  return {
    ...item,
    price,
    plan: planOf(price),
    current_period_start: start,
    current_period_end: periodEnd(start, start, price.recurring),
  };
}
