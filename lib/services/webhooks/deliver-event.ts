// Writes an event with its deliveries to these endpoints, whatever they are subscribed to, and their jobs. Returns the ids of the
// deliveries: none when the cause was told before.
import type { Scope } from '@/lib/data/scope';
import type { Tx } from '@/lib/data/transaction';
import { insertDeliveries, insertWebhookEvent } from '@/lib/data/webhook-events';
import { WEBHOOK_BODY_MAX_BYTES } from '@/lib/domain/limits';
import { WEBHOOK_DATA_SCHEMAS, type WebhookEventInput } from '@/lib/schemas/webhook-event-data';
import { enqueueDelivery } from './enqueue-delivery';

export type EventToTell = WebhookEventInput & {
  /** Names the cause within the workspace, like `job:job_…:completed`. */
  sourceKey: string;
  /** Comes of a test key. */
  test?: boolean;
};

/** Id, type and time stand around the data. */
const FRAME_MAX_BYTES = 512;

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
