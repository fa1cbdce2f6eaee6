// A payment that took its time did not arrive: nothing was given for it, so there is nothing to take back. The owners are told.
import { findScopeOfCustomer } from '@/lib/data/billing-accounts';
import { fulfilCheckout } from '@/lib/services/billing/fulfil-checkout';
import { tellPaymentDidNotArrive } from '@/lib/services/billing/tell-owners';
import type { EventHandler } from './changed-object';

export const checkoutSessionAsyncPaymentFailed: EventHandler = async ({ id, customerId }) => {
  // Asked all the same: a replay of old news must not contradict what is true now.
  const checkout = await fulfilCheckout(id);
  const scope = customerId === null ? null : await findScopeOfCustomer(customerId);
  if (scope && (checkout?.state === 'unpaid' || checkout?.state === 'declined')) await tellPaymentDidNotArrive(scope);
};
