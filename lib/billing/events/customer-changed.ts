// The customer, or the subscription of one, is another than it was: copied as it is now.
import { findScopeOfCustomer } from '@/lib/data/billing-accounts';
import { syncBilling } from '@/lib/services/billing/sync-billing';

export async function copyCustomer(customerId: string | null): Promise<void> {
  const scope = customerId === null ? null : await findScopeOfCustomer(customerId);
  if (scope) await syncBilling(scope);
}
