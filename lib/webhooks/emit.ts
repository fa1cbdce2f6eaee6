// Tells a workspace's webhooks that something happened, inside the transaction in which it happens: the event, its deliveries and
// their jobs exist exactly if the change does. One cause is reported once (`sourceKey`). If nobody is subscribed, it takes a
// single statement. Data that does not have the event's shape or does not fit in a body is a bug, and throws.
import { type Tx, inTransaction } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { WEBHOOK_BODY_MAX_BYTES } from '@/lib/platform/limits';
import { siteLink } from '@/lib/platform/mail/compose';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { NO_FLAGS_KNOWN } from '@/lib/verdict/answer';
import {
  WEBHOOK_DATA_SCHEMAS,
  type WebhookEventInput,
  toListEndedData,
  toListProgressData,
  type WebhookData,
} from './event-data';
import { EMITTED_EVENT_TYPES, type EmittedEventType, isEmittedEventType } from './rules';
import { insertDeliveries, insertWebhookEvent, listSubscribedEndpoints } from './store/deliveries';
import { disableEndpoint, findEndpointRow, lockEndpoint } from './store/endpoints';
import { failSomeDeliveries, insertRowDeliveries, lockRowEndpoint, type RowEvent, takeTurns } from './store/row-deliveries';

export { isHeardColumn } from './store/deliveries';

export type EventToTell = WebhookEventInput & {
  /** Names the cause within the workspace, such as `list:lst_…:completed`. */
  sourceKey: string;
  /** Caused by a test key. */
  test?: boolean;
};

export interface DeliveryJob {
  deliveryId: string;
  /** Number of earlier attempts. */
  attempt: number;
  /** Now if left out. */
  runAt?: Date;
}

/** Room for the id, type and time around the data. */
const FRAME_MAX_BYTES = 512;

export async function emitEvent(scope: Scope, event: EventToTell, tx: Tx): Promise<void> {
  const listId = 'list_id' in event.data ? event.data.list_id : null;
  const endpointIds = await listSubscribedEndpoints(scope, { type: event.type, listId }, tx);
  if (endpointIds.length > 0) await deliverEvent(scope, { event, endpointIds }, tx);
}

/**
 * Delivers to these endpoints, whatever they subscribe to. Returns the ids of the deliveries: none if the cause was reported
 * before.
 */
async function deliverEvent(
  scope: Scope,
  { event, endpointIds }: { event: EventToTell; endpointIds: readonly string[] },
  tx: Tx,
): Promise<string[]> {
  const { type, sourceKey, test = false } = event;
  const data = WEBHOOK_DATA_SCHEMAS[type].parse(event.data);
  if (Buffer.byteLength(JSON.stringify(data)) > WEBHOOK_BODY_MAX_BYTES - FRAME_MAX_BYTES)
    throw new Error(`the data of ${type} is too large for a webhook`);
  const eventId = await insertWebhookEvent(scope, { type, sourceKey, data, test }, tx);
  if (eventId === null) return [];
  const deliveryIds = await insertDeliveries(scope, { eventId, endpointIds }, tx);
  for (const deliveryId of deliveryIds) await enqueueDelivery({ deliveryId, attempt: 0 }, tx);
  return deliveryIds;
}

/**
 * The job of one attempt. Its key names the attempt, so an attempt has at most one waiting job, and a newer time replaces an
 * older one.
 */
export async function enqueueDelivery({ deliveryId, attempt, runAt }: DeliveryJob, tx: Tx): Promise<void> {
  const jobKey = `webhook:${deliveryId}:${attempt}`;
  await enqueue('deliver-webhook', { deliveryId, attempt }, { jobKey, priority: 'retry', ...(runAt && { runAt }) }, tx);
}

/** Whether anybody listens to events of this type, for callers whose data costs a query. */
export const isHeard = async (
  scope: Scope,
  { type, listId = null }: { type: EventToTell['type']; listId?: string | null },
  tx: Tx,
): Promise<boolean> => (await listSubscribedEndpoints(scope, { type, listId }, tx)).length > 0;

// Sends a sample event with `test: true` to one endpoint, whatever it subscribes to, the same way as real events. Refuses while
// the endpoint is off.

const COUNTS = { deliverable: 812, undeliverable: 143, risky: 31, unknown: 14 };
const TOTAL = 1_000;
const CHARGED = 955;
const LIST_ID = 'lst_00000000000000000000000000';
const VERIFICATION_ID = 'ver_00000000000000000000000000';
const KEY_ID = 'key_00000000000000000000000000';
const NAME = 'Test list';

export function sendTestEvent(
  scope: Scope,
  endpointId: string,
  type?: EmittedEventType,
): Promise<Result<{ deliveryId: string }>> {
  return inTransaction(async (tx) => {
    const endpoint = (await lockEndpoint(scope, endpointId, tx)) ? await findEndpointRow(scope, endpointId, tx) : null;
    if (!endpoint) return fail('not_found');
    if (endpoint.state !== 'enabled')
      return fail('conflict', { detail: 'The endpoint is switched off. Switch it on, then send a test.' });
    const wanted = type ?? endpoint.eventTypes.find(isEmittedEventType) ?? EMITTED_EVENT_TYPES[0];
    const event = { ...sampleEvent(wanted), sourceKey: `test:${newId('request')}`, test: true };
    const [deliveryId] = await deliverEvent(scope, { event, endpointIds: [endpointId] }, tx);
    if (deliveryId === undefined) throw new Error('a new cause was reported before');
    return ok({ deliveryId });
  });
}

/**
 * Sends a sample event with `test: true` to all subscribed endpoints, because a test key requested it. `cause` names the request,
 * so that it is sent once.
 */
export function tellTestEvent(scope: Scope, type: EmittedEventType, cause: string): Promise<void> {
  return inTransaction((tx) => emitEvent(scope, { ...sampleEvent(type), sourceKey: `test:${cause}`, test: true }, tx));
}

/** Makes a link to a page of the app. */
type Link = typeof siteLink;

/** A sample event of each type, with the shape of a real one but about nobody. */
export function sampleEvent(type: EmittedEventType, link: Link = siteLink): WebhookEventInput {
  switch (type) {
    case 'verification.completed':
    case 'verification.updated':
      return { type, data: sampleVerification(link) };
    case 'list.ready':
      return {
        type,
        data: {
          list_id: LIST_ID,
          name: NAME,
          status: 'ready',
          failure: null,
          quote: { rows: TOTAL, unique: 970, duplicates: 30, syntax_invalid: 12, max_credits: 958 },
          url: link('/lists'),
        },
      };
    case 'list.progress':
      return { type, data: sampleProgress(link) };
    case 'list.completed':
      return { type, data: sampleEnd(link, 'completed', null) };
    case 'list.failed':
      return { type, data: sampleEnd(link, 'failed', 'This is a test: nothing failed.') };
    case 'credits.low':
      return { type, data: { available: 80, threshold: 100, url: link('/usage') } };
    case 'budget.exceeded':
      return { type, data: sampleBudget(link) };
  }
}

const sampleEnd = (link: Link, status: 'completed' | 'failed', error: string | null) =>
  toListEndedData({
    listId: LIST_ID,
    name: NAME,
    status,
    total: TOTAL,
    counts: COUNTS,
    creditsCharged: CHARGED,
    error,
    downloadUrl: link('/lists'),
  });

const sampleProgress = (link: Link) =>
  toListProgressData({
    listId: LIST_ID,
    name: NAME,
    processed: 500,
    total: 970,
    counts: { deliverable: 406, undeliverable: 72, risky: 15, unknown: 7 },
    creditsCharged: 478,
    url: link('/lists'),
  });

const sampleBudget = (link: Link): WebhookData<'budget.exceeded'> => ({
  key_id: KEY_ID,
  key_name: 'Test key',
  month: new Date().toISOString().slice(0, 7),
  budget: 1_000,
  spent: 990,
  held: 10,
  url: link('/keys'),
});

function sampleVerification(link: Link): WebhookData<'verification.completed'> {
  const now = new Date().toISOString();
  return {
    id: VERIFICATION_ID,
    input: 'name@example.com',
    email: 'name@example.com',
    status: 'deliverable',
    reason: 'mailbox_exists',
    score: 95,
    grade: null,
    grade_basis: [],
    recommendation: 'send',
    flags: { ...NO_FLAGS_KNOWN, catch_all: false },
    did_you_mean: null,
    normalized: 'name@example.com',
    canonical: 'name@example.com',
    mx: { host: 'mx.example.com', provider: null, gateway: false },
    checked_at: now,
    cached: false,
    credits_charged: 1,
    test: true,
    metadata: null,
    created_at: now,
    valid: true,
    deliverable: true,
    risk_level: 'low',
    url: link(`/v1/verifications/${VERIFICATION_ID}`),
  };
}

// A list's callback may hear of each of its rows: each is stored with its verdict, in the same transaction, and sent when its turn comes.
// Turns are given by what stores, ends or postpones a delivery, so a receiver never gets more than a few posts at once, and one that fails
// is not sent the whole list before it recovers.

export interface RowsToTell {
  listId: string;
  /** From a test key. */
  test: boolean;
  rows: readonly RowEvent[];
}

/** Rows with the same `sourceKey` are told once. */
export async function tellRows(scope: Scope, { listId, test, rows }: RowsToTell, tx: Tx): Promise<void> {
  const endpointId = await lockRowEndpoint(scope, listId, tx);
  if (endpointId === null) return;
  await insertRowDeliveries(scope, { endpointId, listId, test, rows }, tx);
  await tellNextRows(scope, endpointId, tx);
}

/** Call it with the endpoint locked. */
export async function tellNextRows(scope: Scope, endpointId: string, tx: Tx): Promise<void> {
  for (const deliveryId of await takeTurns(scope, endpointId, tx)) await enqueueDelivery({ deliveryId, attempt: 0 }, tx);
}

/** Whether somebody is told of each row of this list. */
export const areRowsHeard = async (scope: Scope, listId: string, tx: Tx): Promise<boolean> =>
  (await lockRowEndpoint(scope, listId, tx)) !== null;

/** For a list whose rows are being deleted: no more of them is sent. */
export async function stopTellingRows(scope: Scope, listId: string, tx: Tx): Promise<void> {
  const id = await lockRowEndpoint(scope, listId, tx);
  if (id !== null && (await disableEndpoint(scope, { id, reason: 'by_owner' }, tx))) await enqueueFailing(scope, id, tx);
}

/** For an endpoint that was just switched off: its deliveries are failed in batches, because there may be many. */
export const enqueueFailing = (scope: Scope, endpointId: string, tx: Tx): Promise<void> =>
  enqueue('fail-deliveries', { ...scope, endpointId }, { jobKey: `fail-deliveries:${endpointId}`, priority: 'bulk' }, tx);

export const failDeliveries = (scope: Scope, endpointId: string): Promise<void> =>
  inTransaction(async (tx) => {
    if (!(await lockEndpoint(scope, endpointId, tx))) return;
    if (await failSomeDeliveries(scope, endpointId, tx)) await enqueueFailing(scope, endpointId, tx);
  });
