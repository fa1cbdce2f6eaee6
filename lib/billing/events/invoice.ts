// Events about an invoice: paid, or its payment failed.
import { applyPaidInvoice } from '../invoices';
import { syncBilling } from '../customers';
import type { EventHandler } from './changed-object';
import { copyCustomer } from './customer';

// A period of a plan begins, or an automatic purchase is done.
export const invoicePaid: EventHandler = async ({ id }) => {
  const scope = await applyPaidInvoice(id);
  if (scope) await syncBilling(scope);
};

// A renewal could not be charged; the subscription says whether it is now past due. An automatic purchase is settled by its own
// job.
export const invoicePaymentFailed: EventHandler = ({ customerId }) => copyCustomer(customerId);
