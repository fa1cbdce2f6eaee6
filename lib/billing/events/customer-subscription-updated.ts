// A subscription was updated: whatever it was then, the customer is copied as it is now.
import type { EventHandler } from './changed-object';
import { copyCustomer } from './customer-changed';

export const customerSubscriptionUpdated: EventHandler = ({ customerId }) => copyCustomer(customerId);
