// Events and their deliveries as they come into being. Promises that a cause makes one event and one delivery an endpoint,
// however often it is told, and that an endpoint that is being deleted at this moment fails nobody's transaction.
import type { EmittedEventType } from '@/lib/domain/webhook-events';
import { WEBHOOKS_A_WORKSPACE } from '@/lib/domain/limits';
import { newId } from '@/lib/ids';
import { db, type Tx } from './_client';
import type { Scope } from './scope';
import { toJsonText } from './verification-json';

export interface NewWebhookEvent {
  type: EmittedEventType;
  sourceKey: string;
  data: unknown;
  test: boolean;
}

/** Ids of the endpoints that want this event. They can't be deleted until the transaction ends. */
export async function listSubscribedEndpoints({ workspaceId }: Scope, type: EmittedEventType, tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "WebhookEndpoint"
    WHERE "workspaceId" = ${workspaceId} AND "state" = 'enabled' AND ${type} = ANY("eventTypes")
    ORDER BY "id" LIMIT ${WEBHOOKS_A_WORKSPACE} FOR KEY SHARE`;
  return rows.map(({ id }) => id);
}

/** Null when the cause was told before. */
export async function insertWebhookEvent({ workspaceId }: Scope, event: NewWebhookEvent, tx: Tx): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO "WebhookEvent" ("id", "workspaceId", "type", "sourceKey", "data", "test", "createdAt")
    VALUES (${newId('webhookEvent')}, ${workspaceId}, ${event.type}, ${event.sourceKey}, ${toJsonText(event.data)}::json,
      ${event.test}, timezone('UTC', clock_timestamp()))
    ON CONFLICT ("workspaceId", "sourceKey") DO NOTHING RETURNING "id"`;
  return rows[0]?.id ?? null;
}

/** One delivery an endpoint, due now; returns their ids. */
export async function insertDeliveries(
  { workspaceId }: Scope,
  { eventId, endpointIds }: { eventId: string; endpointIds: readonly string[] },
  tx: Tx,
): Promise<string[]> {
  const ids = endpointIds.map(() => newId('webhookDelivery'));
  await tx.$executeRaw`
    INSERT INTO "WebhookDelivery" ("id", "workspaceId", "eventId", "endpointId", "nextAttemptAt", "createdAt")
    SELECT d."id", ${workspaceId}, ${eventId}, d."endpointId", timezone('UTC', clock_timestamp()), timezone('UTC', clock_timestamp())
    FROM unnest(${ids}::text[], ${[...endpointIds]}::text[]) AS d ("id", "endpointId")`;
  return ids;
}

export interface EventRow {
  id: string;
  type: string;
  data: unknown;
  test: boolean;
  createdAt: Date;
}

export function findWebhookEvent({ workspaceId }: Scope, id: string): Promise<EventRow | null> {
  return db().webhookEvent.findFirst({
    where: { id, workspaceId },
    select: { id: true, type: true, data: true, test: true, createdAt: true },
  });
}
