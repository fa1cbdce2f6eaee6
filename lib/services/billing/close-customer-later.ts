// Stripe was away for all tries of ending a deleted workspace's subscription: tried again in an hour, until it is done, because a
// customer who is gone must not be charged.
import { inTransaction } from '@/lib/data/transaction';
import { enqueue } from '@/lib/queue/enqueue';

const HOUR_MS = 3_600_000;

export function closeCustomerLater(customerId: string, now: Date): Promise<void> {
  const options = {
    jobKey: `close-customer:${customerId}:again`,
    priority: 'retry',
    runAt: new Date(now.getTime() + HOUR_MS),
  } as const;
  return inTransaction((tx) => enqueue('close-customer', { customerId }, options, tx));
}
