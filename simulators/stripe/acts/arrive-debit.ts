// Settles a bank debit: the money arrives, or the bank sends it back.
import { idOf } from '../ids';
import type { World } from '../world';
import { completeIntent, refuse } from './pay-intent';
import { endWait } from './finish-checkout';
import { sessionOfIntent } from './pay-checkout';

const RETURNED = {
  code: 'payment_intent_payment_attempt_failed',
  declineCode: 'insufficient_funds',
  message: 'The customer’s account has insufficient funds to cover this payment.',
};

export function arriveDebit(world: World, intentId: string, hasArrived: boolean): void {
  const intent = world.store.get('paymentIntent', intentId);
  const method = world.store.find('paymentMethod', idOf(intent.payment_method));
  if (intent.status !== 'processing' || method === null) return;
  if (hasArrived) completeIntent(world, intentId, method);
  else refuse(world, intentId, { method, decline: RETURNED });
  const session = sessionOfIntent(world, intentId);
  if (session) endWait(world, session.id, hasArrived);
}
