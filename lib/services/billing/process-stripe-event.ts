// Acts on a stored event, unless that was done. What went wrong stays with the event until a later try succeeds.
import { handleEvent } from '@/lib/billing/handle-event';
import { findStripeEvent, markStripeEvent } from '@/lib/data/stripe-events';

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
