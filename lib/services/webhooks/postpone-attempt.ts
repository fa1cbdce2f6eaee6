// Puts an attempt off for a moment, while others are under way. It does not count as an attempt.
import { inTransaction } from '@/lib/data/transaction';
import type { DueDelivery } from '@/lib/data/webhook-deliveries';
import { enqueueDelivery } from './enqueue-delivery';

export function postponeAttempt({ id, attempts }: DueDelivery, delayMs: number): Promise<void> {
  const runAt = new Date(Date.now() + delayMs);
  return inTransaction((tx) => enqueueDelivery({ deliveryId: id, attempt: attempts, runAt }, tx));
}
