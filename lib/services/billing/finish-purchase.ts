// What the return page shows of a Checkout session: it gives what was bought where that has not happened yet, and tells how things
// stand. Promises to tell nothing about a session of another workspace.
import type { Scope } from '@/lib/data/scope';
import type { PurchaseView } from '@/lib/domain/billing-view';
import { offerName } from '@/lib/domain/offer-name';
import { fulfilCheckout, type Fulfilment } from './fulfil-checkout';

/** Null where the workspace has no such session. */
export async function finishPurchase(scope: Scope, sessionId: string): Promise<PurchaseView | null> {
  const done = await fulfilCheckout(sessionId, scope);
  return done && { state: STATES[done.state], what: done.offer && offerName(done.offer) };
}

const STATES = {
  fulfilled: 'fulfilled',
  unpaid: 'pending',
  declined: 'declined',
  open: 'open',
  expired: 'expired',
} as const satisfies Record<Fulfilment['state'], PurchaseView['state']>;
