// Handles the pay button of the Checkout page. The session stays open until a payment has succeeded or is under way.
import type Stripe from 'stripe';
import { idOf } from '../ids';
import { makeIntent } from '../objects/make-payment';
import { CONFIRMED_METADATA, makeCardMethod, makeDebitMethod, type Holder } from '../objects/make-payment-method';
import { findCard } from '../test-cards';
import type { World } from '../world';
import { changeIntent, changeSession } from './change';
import { finishCheckout } from './finish-checkout';
import { payIntent, type PayOutcome } from './pay-intent';

export interface Payer extends Holder {
  /** Null for a bank debit. */
  cardNumber: string | null;
  taxId: string | null;
}

export type Pressed = { is: 'done' } | { is: 'confirm'; url: string } | { is: 'refused'; message: string };

export function payCheckout(world: World, sessionId: string, payer: Payer): Pressed {
  const session = world.store.get('session', sessionId);
  if (session.status !== 'open') return { is: 'refused', message: 'This page is no longer open.' };
  const method = methodOf(world, session, payer);
  if (method === null) return { is: 'refused', message: 'Your card number is not a test card.' };
  world.store.put('paymentMethod', method);
  if (session.amount_total === 0) {
    finishCheckout(world, sessionId, { intent: null, method, isPaid: true, taxId: payer.taxId });
    return { is: 'done' };
  }
  const intent = intentOf(world, session);
  return after(world, { sessionId, intent, method, taxId: payer.taxId }, payIntent(world, intent, { method, isOnSession: true }));
}

interface Attempt {
  sessionId: string;
  intent: string;
  method: Stripe.PaymentMethod;
  taxId: string | null;
}

function after(world: World, { sessionId, intent, method, taxId }: Attempt, outcome: PayOutcome): Pressed {
  if (outcome.is === 'declined') {
    world.store.remove('paymentMethod', method.id);
    return { is: 'refused', message: outcome.decline.message };
  }
  if (outcome.is === 'needs_action') return { is: 'confirm', url: `${world.baseUrl}/confirm/${intent}` };
  finishCheckout(world, sessionId, { intent, method, isPaid: outcome.is === 'paid', taxId });
  return { is: 'done' };
}

/** The cardholder answered their bank. */
export function confirmCheckout(world: World, sessionId: string): void {
  const { intent } = world.store.get('sessionItems', sessionId);
  const method = world.store.find(
    'paymentMethod',
    intent === null ? null : idOf(world.store.get('paymentIntent', intent).payment_method),
  );
  if (intent === null || method === null) return;
  const confirmed = { ...method, metadata: { ...method.metadata, [CONFIRMED_METADATA]: 'true' } };
  world.store.put('paymentMethod', confirmed);
  after(
    world,
    { sessionId, intent, method: confirmed, taxId: null },
    payIntent(world, intent, { method: confirmed, isOnSession: true, isConfirmed: true }),
  );
}

export const sessionOfIntent = ({ store }: World, intent: string): Stripe.Checkout.Session | null =>
  store.find('session', store.list('sessionItems').find((kept) => kept.intent === intent)?.id ?? null);

function methodOf(world: World, session: Stripe.Checkout.Session, payer: Payer): Stripe.PaymentMethod | null {
  const of = { customer: idOf(session.customer) ?? '', holder: payer, now: world.now() };
  if (payer.cardNumber === null) return session.mode === 'payment' ? makeDebitMethod(of) : null;
  const card = findCard(payer.cardNumber);
  return card && makeCardMethod(card, of);
}

/** A session has one intent, however often payment is tried; its amount follows the session's. */
function intentOf(world: World, session: Stripe.Checkout.Session): string {
  const kept = world.store.get('sessionItems', session.id);
  const amount = session.amount_total ?? 0;
  if (kept.intent !== null) return changeIntent(world, kept.intent, { amount }).id;
  const intent = makeIntent(
    {
      amount,
      currency: session.currency ?? 'usd',
      customer: idOf(session.customer) ?? '',
      description: session.mode === 'subscription' ? 'Subscription creation' : null,
      metadata: session.mode === 'payment' ? kept.metadata : {},
      keepsCard: kept.keepsCard || session.mode === 'subscription',
      methodTypes: session.payment_method_types,
    },
    world.now(),
  );
  world.store.put('paymentIntent', intent);
  world.store.put('sessionItems', { ...kept, intent: intent.id });
  if (session.mode === 'payment') changeSession(world, session.id, { payment_intent: intent.id });
  world.emit('payment_intent.created', intent);
  return intent.id;
}
