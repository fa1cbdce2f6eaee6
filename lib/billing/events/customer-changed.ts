// A customer or its subscription changed: copied as it is now.
import { findScopeOfCustomer } from '../store/accounts';
import { syncBilling } from '../sync';

export async function copyCustomer(customerId: string | null): Promise<void> {
  const scope = customerId === null ? null : await findScopeOfCustomer(customerId);
  if (scope) await syncBilling(scope);
}
