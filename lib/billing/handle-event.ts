// Which event leads where: one file an event type. Types that are not here are stored and mean nothing to us.
import { changedObject, type EventHandler } from './events/changed-object';
import { chargeRefunded } from './events/charge-refunded';
import { checkoutSessionAsyncPaymentFailed } from './events/checkout-session-async-payment-failed';
import { checkoutSessionAsyncPaymentSucceeded } from './events/checkout-session-async-payment-succeeded';
import { checkoutSessionCompleted } from './events/checkout-session-completed';
import { customerSubscriptionCreated } from './events/customer-subscription-created';
import { customerSubscriptionDeleted } from './events/customer-subscription-deleted';
import { customerSubscriptionUpdated } from './events/customer-subscription-updated';
import { customerUpdated } from './events/customer-updated';
import { invoicePaid } from './events/invoice-paid';
import { invoicePaymentFailed } from './events/invoice-payment-failed';

const HANDLERS = new Map<string, EventHandler>([
  ['checkout.session.completed', checkoutSessionCompleted],
  ['checkout.session.async_payment_succeeded', checkoutSessionAsyncPaymentSucceeded],
  ['checkout.session.async_payment_failed', checkoutSessionAsyncPaymentFailed],
  ['customer.subscription.created', customerSubscriptionCreated],
  ['customer.subscription.updated', customerSubscriptionUpdated],
  ['customer.subscription.deleted', customerSubscriptionDeleted],
  ['customer.updated', customerUpdated],
  ['invoice.paid', invoicePaid],
  ['invoice.payment_failed', invoicePaymentFailed],
  ['charge.refunded', chargeRefunded],
]);

/** What an endpoint at Stripe has to subscribe to. */
export const HANDLED_EVENTS: readonly string[] = [...HANDLERS.keys()];

export const isHandled = (type: string): boolean => HANDLERS.has(type);

export async function handleEvent({ type, payload }: { type: string; payload: unknown }): Promise<void> {
  await HANDLERS.get(type)?.(changedObject(payload));
}
