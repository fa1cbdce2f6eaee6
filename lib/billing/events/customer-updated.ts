// The customer was changed in Stripe's portal: the card, most likely.
import type { EventHandler } from './changed-object';
import { copyCustomer } from './customer-changed';

export const customerUpdated: EventHandler = ({ id }) => copyCustomer(id);
