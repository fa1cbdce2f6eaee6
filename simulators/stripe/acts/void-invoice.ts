// Voids an open invoice, so that it can no longer be paid.
import type Stripe from 'stripe';
import { invalid } from '../http/problem';
import type { World } from '../world';
import { changeIntent, changeInvoice } from './change';
import { intentOfInvoice } from './settle-invoice';

export function voidInvoice(world: World, id: string): Stripe.Invoice {
  const invoice = world.store.get('invoice', id);
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') {
    throw invalid('You can only pass in open invoices. This invoice isn’t open.', { code: 'invoice_not_editable' });
  }
  const now = world.now();
  const voided = changeInvoice(world, id, {
    status: 'void',
    next_payment_attempt: null,
    status_transitions: { ...invoice.status_transitions, voided_at: now },
  });
  const intent = intentOfInvoice(world, id);
  if (intent !== null)
    world.emit('payment_intent.canceled', changeIntent(world, intent, { status: 'canceled', canceled_at: now }));
  world.emit('invoice.voided', voided);
  return voided;
}
