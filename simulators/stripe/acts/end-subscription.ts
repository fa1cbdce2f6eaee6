// Ends a subscription now, and its schedule with it.
import type Stripe from 'stripe';
import { idOf } from '../ids';
import type { World } from '../world';

export function endSubscription(
  world: World,
  id: string,
  reason: Stripe.Subscription.CancellationDetails.Reason = 'cancellation_requested',
): Stripe.Subscription {
  const now = world.now();
  const subscription = world.store.get('subscription', id);
  const schedule = world.store.find('schedule', idOf(subscription.schedule));
  if (schedule) {
    const ended = world.store.put('schedule', { ...schedule, status: 'canceled', canceled_at: now, current_phase: null });
    world.emit('subscription_schedule.canceled', ended);
  }
  const details = { comment: null, feedback: null, feedback_option: null, reason };
  const ended = world.store.put('subscription', {
    ...subscription,
    status: 'canceled',
    canceled_at: subscription.canceled_at ?? now,
    ended_at: now,
    pending_update: null,
    cancellation_details: details,
  });
  world.emit('customer.subscription.deleted', ended);
  return ended;
}
