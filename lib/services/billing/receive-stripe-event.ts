// Stores an event from Stripe, once, with the job that acts on it, in one transaction: the answer is fast, and nothing is lost
// between the two. Refuses what Stripe did not sign.
import { isHandled } from '@/lib/billing/handle-event';
import { readSignedEvent } from '@/lib/billing/read-event';
import { insertStripeEvent } from '@/lib/data/stripe-events';
import { inTransaction, type Tx } from '@/lib/data/transaction';
import { enqueue } from '@/lib/queue/enqueue';

/** `false` for an event that was received before. Throws an AppError for a signature that is wrong or old. */
export async function receiveStripeEvent(body: Uint8Array, signature: string | null): Promise<boolean> {
  const event = readSignedEvent(body, signature);
  return inTransaction(async (tx) => {
    const isNew = await insertStripeEvent(event, tx);
    if (isNew && isHandled(event.type)) await enqueueStripeEvent(event.id, tx);
    return isNew;
  });
}

export const enqueueStripeEvent = (eventId: string, tx: Tx): Promise<void> =>
  enqueue('handle-stripe-event', { eventId }, { jobKey: `stripe-event:${eventId}`, priority: 'interactive' }, tx);
