// Finishes a Checkout session after the customer did their part: keeps the card, makes the subscription or the invoice, and marks the
// session complete. If the money arrives later, the session becomes paid then.
import type Stripe from 'stripe';
import { periodEnd } from '../calendar';
import { idOf } from '../ids';
import type { LineFields } from '../objects/make-invoice';
import { makeSubscription } from '../objects/make-subscription';
import type { World } from '../world';
import { changeCustomer, changeSession, changeSubscription } from './change';
import { openInvoice } from './open-invoice';
import { redeem } from './promotion';
import { settleInvoice } from './settle-invoice';

export interface Finish {
  /** Null if there was nothing to pay. */
  intent: string | null;
  method: Stripe.PaymentMethod;
  isPaid: boolean;
  taxId: string | null;
}

export function finishCheckout(world: World, sessionId: string, finish: Finish): void {
  const session = world.store.get('session', sessionId);
  keepDetails(world, session, finish);
  const made = session.mode === 'subscription' ? subscribe(world, session, finish) : buy(world, session, finish);
  const done = changeSession(world, sessionId, {
    ...made,
    status: 'complete',
    payment_status: finish.intent === null ? 'no_payment_required' : finish.isPaid ? 'paid' : 'unpaid',
    payment_intent: session.mode === 'payment' ? finish.intent : null,
    customer_details: detailsOf(finish),
    url: null,
  });
  world.emit('checkout.session.completed', done);
}

/** Called when the money of a completed session arrived, or when it will not. */
export function endWait(world: World, sessionId: string, hasArrived: boolean): void {
  const session = world.store.get('session', sessionId);
  if (!hasArrived) {
    world.emit('checkout.session.async_payment_failed', session);
    return;
  }
  const intent = idOf(session.payment_intent);
  const paid = changeSession(world, sessionId, { payment_status: 'paid', invoice: invoiceOf(world, session, intent) });
  world.emit('checkout.session.async_payment_succeeded', paid);
}

function keepDetails(world: World, session: Stripe.Checkout.Session, { method, intent }: Finish): void {
  world.emit('payment_method.attached', method);
  const { email, name, address } = method.billing_details;
  changeCustomer(world, idOf(session.customer) ?? '', { address, name, ...(email !== null && { email }) });
  if (intent !== null) world.store.put('paymentIntent', { ...world.store.get('paymentIntent', intent), receipt_email: email });
}

const detailsOf = ({ method, taxId }: Finish): Stripe.Checkout.Session.CustomerDetails => ({
  address: method.billing_details.address,
  business_name: null,
  email: method.billing_details.email,
  individual_name: null,
  name: method.billing_details.name,
  phone: null,
  tax_exempt: 'none',
  tax_ids: taxId === null ? [] : [{ type: 'eu_vat', value: taxId }],
});

function buy(world: World, session: Stripe.Checkout.Session, { intent, isPaid }: Finish): Partial<Stripe.Checkout.Session> {
  return { invoice: isPaid || intent === null ? invoiceOf(world, session, intent) : null };
}

/** Made after the payment, if the session asked for an invoice. */
function invoiceOf(world: World, session: Stripe.Checkout.Session, intent: string | null): string | null {
  if (session.invoice_creation?.enabled !== true) return null;
  const metadata = session.invoice_creation.invoice_data.metadata ?? {};
  const invoice = openInvoice(world, {
    ...orderOf(world, session),
    reason: 'manual',
    subscription: null,
    metadata,
    paidBy: intent,
  });
  if (invoice.status === 'open') settleInvoice(world, invoice.id);
  return invoice.id;
}

const orderOf = (world: World, session: Stripe.Checkout.Session) => ({
  customerId: idOf(session.customer) ?? '',
  currency: session.currency ?? 'usd',
  description: null,
  autoAdvance: false,
  defaultMethod: null,
  isTaxed: session.automatic_tax.enabled,
  lines: world.store.get('sessionItems', session.id).items.flatMap((item) => lineOf(item, world.now())),
  discount: redeem(world, session),
});

function lineOf(item: Stripe.LineItem, now: number): LineFields[] {
  if (item.price === null) return [];
  const { price, amount_subtotal: amount } = item;
  const description = item.description ?? 'Item';
  const period = { start: now, end: now };
  return [
    { amount, description, price, quantity: item.quantity ?? 1, period, subscription: null, invoiceItem: null, metadata: {} },
  ];
}

function subscribe(world: World, session: Stripe.Checkout.Session, finish: Finish): Partial<Stripe.Checkout.Session> {
  const now = world.now();
  const kept = world.store.get('sessionItems', session.id);
  const price = kept.items[0]?.price;
  if (!price?.recurring) throw new Error('a subscription without a recurring price');
  const subscription = makeSubscription(
    {
      customer: idOf(session.customer) ?? '',
      price,
      defaultMethod: finish.method.id,
      metadata: kept.metadata,
      isTaxed: session.automatic_tax.enabled,
      periodEnd: periodEnd(now, now, price.recurring),
    },
    now,
  );
  world.store.put('subscription', subscription);
  world.emit('customer.subscription.created', subscription);
  const [item] = subscription.items.data;
  const order = orderOf(world, session);
  const period = { start: now, end: item?.current_period_end ?? now };
  const of = { id: subscription.id, itemId: item?.id ?? '', isProration: false };
  const invoice = openInvoice(world, {
    ...order,
    autoAdvance: true,
    reason: 'subscription_create',
    subscription,
    metadata: {},
    lines: order.lines.map((line) => ({ ...line, period, subscription: of, metadata: kept.metadata })),
    paidBy: finish.intent,
  });
  if (invoice.status === 'open') settleInvoice(world, invoice.id);
  changeSubscription(world, subscription.id, { latest_invoice: invoice.id });
  return { subscription: subscription.id, invoice: invoice.id };
}
