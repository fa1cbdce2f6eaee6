// A delayed payment did not arrive: nothing was given for it, so there is nothing to take back. The owners are told.
import { findScopeOfCustomer } from '../store/accounts';
import { fulfilCheckout } from '../purchases';
import { inTransaction } from '@/lib/platform/db/transaction';
import { notifyOwners } from '../notices';
import type { EventHandler } from './changed-object';

export const checkoutSessionAsyncPaymentFailed: EventHandler = async ({ id, customerId }) => {
  // Stripe is asked anyway: a replayed event must not contradict what is true now.
  const checkout = await fulfilCheckout(id);
  const scope = customerId === null ? null : await findScopeOfCustomer(customerId);
  if (scope === null || (checkout?.state !== 'unpaid' && checkout?.state !== 'declined')) return;
  const notice = { cause: `payment-did-not-arrive:${id}`, content: { kind: 'payment_did_not_arrive' } } as const;
  await inTransaction((tx) => notifyOwners(scope, notice, tx));
};
