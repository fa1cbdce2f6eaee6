// Tries to pay a payment intent; the test card decides the outcome. Each try leaves a charge, as at Stripe.
import type Stripe from 'stripe';
import { invalid } from '../http/problem';
import { CARD_METADATA, CONFIRMED_METADATA } from '../objects/make-payment-method';
import { makeCharge } from '../objects/make-payment';
import { cardById, declineOf, NEEDS_ACTION, type Decline } from '../test-cards';
import type { World } from '../world';
import { changeIntent } from './change';

export interface Payment {
  method: Stripe.PaymentMethod;
  isOnSession: boolean;
  isConfirmed?: boolean;
}

export type PayOutcome = { is: 'paid' | 'pending' | 'needs_action' } | { is: 'declined'; decline: Decline };

export function payIntent(world: World, intentId: string, payment: Payment): PayOutcome {
  const { method } = payment;
  if (world.store.get('paymentIntent', intentId).status === 'succeeded')
    throw invalid('This PaymentIntent has already succeeded.');
  changeIntent(world, intentId, { payment_method: method.id });
  if (method.type !== 'card') return wait(world, intentId, method);
  const card = cardById(method.metadata?.[CARD_METADATA]);
  if (card === null) throw new Error('a card that is no test card');
  const decline = declineOf(card, {
    isOnSession: payment.isOnSession,
    isConfirmed: payment.isConfirmed === true,
    wasConfirmed: method.metadata?.[CONFIRMED_METADATA] === 'true',
  });
  if (decline === null) return succeed(world, intentId, payment);
  if (decline === 'needs_action') {
    return payment.isOnSession ? ask(world, intentId) : refuse(world, intentId, { method, decline: NEEDS_ACTION });
  }
  return refuse(world, intentId, { method, decline });
}

function succeed(world: World, id: string, { method, isConfirmed }: Payment): PayOutcome {
  if (isConfirmed === true) {
    world.store.put('paymentMethod', { ...method, metadata: { ...method.metadata, [CONFIRMED_METADATA]: 'true' } });
  }
  completeIntent(world, id, method);
  return { is: 'paid' };
}

/** Also used for money that arrives later. */
export function completeIntent(world: World, id: string, method: Stripe.PaymentMethod): void {
  const intent = world.store.get('paymentIntent', id);
  const charge = world.store.put('charge', makeCharge({ intent, method, status: 'succeeded', decline: null }, world.now()));
  world.emit('charge.succeeded', charge);
  const done = changeIntent(world, id, {
    status: 'succeeded',
    amount_received: intent.amount,
    latest_charge: charge.id,
    last_payment_error: null,
    next_action: null,
  });
  world.emit('payment_intent.succeeded', done);
}

function wait(world: World, id: string, method: Stripe.PaymentMethod): PayOutcome {
  const intent = world.store.get('paymentIntent', id);
  const charge = world.store.put('charge', makeCharge({ intent, method, status: 'pending', decline: null }, world.now()));
  world.emit('charge.pending', charge);
  world.emit('payment_intent.processing', changeIntent(world, id, { status: 'processing', latest_charge: charge.id }));
  return { is: 'pending' };
}

function ask(world: World, id: string): PayOutcome {
  const url = `${world.baseUrl}/confirm/${id}`;
  const asked = changeIntent(world, id, {
    status: 'requires_action',
    next_action: { type: 'redirect_to_url', redirect_to_url: { url, return_url: null } },
  });
  world.emit('payment_intent.requires_action', asked);
  return { is: 'needs_action' };
}

export interface Refusal {
  method: Stripe.PaymentMethod;
  decline: Decline;
}

export function refuse(world: World, id: string, { method, decline }: Refusal): PayOutcome {
  const intent = world.store.get('paymentIntent', id);
  const charge = world.store.put('charge', makeCharge({ intent, method, status: 'failed', decline }, world.now()));
  world.emit('charge.failed', charge);
  const failed = changeIntent(world, id, {
    status: 'requires_payment_method',
    latest_charge: charge.id,
    next_action: null,
    payment_method: null,
    last_payment_error: {
      type: 'card_error',
      charge: charge.id,
      code: 'card_declined',
      decline_code: decline.declineCode,
      message: decline.message,
    },
  });
  world.emit('payment_intent.payment_failed', failed);
  return { is: 'declined', decline };
}
