// Which handler each Stripe event goes to: one file for each kind of object that events are about. Other types are stored and
// have no effect.
import { readChangedObject, type EventHandler } from './events/changed-object';
import { chargeDisputeChanged, chargeRefunded } from './events/charge';
import { checkoutSessionAsyncPaymentFailed, checkoutSessionMayBePaid } from './events/checkout-session';
import { customerSubscriptionChanged, customerUpdated } from './events/customer';
import { invoicePaid, invoicePaymentFailed } from './events/invoice';

interface Handling {
  kind: string;
  handle: EventHandler;
}

const HANDLERS = new Map<string, Handling>([
  ['checkout.session.completed', { kind: 'checkout.session', handle: checkoutSessionMayBePaid }],
  ['checkout.session.async_payment_succeeded', { kind: 'checkout.session', handle: checkoutSessionMayBePaid }],
  ['checkout.session.async_payment_failed', { kind: 'checkout.session', handle: checkoutSessionAsyncPaymentFailed }],
  ['customer.subscription.created', { kind: 'subscription', handle: customerSubscriptionChanged }],
  ['customer.subscription.updated', { kind: 'subscription', handle: customerSubscriptionChanged }],
  ['customer.subscription.deleted', { kind: 'subscription', handle: customerSubscriptionChanged }],
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

/** The events that an endpoint at Stripe must subscribe to. */
export const HANDLED_EVENTS: readonly string[] = [...HANDLERS.keys()];

export const isHandled = (type: string): boolean => HANDLERS.has(type);

interface AnEvent {
  type: string;
  payload: unknown;
}

/**
 * Whether an event names an object of the kind that its type implies. An event of a type that we don't handle may say anything.
 */
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
