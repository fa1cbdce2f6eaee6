// Workspaces are about to be deleted: jobs that end their subscriptions at Stripe, in the same transaction. Call it before the rows go.
import { listCustomerIds } from '@/lib/data/billing-accounts';
import type { Tx } from '@/lib/data/transaction';
import { enqueue } from '@/lib/queue/enqueue';

export async function enqueueCloseCustomers(workspaceIds: string[], tx: Tx): Promise<void> {
  for (const customerId of await listCustomerIds(workspaceIds, tx)) {
    await enqueue('close-customer', { customerId }, { jobKey: `close-customer:${customerId}`, priority: 'retry' }, tx);
  }
}
