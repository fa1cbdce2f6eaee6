// Refunds a charge, in whole or in part.
import type Stripe from 'stripe';
import { invalid } from '../http/problem';
import { makeRefund } from '../objects/make-payment';
import type { World } from '../world';

export function refundCharge(world: World, chargeId: string, amount: number | null): Stripe.Refund {
  const charge = world.store.get('charge', chargeId, 'charge');
  const left = charge.amount_captured - charge.amount_refunded;
  const back = amount ?? left;
  if (charge.refunded || left === 0) {
    throw invalid(`Charge ${chargeId} has already been refunded.`, { code: 'charge_already_refunded' });
  }
  if (back <= 0 || back > left) {
    throw invalid(`Refund amount (${back}) is greater than unrefunded amount on charge (${left})`, { param: 'amount' });
  }
  const refund = world.store.put('refund', makeRefund(charge, back, world.now()));
  const refunded = charge.amount_refunded + back;
  const changed = world.store.put('charge', {
    ...charge,
    amount_refunded: refunded,
    refunded: refunded === charge.amount_captured,
  });
  world.emit('refund.created', refund);
  world.emit('charge.refunded', changed, { amount_refunded: charge.amount_refunded, refunded: charge.refunded });
  return refund;
}
