// What the plan's next invoice will say, as Stripe reckons it; null where none is to come.
import { previewNextInvoice } from '@/lib/billing/invoices';
import { findCustomerAccount } from '@/lib/data/billing-accounts';
import type { Scope } from '@/lib/data/scope';
import type { NextInvoice } from '@/lib/domain/billing-view';
import { isLiveStatus } from './is-live-status';

export async function getNextInvoice(scope: Scope): Promise<NextInvoice | null> {
  const account = await findCustomerAccount(scope);
  const subscriptionId = account?.subscriptionId ?? null;
  if (account === null || subscriptionId === null) return null;
  const isToCome = isLiveStatus(account.status) && account.cancelAt === null;
  return isToCome ? previewNextInvoice(account.customerId, subscriptionId) : null;
}
