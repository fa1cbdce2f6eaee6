// The job of one attempt of one delivery, in the caller's transaction. Its key names the attempt, so that an attempt has one
// waiting job at most and a newer time replaces an older one.
import type { Tx } from '@/lib/data/transaction';
import { enqueue } from '@/lib/queue/enqueue';

export interface DeliveryJob {
  deliveryId: string;
  /** Attempts made before. */
  attempt: number;
  /** Left out: now. */
  runAt?: Date;
}

export async function enqueueDelivery({ deliveryId, attempt, runAt }: DeliveryJob, tx: Tx): Promise<void> {
  const jobKey = `webhook:${deliveryId}:${attempt}`;
  await enqueue('deliver-webhook', { deliveryId, attempt }, { jobKey, priority: 'retry', ...(runAt && { runAt }) }, tx);
}
