// Events from Stripe: each is stored once, in one transaction with the job that acts on it, so that the answer is fast and
// nothing is lost in between. Refuses what Stripe did not sign. Refuses a signed event that we can't read once, so that the
// refusal shows in Stripe's log. If the same event is sent again, it counts as known, because it would never get better.
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { AppError } from '@/lib/platform/errors';
import { log } from '@/lib/platform/log';
import { enqueue } from '@/lib/platform/queue/enqueue';
import { handleEvent, isHandled } from './handle-event';
import { findStripeEvent, insertStripeEvent, markStripeEvent } from './store/stripe-events';
import { readSignedEvent } from './stripe/read-event';

/** False for an event that was received before. Throws an AppError for a wrong or old signature, and for an unreadable event. */
export async function receiveStripeEvent(body: Uint8Array, signature: string | null): Promise<boolean> {
  const { event, isReadable } = readSignedEvent(body, signature);
  const isNew = await inTransaction(async (tx) => {
    const isStored = await insertStripeEvent(event, tx);
    if (isStored && isReadable && isHandled(event.type)) await enqueueStripeEvent(event.id, tx);
    return isStored;
  });
  if (isNew && !isReadable) {
    log('billing').error({ event: event.id }, 'a signed event from Stripe could not be read');
    throw new AppError('invalid_request', { detail: 'The signature is right, but the event can’t be read.' });
  }
  return isNew;
}

export const enqueueStripeEvent = (eventId: string, tx: Tx): Promise<void> =>
  enqueue('handle-stripe-event', { eventId }, { jobKey: `stripe-event:${eventId}`, priority: 'interactive' }, tx);

/** Acts on a stored event, unless that was already done. An error stays with the event until a later try succeeds. */
export async function processStripeEvent(id: string): Promise<void> {
  const event = await findStripeEvent(id);
  if (event === null || event.isProcessed) return;
  try {
    await handleEvent(event);
  } catch (error) {
    await markStripeEvent(id, { error: error instanceof Error ? error.message : 'unknown' });
    throw error;
  }
  await markStripeEvent(id, { error: null });
}
