// Which event from Stripe leads where: one file per event type, with the kind of object it must be about. Other types are stored
// and have no effect.
import { readChangedObject, type EventHandler } from './events/changed-object';
import { chargeDisputeChanged } from './events/charge-dispute-changed';
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

interface Handling {
  kind: string;
  handle: EventHandler;
}

const HANDLERS = new Map<string, Handling>([
  ['checkout.session.completed', { kind: 'checkout.session', handle: checkoutSessionCompleted }],
  ['checkout.session.async_payment_succeeded', { kind: 'checkout.session', handle: checkoutSessionAsyncPaymentSucceeded }],
  ['checkout.session.async_payment_failed', { kind: 'checkout.session', handle: checkoutSessionAsyncPaymentFailed }],
  ['customer.subscription.created', { kind: 'subscription', handle: customerSubscriptionCreated }],
  ['customer.subscription.updated', { kind: 'subscription', handle: customerSubscriptionUpdated }],
  ['customer.subscription.deleted', { kind: 'subscription', handle: customerSubscriptionDeleted }],
  ['customer.updated', { kind: 'customer', handle: customerUpdated }],
  ['invoice.paid', { kind: 'invoice', handle: invoicePaid }],
  ['invoice.payment_failed', { kind: 'invoice', handle: invoicePaymentFailed }],
  ['charge.refunded', { kind: 'charge', handle: chargeRefunded }],
  ['charge.dispute.created', { kind: 'dispute', handle: chargeDisputeChanged }],
  ['charge.dispute.updated', { kind: 'dispute', handle: chargeDisputeChanged }],
  ['charge.dispute.closed', { kind: 'dispute', handle: chargeDisputeChanged }],
  ['charge.dispute.funds_withdrawn', { kind: 'dispute', handle: chargeDisputeChanged }],
  ['charge.dispute.funds_reinstated', { kind: 'dispute', handle: chargeDisputeChanged }],
]);

/** What an endpoint at Stripe must subscribe to. */
export const HANDLED_EVENTS: readonly string[] = [...HANDLERS.keys()];

export const isHandled = (type: string): boolean => HANDLERS.has(type);

interface AnEvent {
  type: string;
  payload: unknown;
}

/** Whether an event names its object, as its type promises; one of a type that we don't handle may say anything. */
export function isReadable({ type, payload }: AnEvent): boolean {
  const handling = HANDLERS.get(type);
  return handling === undefined || readChangedObject(payload, handling.kind) !== null;
}

export async function handleEvent({ type, payload }: AnEvent): Promise<void> {
  const handling = HANDLERS.get(type);
  if (handling === undefined) return;
  const changed = readChangedObject(payload, handling.kind);
  // It was accepted as readable, so this is a bug.
  if (changed === null) throw new Error(`an event ${type} that names no ${handling.kind}`);
  await handling.handle(changed);
}
