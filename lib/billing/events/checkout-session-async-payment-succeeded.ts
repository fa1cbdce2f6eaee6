// A payment that took its time (a bank debit) arrived, perhaps days after the page was closed.
import { fulfilCheckout } from '@/lib/services/billing/fulfil-checkout';
import type { EventHandler } from './changed-object';

export const checkoutSessionAsyncPaymentSucceeded: EventHandler = async ({ id }) => {
  await fulfilCheckout(id);
};
