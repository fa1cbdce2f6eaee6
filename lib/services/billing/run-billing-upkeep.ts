// What has to be looked at now and then: plans whose time to pay is over, purchases and events that a crash or Stripe's absence left
// undone, events that are old. Each run takes a bounded number; the next one takes the rest.
import { listStuckTopUps } from '@/lib/data/auto-top-ups';
import { deleteStripeEventsBefore, listUnprocessedEvents } from '@/lib/data/stripe-events';
import { inTransaction } from '@/lib/data/transaction';
import { STRIPE_EVENT_KEPT_DAYS } from '@/lib/domain/limits';
import { HANDLED_EVENTS } from '@/lib/billing/handle-event';
import { enqueueAutoTopUp } from './enqueue-auto-top-up';
import { endOverdue } from './end-overdue';
import { enqueueStripeEvent } from './receive-stripe-event';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** By then the job's own tries are over. */
const LEFT_AFTER_MS = 10 * MINUTE_MS;
/** What could not be handled for so long is left for a person to look at. */
const EVENT_TRIED_MS = 7 * DAY_MS;
const BATCH_SIZE = 200;

export interface UpkeepReport {
  backToFree: number;
  eventsTriedAgain: number;
  topUpsTriedAgain: number;
  eventsDeleted: number;
}

export async function runBillingUpkeep(now: Date): Promise<UpkeepReport> {
  const before = new Date(now.getTime() - LEFT_AFTER_MS);
  const since = new Date(now.getTime() - EVENT_TRIED_MS);
  const events = await listUnprocessedEvents(HANDLED_EVENTS, { from: since, to: before }, BATCH_SIZE);
  const topUps = await listStuckTopUps(before, BATCH_SIZE);
  await inTransaction(async (tx) => {
    for (const id of events) await enqueueStripeEvent(id, tx);
    for (const { workspaceId } of topUps) await enqueueAutoTopUp({ workspaceId }, tx);
  });
  return {
    backToFree: await endOverdue(now),
    eventsTriedAgain: events.length,
    topUpsTriedAgain: topUps.length,
    eventsDeleted: await deleteStripeEventsBefore(new Date(now.getTime() - STRIPE_EVENT_KEPT_DAYS * DAY_MS)),
  };
}
