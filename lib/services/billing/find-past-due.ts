// Whether the workspace's last renewal is unpaid, for the notice on every page; null where all is well.
import { findBillingAccount, type BillingAccount } from '@/lib/data/billing-accounts';
import type { Scope } from '@/lib/data/scope';
import { isLiveStatus } from './is-live-status';
import { isOwner } from './require-owner';

export interface PastDue {
  /** ISO; the plan ends then. */
  graceUntil: string | null;
  mayPay: boolean;
}

const isPastDue = ({ pastDueSince, status }: BillingAccount): boolean => pastDueSince !== null && isLiveStatus(status);

export async function findPastDue(scope: Scope, userId: string): Promise<PastDue | null> {
  const account = await findBillingAccount(scope);
  if (account === null || !isPastDue(account)) return null;
  return { graceUntil: account.graceUntil?.toISOString() ?? null, mayPay: await isOwner(scope, userId) };
}
