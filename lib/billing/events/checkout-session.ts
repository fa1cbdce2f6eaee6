// Events about a Checkout session. Whether it is paid is read from the session itself, so the result is the same in any order.
import { inTransaction } from '@/lib/platform/db/transaction';
import { fulfilCheckout } from '../purchases';
import { findScopeOfCustomer } from '../store/accounts';
import { notifyOwners } from '../notices';
import type { EventHandler } from './changed-object';

// The customer finished it, or a delayed payment (a bank debit) arrived, perhaps days after the page was closed.
export const checkoutSessionMayBePaid: EventHandler = async ({ id }) => {
  await fulfilCheckout(id);
};

// A delayed payment did not arrive. Nothing was granted for it, so there is nothing to take back. The owners are told.
export const checkoutSessionAsyncPaymentFailed: EventHandler = async ({ id, customerId }) => {
  // Stripe is asked anyway: a replayed event must not contradict the current state.
  const checkout = await fulfilCheckout(id);
  const scope = customerId === null ? null : await findScopeOfCustomer(customerId);
  if (scope === null || (checkout?.state !== 'unpaid' && checkout?.state !== 'declined')) return;
  const notice = { cause: `payment-did-not-arrive:${id}`, content: { kind: 'payment_did_not_arrive' } } as const;
  await inTransaction((tx) => notifyOwners(scope, notice, tx));
};
