// A subscription was created: whatever it was then, the customer is copied as it is now.
import type { EventHandler } from './changed-object';
import { copyCustomer } from './customer-changed';

export const customerSubscriptionCreated: EventHandler = ({ customerId }) => copyCustomer(customerId);
