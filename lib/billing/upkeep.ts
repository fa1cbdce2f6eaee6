// The regular upkeep of billing. It ends plans whose time to pay is over; retries purchases, events and mails that a crash or an
// outage of Stripe left undone; takes credits of reversed payments that were held at the time; and deletes old events and mails.
// Each run handles a bounded number; the next one handles the rest.
import { tendNotices } from '@/lib/accounts/notices';
import { enqueueAutoTopUp } from '@/lib/credits/balance';
import { inTransaction } from '@/lib/platform/db/transaction';
import { STRIPE_EVENT_KEPT_DAYS } from '@/lib/platform/limits';
import { describeError } from '@/lib/platform/errors';
import { eachRow } from '@/lib/platform/pages';
import { log } from '@/lib/platform/log';
import type { Scope } from '@/lib/platform/scope';
import { isOwner } from '@/lib/accounts/workspaces';
import { DAY_MS, MINUTE_MS } from '@/lib/platform/time';
import { listStuckTopUps, type BillingAccount, findBillingAccount, listOverdue } from './store/accounts';
import { deleteStripeEventsBefore, listUnprocessedEvents } from './store/stripe-events';
import { HANDLED_EVENTS } from './handle-event';
import { takeWhatCameFree } from './reversals';
import { enqueueStripeEvent } from './stripe-events';
import { isLiveStatus, syncBilling } from './customers';
import { endSubscription } from './stripe/subscriptions';

/** By then the job's own tries are over. */
const LEFT_AFTER_MS = 10 * MINUTE_MS;
/** What could not be handled for this long is left for a person to look at. */
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

// Workspaces whose last renewal is unpaid: the notice on every page, and the end of the plan once the time to pay is over. Stripe
// is asked first, so a customer who paid at the last moment keeps the plan. The subscription is ended there, and what was not
// paid is no longer charged. A failure for one workspace does not stop the others.

export interface PastDue {
  /** ISO; the plan ends then. */
  graceUntil: string | null;
  mayPay: boolean;
}

/** The scheduled job. Returns the number of workspaces that are back on Free. */
export async function endOverdue(now: Date): Promise<number> {
  let ended = 0;
  const overdue = eachRow(
    (batch) => listOverdue(now, batch),
    ({ workspaceId }) => workspaceId,
  );
  for await (const scope of overdue) {
    try {
      if (await endIfOverdue(scope, now)) ended++;
    } catch (error) {
      log('billing').error({ workspace: scope.workspaceId, error: describeError(error) }, 'an overdue plan could not be ended');
    }
  }
  return ended;
}

/** Null if nothing is overdue. */
export async function findPastDue(scope: Scope, userId: string): Promise<PastDue | null> {
  const account = await findBillingAccount(scope);
  if (account === null || !isPastDue(account)) return null;
  return { graceUntil: account.graceUntil?.toISOString() ?? null, mayPay: await isOwner(scope, userId) };
}

async function endIfOverdue(scope: Scope, now: Date): Promise<boolean> {
  await syncBilling(scope, now);
  const account = await findBillingAccount(scope);
  const subscriptionId = account?.subscriptionId ?? null;
  const graceUntil = account?.graceUntil ?? null;
  if (subscriptionId === null || graceUntil === null || graceUntil > now) return false;
  await endSubscription(subscriptionId);
  await syncBilling(scope, now);
  return true;
}

const isPastDue = ({ pastDueSince, status }: BillingAccount): boolean => pastDueSince !== null && isLiveStatus(status);
