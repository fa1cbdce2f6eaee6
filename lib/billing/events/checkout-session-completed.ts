// A Checkout session was finished by its customer; whether it is paid is read from the session itself.
import { fulfilCheckout } from '../purchases';
import type { EventHandler } from './changed-object';

export const checkoutSessionCompleted: EventHandler = async ({ id }) => {
  await fulfilCheckout(id);
};
