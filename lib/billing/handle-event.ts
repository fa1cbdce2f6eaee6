// Stripe's events: which object each is about, and what is done with that object. Everything else that an event says may be outdated, so the
// object is read anew at Stripe, and events come to the same in any order and any number. Other types are stored and have no effect.
import { z } from 'zod';
import { inTransaction } from '@/lib/platform/db/transaction';
import { syncBilling } from './customers';
import { applyPaidInvoice } from './invoices';
import { notifyOwners } from './notices';
import { fulfilCheckout } from './purchases';
import { settleCharge, settleDispute } from './reversals';
import { findScopeOfCustomer } from './store/accounts';

const MAX_ID_CHARS = 255;
const id = z.string().min(1).max(MAX_ID_CHARS);

const object = z.object({ id, object: z.string(), customer: z.union([id, z.object({ id })]).nullish() });
const payload = z.object({ data: z.object({ object }) });

interface ChangedObject {
  id: string;
  customerId: string | null;
}

/** Null if the payload names no object of that kind (`charge`, `customer` …). */
function readChangedObject(event: unknown, kind: string): ChangedObject | null {
  const parsed = payload.safeParse(event);
  if (!parsed.success || parsed.data.data.object.object !== kind) return null;
  const { id: changed, customer } = parsed.data.data.object;
  return { id: changed, customerId: typeof customer === 'string' ? customer : (customer?.id ?? null) };
}

type EventHandler = (changed: ChangedObject) => Promise<void>;

// The customer finished it, or a delayed payment (a bank debit) arrived, perhaps days after the page was closed.
const checkoutSessionMayBePaid: EventHandler = async ({ id }) => {
  await fulfilCheckout(id);
};

// A delayed payment did not arrive. Nothing was granted for it, so there is nothing to take back. The owners are told.
const checkoutSessionAsyncPaymentFailed: EventHandler = async ({ id, customerId }) => {
  // Stripe is asked anyway: a replayed event must not contradict the current state.
  const checkout = await fulfilCheckout(id);
  const scope = customerId === null ? null : await findScopeOfCustomer(customerId);
  if (scope === null || (checkout?.state !== 'unpaid' && checkout?.state !== 'declined')) return;
  const notice = { cause: `payment-did-not-arrive:${id}`, content: { kind: 'payment_did_not_arrive' } } as const;
  await inTransaction((tx) => notifyOwners(scope, notice, tx));
};

// Changed in Stripe's portal; most likely the card.
const customerUpdated: EventHandler = ({ id }) => copyCustomer(id);

// Created, changed or deleted.
const customerSubscriptionChanged: EventHandler = ({ customerId }) => copyCustomer(customerId);

async function copyCustomer(customerId: string | null): Promise<void> {
  const scope = customerId === null ? null : await findScopeOfCustomer(customerId);
  if (scope) await syncBilling(scope);
}

// A period of a plan begins, or an automatic purchase is done.
const invoicePaid: EventHandler = async ({ id }) => {
  const scope = await applyPaidInvoice(id);
  if (scope) await syncBilling(scope);
};

// A renewal could not be charged; the subscription says whether it is now past due. An automatic purchase is settled by its own
// job.
const invoicePaymentFailed: EventHandler = ({ customerId }) => copyCustomer(customerId);

// If it was refunded in full, what is left of its credits is taken back.
const chargeRefunded: EventHandler = ({ id }) => settleCharge(id);

// A dispute was opened, changed or decided, or money was moved.
const chargeDisputeChanged: EventHandler = ({ id }) => settleDispute(id);

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
