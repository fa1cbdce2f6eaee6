// The bank's page, where the cardholder confirms a payment or does not.
import { returnUrlOf } from './checkout-page';
import { confirmCheckout, sessionOfIntent } from '../acts/pay-checkout';
import { refuse } from '../acts/pay-intent';
import { payInvoice } from '../acts/pay-invoice';
import { idOf } from '../ids';
import type { World } from '../world';
import { html } from './html';
import { goTo, narrow, type PageHandler } from './page';
import { money } from './words';

const FAILED = {
  code: 'payment_intent_authentication_failure',
  declineCode: 'authentication_required',
  message: 'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
};

export const confirmPage: PageHandler = (world, id) => {
  const intent = world.store.get('paymentIntent', id);
  if (intent.status !== 'requires_action') {
    return narrow(
      'Your bank',
      html`<h1>There is nothing to confirm.</h1>
        <p><a class="button" href="${backFrom(world, id)}">Go on</a></p>`,
    );
  }
  return narrow(
    'Your bank',
    html`<h1>Your bank asks</h1>
      <p>Do you want to pay <strong>${money(intent.amount, intent.currency)}</strong>?</p>
      <form method="post" class="inline">
        <button class="primary" name="answer" value="yes">Confirm the payment</button>
        <button name="answer" value="no">Fail the payment</button>
      </form>`,
  );
};

export const submitConfirm: PageHandler = (world, id, form) => {
  const intent = world.store.get('paymentIntent', id);
  const method = world.store.find('paymentMethod', idOf(intent.payment_method));
  if (intent.status !== 'requires_action' || method === null) return goTo(backFrom(world, id));
  if (form.get('answer') !== 'yes') refuse(world, id, { method, decline: FAILED });
  else {
    const session = sessionOfIntent(world, id);
    const invoice = invoiceOf(world, id);
    if (session) confirmCheckout(world, session.id);
    else if (invoice !== null) payInvoice(world, invoice, { method, isOnSession: true, isConfirmed: true });
  }
  return goTo(backFrom(world, id));
};

const invoiceOf = ({ store }: World, intent: string): string | null =>
  idOf(store.list('invoicePayment').find((payment) => idOf(payment.payment.payment_intent) === intent)?.invoice);

function backFrom(world: World, intent: string): string {
  const session = sessionOfIntent(world, intent);
  if (session) return session.status === 'complete' ? returnUrlOf(session) : `/c/pay/${session.id}`;
  return `/i/${invoiceOf(world, intent) ?? ''}`;
}
