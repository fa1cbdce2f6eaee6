// Tells a workspace's webhooks that something happened, inside the transaction in which it happens: the event, its deliveries and
// their jobs exist exactly when the change does. Promises that one cause is told once (`sourceKey`), and a single statement when
// nobody is subscribed. Refuses, by throwing, data that does not have the event's shape or does not fit in a body: that is a bug.
import type { Tx } from '@/lib/platform/db/transaction';
import { WEBHOOK_BODY_MAX_BYTES } from '@/lib/platform/limits';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { WEBHOOK_DATA_SCHEMAS, type WebhookEventInput } from './event-data';
export { isHeardColumn } from './store/deliveries';
import { insertDeliveries, insertWebhookEvent, listSubscribedEndpoints } from './store/deliveries';

export type EventToTell = WebhookEventInput & {
  /** Names the cause within the workspace, like `list:lst_…:completed`. */
  sourceKey: string;
  /** Caused by a test key. */
  test?: boolean;
};

export interface DeliveryJob {
  deliveryId: string;
  /** Number of earlier attempts. */
  attempt: number;
  /** Default: now. */
  runAt?: Date;
}

/** Id, type and time are wrapped around the data. */
const FRAME_MAX_BYTES = 512;

export async function emitEvent(scope: Scope, event: EventToTell, tx: Tx): Promise<void> {
  const listId = 'list_id' in event.data ? event.data.list_id : null;
  const endpointIds = await listSubscribedEndpoints(scope, { type: event.type, listId }, tx);
  if (endpointIds.length > 0) await deliverEvent(scope, { event, endpointIds }, tx);
}

/** To these endpoints, no matter what they are subscribed to. Returns the ids of the deliveries: none if the cause was told before. */
export async function deliverEvent(
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

/** Whether anybody listens to events of this type: for data that costs a query to make. */
export const isHeard = async (
  scope: Scope,
  { type, listId = null }: { type: EventToTell['type']; listId?: string | null },
  tx: Tx,
): Promise<boolean> => (await listSubscribedEndpoints(scope, { type, listId }, tx)).length > 0;
