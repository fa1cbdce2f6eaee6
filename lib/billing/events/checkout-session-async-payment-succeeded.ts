// A delayed payment (a bank debit) arrived, perhaps days after the page was closed.
import { fulfilCheckout } from '../purchases';
import type { EventHandler } from './changed-object';

export const checkoutSessionAsyncPaymentSucceeded: EventHandler = async ({ id }) => {
  await fulfilCheckout(id);
};
