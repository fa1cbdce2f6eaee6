import type Stripe from 'stripe';
import { z } from 'zod';
import { addInterval } from '../calendar';
import { changeSubscription } from '../acts/change';
import { releaseSchedule } from '../acts/renew-subscription';
import { invalid } from '../http/problem';
import { expand, integer, metadata, params, text } from '../http/params';
import { route, type Route } from '../http/route';
import { idOf } from '../ids';
import { makePhase, makeSchedule } from '../objects/make-subscription';
import type { World } from '../world';

const phase = z.strictObject({
  items: z.array(z.strictObject({ price: text, quantity: integer })).length(1),
  start_date: integer.optional(),
  end_date: integer.optional(),
  duration: z.strictObject({ interval: z.enum(['day', 'week', 'month', 'year']), interval_count: integer.optional() }).optional(),
});
const create = params<Stripe.SubscriptionScheduleCreateParams>()({ from_subscription: text, expand });
const update = params<Stripe.SubscriptionScheduleUpdateParams>()({
  end_behavior: z.enum(['release']).optional(),
  proration_behavior: z.enum(['none']),
  phases: z.array(phase).min(1).max(10),
  metadata: metadata.optional(),
  expand,
});
const retrieve = params<Stripe.SubscriptionScheduleRetrieveParams>()({ expand });
const release = params<Stripe.SubscriptionScheduleReleaseParams>()({ expand });

function fromSubscription(world: World, id: string): Stripe.SubscriptionSchedule {
  const subscription = world.store.get('subscription', id, 'from_subscription');
  if (subscription.schedule !== null) {
    throw invalid(
      `You cannot migrate a subscription that is already attached to a schedule: ${idOf(subscription.schedule) ?? ''}`,
    );
  }
  if (subscription.cancel_at_period_end) {
    throw invalid('You cannot migrate a subscription to a schedule that is set to be cancelled.', { param: 'from_subscription' });
  }
  const [item] = subscription.items.data;
  if (item === undefined) throw new Error('a subscription without an item');
  const now = makePhase({
    price: item.price.id,
    currency: subscription.currency,
    start: item.current_period_start,
    end: item.current_period_end,
    prorationBehavior: 'create_prorations',
  });
  const schedule = world.store.put('schedule', makeSchedule(subscription, now, world.now()));
  changeSubscription(world, id, { schedule: schedule.id });
  world.emit('subscription_schedule.created', schedule);
  return schedule;
}

function setPhases(world: World, id: string, given: z.infer<typeof update>): Stripe.SubscriptionSchedule {
  const schedule = world.store.get('schedule', id);
  if (schedule.status !== 'active') throw invalid(`You cannot update a subscription schedule that is ${schedule.status}.`);
  const phases: Stripe.SubscriptionSchedule.Phase[] = [];
  for (const wanted of given.phases) {
    const start = phases.at(-1)?.end_date ?? wanted.start_date;
    if (start === undefined) throw invalid('The first phase needs a start.', { param: 'phases[0][start_date]' });
    const price = world.store.get('price', wanted.items[0]?.price ?? '', 'phases[items][price]');
    phases.push(
      makePhase({
        price: price.id,
        currency: price.currency,
        start,
        end: endOf(wanted, start),
        prorationBehavior: given.proration_behavior,
      }),
    );
  }
  if (phases[0]?.start_date !== schedule.current_phase?.start_date) {
    throw invalid('You can not modify the start date of the current phase.', { param: 'phases[0][start_date]' });
  }
  const changed = world.store.put('schedule', { ...schedule, phases, end_behavior: given.end_behavior ?? schedule.end_behavior });
  world.emit('subscription_schedule.updated', changed);
  return changed;
}

function endOf({ end_date: end, duration }: z.infer<typeof phase>, start: number): number {
  if (end !== undefined && duration === undefined) return end;
  if (duration === undefined) throw invalid('A phase needs an `end_date` or a `duration`.', { param: 'phases' });
  return addInterval(start, duration.interval, duration.interval_count ?? 1);
}

export const SCHEDULES: readonly Route[] = [
  route('POST /v1/subscription_schedules', create, (world, { params: given }) =>
    fromSubscription(world, given.from_subscription),
  ),
  route('GET /v1/subscription_schedules/:id', retrieve, (world, { id }) => world.store.get('schedule', id)),
  route('POST /v1/subscription_schedules/:id', update, (world, { id, params: given }) => setPhases(world, id, given)),
  route('POST /v1/subscription_schedules/:id/release', release, (world, { id }) => {
    const { status } = world.store.get('schedule', id);
    if (status !== 'active')
      throw invalid(`You cannot release a subscription schedule that is currently in the \`${status}\` status.`);
    return releaseSchedule(world, id);
  }),
];
