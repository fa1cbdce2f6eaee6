// The regular upkeep of billing: ends plans whose time to pay is over; tries again purchases, events and mails that a crash or
// Stripe's absence left undone; takes credits of reversed payments that were held at the time; deletes old events and mails. Each
// run takes a bounded number; the next one takes the rest.
import { listStuckTopUps } from './store/accounts';
import { deleteStripeEventsBefore, listUnprocessedEvents } from './store/stripe-events';
import { tendNotices } from '@/lib/accounts/notices';
import { enqueueAutoTopUp } from '@/lib/credits/balance';
import { inTransaction } from '@/lib/platform/db/transaction';
import { STRIPE_EVENT_KEPT_DAYS } from '@/lib/platform/limits';
import { HANDLED_EVENTS } from './handle-event';
import { endOverdue } from './overdue';
import { takeWhatCameFree } from './reversals';
import { enqueueStripeEvent } from './stripe-events';

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
  mailsTriedAgain: number;
  creditsTakenBack: number;
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
  const old = new Date(now.getTime() - STRIPE_EVENT_KEPT_DAYS * DAY_MS);
  return {
    backToFree: await endOverdue(now),
    eventsTriedAgain: events.length,
    topUpsTriedAgain: topUps.length,
    mailsTriedAgain: await tendNotices({ from: since, to: before, deleteBefore: old }, BATCH_SIZE),
    creditsTakenBack: await takeWhatCameFree(BATCH_SIZE, now),
    eventsDeleted: await deleteStripeEventsBefore(old),
  };
}
