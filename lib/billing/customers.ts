// Ends the subscriptions of deleted workspaces at Stripe. A customer who is gone must not be charged, so if Stripe was down for
// all tries of the job, it is tried again every hour until it is done.
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { enqueue } from '@/lib/platform/queue/enqueue';
import { listCustomerIds } from './store/accounts';

const HOUR_MS = 3_600_000;

/** In the transaction that deletes the workspaces, before their rows go. */
export async function enqueueCloseCustomers(workspaceIds: readonly string[], tx: Tx): Promise<void> {
  for (const customerId of await listCustomerIds(workspaceIds, tx)) {
    await enqueue('close-customer', { customerId }, { jobKey: `close-customer:${customerId}`, priority: 'retry' }, tx);
  }
}

/** Stripe was down for all tries. */
export function closeCustomerLater(customerId: string, now: Date): Promise<void> {
  const options = {
    jobKey: `close-customer:${customerId}:again`,
    priority: 'retry',
    runAt: new Date(now.getTime() + HOUR_MS),
  } as const;
  return inTransaction((tx) => enqueue('close-customer', { customerId }, options, tx));
}
