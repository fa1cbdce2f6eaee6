// Ends a paid period: the subscription ends if it was set to, moves to what its schedule says, and charges for the next period. If the card
// is declined, the subscription is past due.
import type Stripe from 'stripe';
import { periodEnd } from '../calendar';
import { idOf } from '../ids';
import { planOf } from '../objects/catalog-objects';
import type { LineFields } from '../objects/make-invoice';
import type { World } from '../world';
import { changeSubscription } from './change';
import { endSubscription } from './end-subscription';
import { openInvoice } from './open-invoice';
import { chargeLater } from './pay-invoice';

export const periodEndOf = (subscription: Stripe.Subscription): number =>
  subscription.items.data[0]?.current_period_end ?? Infinity;

export const isLive = ({ status }: Stripe.Subscription): boolean =>
  status === 'active' || status === 'past_due' || status === 'unpaid' || status === 'trialing';

export interface NextPeriod {
  price: Stripe.Price;
  itemId: string;
  anchor: number;
  period: { start: number; end: number };
}

/** Null if there is no next period. */
export function nextPeriodOf(world: World, subscription: Stripe.Subscription): NextPeriod | null {
  const [item] = subscription.items.data;
  if (item === undefined || subscription.cancel_at_period_end || !isLive(subscription)) return null;
  const start = item.current_period_end;
  const price = priceFrom(world, subscription, start) ?? item.price;
  if (price.recurring === null) return null;
  // After a change of interval, periods count from the first day of the new one.
  const isSameRhythm = price.recurring.interval === item.price.recurring?.interval;
  const anchor = isSameRhythm ? subscription.billing_cycle_anchor : start;
  return { price, itemId: item.id, anchor, period: { start, end: periodEnd(anchor, start, price.recurring) } };
}

export function renewSubscription(world: World, id: string): void {
  const subscription = world.store.get('subscription', id);
  const next = nextPeriodOf(world, subscription);
  if (next === null) {
    endSubscription(world, id);
    return;
  }
  moveSchedule(world, subscription, next.period.start);
  const { price, anchor, period } = next;
  const data = subscription.items.data.map((item) => ({
    ...item,
    price,
    plan: planOf(price),
    current_period_start: period.start,
    current_period_end: period.end,
  }));
  askForPeriod(
    world,
    changeSubscription(world, id, { billing_cycle_anchor: anchor, items: { ...subscription.items, data } }),
    next,
  );
}

export function renewalLine(world: World, subscription: Stripe.Subscription, { price, itemId, period }: NextPeriod): LineFields {
  return {
    amount: price.unit_amount ?? 0,
    description: `1 × ${world.store.find('product', idOf(price.product))?.name ?? 'Plan'}`,
    price,
    quantity: 1,
    period,
    subscription: { id: subscription.id, itemId, isProration: false },
    invoiceItem: null,
    metadata: subscription.metadata,
  };
}

function askForPeriod(world: World, subscription: Stripe.Subscription, next: NextPeriod): void {
  const invoice = openInvoice(world, {
    customerId: idOf(subscription.customer) ?? '',
    currency: next.price.currency,
    reason: 'subscription_cycle',
    subscription,
    description: null,
    metadata: {},
    autoAdvance: true,
    defaultMethod: null,
    isTaxed: subscription.automatic_tax.enabled,
    lines: [renewalLine(world, subscription, next)],
    discount: null,
    paidBy: null,
  });
  changeSubscription(world, subscription.id, { latest_invoice: invoice.id });
  if (invoice.status === 'open') chargeLater(world, invoice.id);
}

const phaseFrom = (schedule: Stripe.SubscriptionSchedule | null, at: number): Stripe.SubscriptionSchedule.Phase | undefined =>
  schedule?.status === 'active' ? schedule.phases.find(({ start_date }) => start_date === at) : undefined;

/** The price that the schedule sets for the time that begins then. */
function priceFrom(world: World, subscription: Stripe.Subscription, at: number): Stripe.Price | null {
  const phase = phaseFrom(world.store.find('schedule', idOf(subscription.schedule)), at);
  return world.store.find('price', idOf(phase?.items[0]?.price));
}

/** Enters the phase that begins now; after the last phase the schedule releases the subscription. */
function moveSchedule(world: World, subscription: Stripe.Subscription, at: number): void {
  const schedule = world.store.find('schedule', idOf(subscription.schedule));
  if (schedule?.status !== 'active') return;
  const phase = phaseFrom(schedule, at);
  if (phase === undefined) {
    releaseSchedule(world, schedule.id);
    return;
  }
  const moved = { ...schedule, current_phase: { start_date: phase.start_date, end_date: phase.end_date } };
  world.emit('subscription_schedule.updated', world.store.put('schedule', moved));
}

export function releaseSchedule(world: World, id: string): Stripe.SubscriptionSchedule {
  const schedule = world.store.get('schedule', id);
  const subscriptionId = idOf(schedule.subscription);
  const released = world.store.put('schedule', {
    ...schedule,
    status: 'released',
    current_phase: null,
    released_at: world.now(),
    released_subscription: subscriptionId,
    subscription: null,
  });
  if (subscriptionId !== null) changeSubscription(world, subscriptionId, { schedule: null });
  world.emit('subscription_schedule.released', released);
  return released;
}
