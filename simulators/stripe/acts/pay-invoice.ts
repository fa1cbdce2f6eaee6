// Tries to pay an open invoice, with a stored card or with one that the customer enters on the invoice's page.
import type Stripe from 'stripe';
import { invalid, Problem } from '../http/problem';
import { idOf } from '../ids';
import { NEEDS_ACTION } from '../test-cards';
import type { World } from '../world';
import { changeInvoice, changeSubscription, livingCustomer } from './change';
import { payIntent, type Payment, type PayOutcome } from './pay-intent';
import { intentOfInvoice, settleInvoice, subscriptionOf } from './settle-invoice';

const DAY_S = 86_400;
const MAX_ATTEMPTS = 4;
const RETRY_AFTER_DAYS = 3;

/** The invoice's own payment method, else the subscription's, else the customer's. */
export function methodFor(world: World, invoice: Stripe.Invoice): Stripe.PaymentMethod | null {
  const subscription = world.store.find('subscription', subscriptionOf(invoice));
  const customer = livingCustomer(world, idOf(invoice.customer) ?? '');
  const id =
    idOf(invoice.default_payment_method) ??
    idOf(subscription?.default_payment_method) ??
    idOf(customer.invoice_settings.default_payment_method);
  return world.store.find('paymentMethod', id);
}

export function payInvoice(world: World, id: string, payment: Payment): PayOutcome {
  const intent = intentOfInvoice(world, id);
  if (intent === null) throw new Error('an open invoice without a payment');
  const outcome = payIntent(world, intent, payment);
  if (outcome.is === 'paid') settleInvoice(world, id);
  else noteFailure(world, id, outcome);
  return outcome;
}

function noteFailure(world: World, id: string, outcome: PayOutcome): void {
  if (outcome.is === 'pending') return;
  const invoice = world.store.get('invoice', id);
  const attempts = invoice.attempt_count + 1;
  const failed = changeInvoice(world, id, {
    attempted: true,
    attempt_count: attempts,
    next_payment_attempt: nextTry(world, invoice, attempts),
  });
  if (needsAction(outcome)) world.emit('invoice.payment_action_required', failed);
  world.emit('invoice.payment_failed', failed);
}

const nextTry = (world: World, invoice: Stripe.Invoice, attempts: number): number | null =>
  invoice.billing_reason === 'subscription_cycle' && attempts < MAX_ATTEMPTS ? world.now() + RETRY_AFTER_DAYS * DAY_S : null;

const needsAction = (outcome: PayOutcome): boolean =>
  outcome.is === 'needs_action' || (outcome.is === 'declined' && outcome.decline === NEEDS_ACTION);

/** Charges without the customer present: for renewals and their retries. */
export function chargeLater(world: World, id: string): void {
  const invoice = world.store.get('invoice', id);
  const method = methodFor(world, invoice);
  const outcome: PayOutcome = method
    ? payInvoice(world, id, { method, isOnSession: false })
    : { is: 'declined', decline: { code: 'missing', declineCode: 'missing', message: 'There is no card.' } };
  if (method === null) noteFailure(world, id, outcome);
  const subscriptionId = subscriptionOf(invoice);
  if (outcome.is !== 'paid' && subscriptionId !== null) changeSubscription(world, subscriptionId, { status: 'past_due' });
}

/** The API's answer when the card is declined. */
export function cardError(world: World, id: string, outcome: PayOutcome): Problem {
  const intent = world.store.find('paymentIntent', intentOfInvoice(world, id));
  if (outcome.is === 'pending') throw invalid('The payment is under way.');
  if (outcome.is !== 'declined') {
    return new Problem(402, {
      type: 'card_error',
      code: 'invoice_payment_intent_requires_action',
      message: 'This payment requires additional user action before it can be completed successfully.',
      payment_intent: intent,
    });
  }
  const { code, declineCode, message } = outcome.decline;
  const charge = idOf(intent?.latest_charge) ?? undefined;
  return new Problem(402, {
    type: 'card_error',
    code,
    decline_code: declineCode,
    message,
    payment_intent: intent,
    ...(charge !== undefined && { charge }),
  });
}
