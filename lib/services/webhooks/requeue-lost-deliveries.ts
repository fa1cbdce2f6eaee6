// Gives deliveries that were due long ago and have lost their job a new one. Returns how many.
import { inTransaction } from '@/lib/data/transaction';
import { listLostDeliveries } from '@/lib/data/webhook-deliveries';
import { enqueueDelivery } from './enqueue-delivery';

const BATCH_SIZE = 200;

export async function requeueLostDeliveries(): Promise<number> {
  const lost = await listLostDeliveries(BATCH_SIZE);
  await inTransaction(async (tx) => {
    for (const { id, attempts } of lost) await enqueueDelivery({ deliveryId: id, attempt: attempts }, tx);
  });
  return lost.length;
}
