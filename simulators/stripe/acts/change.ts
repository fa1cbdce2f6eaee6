// Changes existing objects and emits events that carry the previous values.
import type Stripe from 'stripe';
import type { World } from '../world';

/** The old values of the properties that really changed. */
function before<T extends object>(old: T, patch: Partial<T>): Record<string, unknown> {
  const names = new Set(Object.keys(patch));
  const now: Readonly<Record<string, unknown>> = { ...patch };
  return Object.fromEntries(
    Object.entries(old).filter(([name, value]) => names.has(name) && JSON.stringify(value) !== JSON.stringify(now[name])),
  );
}

export function changeSubscription(world: World, id: string, patch: Partial<Stripe.Subscription>): Stripe.Subscription {
  const old = world.store.get('subscription', id);
  const changed = world.store.put('subscription', { ...old, ...patch });
  const previous = before(old, patch);
  if (Object.keys(previous).length > 0) world.emit('customer.subscription.updated', changed, previous);
  return changed;
}

export function changeCustomer(world: World, id: string, patch: Partial<Stripe.Customer>): Stripe.Customer {
  const old = livingCustomer(world, id);
  const changed: Stripe.Customer = { ...old, ...patch };
  world.store.put('customer', changed);
  const previous = before(old, patch);
  if (Object.keys(previous).length > 0) world.emit('customer.updated', changed, previous);
  return changed;
}

/** Emits no event itself: invoices have their own kinds of events. */
export function changeInvoice(world: World, id: string, patch: Partial<Stripe.Invoice>): Stripe.Invoice {
  return world.store.put('invoice', { ...world.store.get('invoice', id), ...patch });
}

export function changeIntent(world: World, id: string, patch: Partial<Stripe.PaymentIntent>): Stripe.PaymentIntent {
  return world.store.put('paymentIntent', { ...world.store.get('paymentIntent', id), ...patch });
}

export function changeSession(world: World, id: string, patch: Partial<Stripe.Checkout.Session>): Stripe.Checkout.Session {
  return world.store.put('session', { ...world.store.get('session', id), ...patch });
}

export function livingCustomer({ store }: World, id: string): Stripe.Customer {
  const customer = store.get('customer', id, 'customer');
  if (customer.deleted === true) throw new Error('a customer that was deleted');
  return customer;
}
