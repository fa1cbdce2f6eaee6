// Events about a customer and its subscription. Whatever they say, the customer is copied in its current state.
import { findScopeOfCustomer } from '../store/accounts';
import { syncBilling } from '../customers';
import type { EventHandler } from './changed-object';

// Changed in Stripe's portal; most likely the card.
export const customerUpdated: EventHandler = ({ id }) => copyCustomer(id);

// Created, changed or deleted.
export const customerSubscriptionChanged: EventHandler = ({ customerId }) => copyCustomer(customerId);

export async function copyCustomer(customerId: string | null): Promise<void> {
  const scope = customerId === null ? null : await findScopeOfCustomer(customerId);
  if (scope) await syncBilling(scope);
}
