// A cardholder disputes a charge. The bank takes the money back at once (except for an inquiry, which only asks) and then decides.
import type Stripe from 'stripe';
import { invalid } from '../http/problem';
import { idOf } from '../ids';
import { makeDispute } from '../objects/make-dispute';
import type { World } from '../world';

export function openDispute(world: World, chargeId: string, isInquiry = false): Stripe.Dispute {
  const charge = world.store.get('charge', chargeId, 'charge');
  if (charge.status !== 'succeeded' || charge.refunded || openDisputeOf(world, chargeId) !== null) {
    throw invalid(`Charge ${chargeId} can’t be disputed now.`);
  }
  const status = isInquiry ? 'warning_needs_response' : 'needs_response';
  const dispute = world.store.put('dispute', makeDispute(charge, status, world.now()));
  world.store.put('charge', { ...charge, disputed: true });
  world.emit('charge.dispute.created', dispute);
  if (!isInquiry) world.emit('charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

/** Turns an inquiry into a chargeback. */
export function escalateDispute(world: World, id: string): Stripe.Dispute {
  const changed = change(world, id, { status: 'needs_response', is_charge_refundable: false });
  world.emit('charge.dispute.updated', changed);
  world.emit('charge.dispute.funds_withdrawn', changed);
  return changed;
}

export function closeDispute(world: World, id: string, isWon: boolean): Stripe.Dispute {
  const { status } = world.store.get('dispute', id);
  const isInquiry = status.startsWith('warning');
  const changed = change(world, id, { status: isInquiry ? 'warning_closed' : isWon ? 'won' : 'lost' });
  world.emit('charge.dispute.closed', changed);
  if (isWon && !isInquiry) world.emit('charge.dispute.funds_reinstated', changed);
  return changed;
}

const IS_OVER: readonly string[] = ['won', 'lost', 'warning_closed'];

export const openDisputeOf = ({ store }: World, chargeId: string): Stripe.Dispute | null =>
  store.list('dispute').find(({ charge, status }) => idOf(charge) === chargeId && !IS_OVER.includes(status)) ?? null;

function change(world: World, id: string, patch: Partial<Stripe.Dispute>): Stripe.Dispute {
  const dispute = world.store.get('dispute', id);
  if (IS_OVER.includes(dispute.status)) throw invalid(`Dispute ${id} is over.`);
  return world.store.put('dispute', { ...dispute, ...patch });
}
