import type Stripe from 'stripe';
import { z } from 'zod';
import { changePlan } from '../acts/change-plan';
import { changeSubscription } from '../acts/change';
import { endSubscription } from '../acts/end-subscription';
import { isLive, periodEndOf } from '../acts/renew-subscription';
import { invalid } from '../http/problem';
import { expand, flag, integer, metadata, paging, params, text } from '../http/params';
import { listPage } from '../http/list-page';
import { route, type Route } from '../http/route';
import { idOf } from '../ids';
import type { World } from '../world';

const retrieve = params<Stripe.SubscriptionRetrieveParams>()({ expand });
const list = params<Stripe.SubscriptionListParams>()({
  ...paging,
  customer: text.optional(),
  price: text.optional(),
  status: z.enum(['active', 'all', 'canceled', 'ended', 'incomplete', 'past_due', 'trialing', 'unpaid']).optional(),
});
const update = params<Stripe.SubscriptionUpdateParams>()({
  items: z
    .array(z.strictObject({ id: text, price: text }))
    .length(1)
    .optional(),
  proration_behavior: z.enum(['always_invoice', 'none']).optional(),
  proration_date: integer.optional(),
  billing_cycle_anchor: z.strictObject({ type: z.enum(['now', 'unchanged']) }).optional(),
  payment_behavior: z.enum(['pending_if_incomplete', 'allow_incomplete', 'error_if_incomplete']).optional(),
  cancel_at_period_end: flag.optional(),
  default_payment_method: text.optional(),
  metadata: metadata.optional(),
  expand,
});
const cancel = params<Stripe.SubscriptionCancelParams>()({ expand });
type Update = z.infer<typeof update>;

/** With pending_if_incomplete, Stripe accepts only parameters whose effect can wait for the payment. */
const WITH_PENDING: readonly string[] = [
  'items',
  'proration_behavior',
  'proration_date',
  'billing_cycle_anchor',
  'payment_behavior',
  'expand',
];

function change(world: World, id: string, given: Update): Stripe.Subscription {
  const subscription = world.store.get('subscription', id);
  if (subscription.status === 'canceled')
    throw invalid('A canceled subscription can only update its cancellation_details and metadata.');
  if (given.items) changePrice(world, subscription, given);
  const patch: Partial<Stripe.Subscription> = {
    ...(given.cancel_at_period_end !== undefined && cancellation(world, subscription, given.cancel_at_period_end)),
    ...(given.metadata && { metadata: { ...subscription.metadata, ...given.metadata } }),
  };
  if (given.default_payment_method !== undefined) {
    patch.default_payment_method = world.store.get('paymentMethod', given.default_payment_method, 'default_payment_method').id;
  }
  return changeSubscription(world, id, patch);
}

function cancellation(world: World, subscription: Stripe.Subscription, isToEnd: boolean): Partial<Stripe.Subscription> {
  const schedule = idOf(subscription.schedule);
  if (schedule !== null) {
    throw invalid(
      `The subscription is managed by the subscription schedule \`${schedule}\`, and updating any cancelation behavior directly is not allowed. Please update the schedule instead.`,
    );
  }
  return {
    cancel_at_period_end: isToEnd,
    cancel_at: isToEnd ? periodEndOf(subscription) : null,
    canceled_at: isToEnd ? world.now() : null,
  };
}

function changePrice(world: World, subscription: Stripe.Subscription, given: Update): void {
  const [item] = given.items ?? [];
  if (item === undefined) return;
  const isKnown =
    given.proration_behavior === 'always_invoice' &&
    given.billing_cycle_anchor?.type === 'now' &&
    given.payment_behavior === 'pending_if_incomplete';
  if (!isKnown)
    throw invalid('The stand-in knows one change of price: a new period now, invoiced at once, pending until it is paid.');
  const extra = Object.keys(given).find((name) => !WITH_PENDING.includes(name));
  if (extra !== undefined) {
    throw invalid(`When payment_behavior is set to pending_if_incomplete, you can’t pass: ${extra}.`, { param: extra });
  }
  changePlan(world, subscription.id, {
    price: world.store.get('price', item.price, 'items[0][price]'),
    itemId: item.id,
    prorationDate: given.proration_date ?? world.now(),
  });
}

function isOfStatus(subscription: Stripe.Subscription, status: z.infer<typeof list>['status']): boolean {
  if (status === 'all') return true;
  if (status === 'ended') return subscription.status === 'canceled' || subscription.status === 'incomplete_expired';
  return status === undefined ? subscription.status !== 'canceled' : subscription.status === status;
}

export const SUBSCRIPTIONS: readonly Route[] = [
  route('GET /v1/subscriptions', list, (world, { params: { customer, price, status, ...page } }) => {
    const found = world.store
      .list('subscription')
      .filter((subscription) => customer === undefined || idOf(subscription.customer) === customer)
      .filter((subscription) => price === undefined || subscription.items.data.some((item) => item.price.id === price))
      .filter((subscription) => isOfStatus(subscription, status));
    return listPage('/v1/subscriptions', found, page);
  }),
  route('GET /v1/subscriptions/:id', retrieve, (world, { id }) => world.store.get('subscription', id)),
  route('POST /v1/subscriptions/:id', update, (world, { id, params: given }) => change(world, id, given)),
  route('DELETE /v1/subscriptions/:id', cancel, (world, { id }) => {
    const subscription = world.store.get('subscription', id);
    if (!isLive(subscription) && subscription.status !== 'incomplete') {
      throw invalid(`No such subscription: '${id}'`, { code: 'resource_missing', param: 'id' });
    }
    return endSubscription(world, id);
  }),
];
