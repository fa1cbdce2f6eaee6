// An invoice was paid: the period of a plan begins, or an automatic purchase is done.
import { applyPaidInvoice } from '../invoices';
import { syncBilling } from '../sync';
import type { EventHandler } from './changed-object';

export const invoicePaid: EventHandler = async ({ id }) => {
  const scope = await applyPaidInvoice(id);
  if (scope) await syncBilling(scope);
};
