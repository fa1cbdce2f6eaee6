// Marks an invoice as paid and continues the subscription that waited for it.
import type Stripe from 'stripe';
import { idOf } from '../ids';
import type { World } from '../world';
import { changeInvoice, changeSubscription } from './change';

export const subscriptionOf = (invoice: Stripe.Invoice): string | null =>
  idOf(invoice.parent?.subscription_details?.subscription);

export const paymentOf = ({ store }: World, invoiceId: string): Stripe.InvoicePayment | null =>
  store.list('invoicePayment').find((payment) => idOf(payment.invoice) === invoiceId) ?? null;

export const intentOfInvoice = (world: World, invoiceId: string): string | null =>
  idOf(paymentOf(world, invoiceId)?.payment.payment_intent);

export function settleInvoice(world: World, id: string): void {
  const now = world.now();
  const invoice = world.store.get('invoice', id);
  const paid = changeInvoice(world, id, {
    status: 'paid',
    attempted: true,
    attempt_count: invoice.attempt_count + (invoice.amount_due > 0 ? 1 : 0),
    amount_paid: invoice.amount_due,
    amount_remaining: 0,
    next_payment_attempt: null,
    status_transitions: { ...invoice.status_transitions, paid_at: now },
  });
  const payment = paymentOf(world, id);
  if (payment) {
    const done = {
      ...payment,
      status: 'paid',
      amount_paid: paid.amount_due,
      status_transitions: { canceled_at: null, paid_at: now },
    };
    world.emit('invoice_payment.paid', world.store.put('invoicePayment', done));
  }
  world.emit('invoice.paid', paid);
  if (paid.amount_due > 0) world.emit('invoice.payment_succeeded', paid);
  const subscriptionId = subscriptionOf(paid);
  if (subscriptionId !== null) resume(world, subscriptionId, id);
}

function resume(world: World, subscriptionId: string, invoiceId: string): void {
  const subscription = world.store.get('subscription', subscriptionId);
  const update = subscription.pending_update;
  if (update !== null && idOf(subscription.latest_invoice) === invoiceId) {
    const applied = changeSubscription(world, subscriptionId, {
      pending_update: null,
      billing_cycle_anchor: update.billing_cycle_anchor ?? subscription.billing_cycle_anchor,
      items: { ...subscription.items, data: update.subscription_items ?? subscription.items.data },
    });
    world.emit('customer.subscription.pending_update_applied', applied);
  }
  const owes = world.store
    .list('invoice')
    .some((invoice) => invoice.status === 'open' && invoice.attempted && subscriptionOf(invoice) === subscriptionId);
  const isLate = subscription.status === 'past_due' || subscription.status === 'unpaid' || subscription.status === 'incomplete';
  if (isLate && !owes) changeSubscription(world, subscriptionId, { status: 'active' });
}
