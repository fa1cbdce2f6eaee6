// A renewal could not be charged: the subscription says whether it is past due now. An automatic purchase is settled by its own job.
import type { EventHandler } from './changed-object';
import { copyCustomer } from './customer-changed';

export const invoicePaymentFailed: EventHandler = ({ customerId }) => copyCustomer(customerId);
