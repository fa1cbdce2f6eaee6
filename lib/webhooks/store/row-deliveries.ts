// Deliveries of single rows of a list to its callback. They are stored at once, with the verdicts, but come up one after another: until its
// turn, a delivery has no time. The oldest come first. Call each function with the endpoint locked, so that turns are given once.
import { z } from 'zod';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import type { Tx } from '@/lib/platform/db/client';
import { queryRow, queryRows } from '@/lib/platform/db/rows';
import { newId } from '@/lib/platform/ids';
import { CALLBACK_ROWS_AT_ONCE, CALLBACK_ROWS_BATCH, CALLBACK_ROWS_WAITING_MAX } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { ROW_EVENT_TYPE, ROW_SERVICES } from '../rules';

const IdRow = z.object({ id: z.string() });

export interface RowEvent {
  n: number;
  sourceKey: string;
}

/** The endpoint that is told of each row of this list, locked; null if there is none, or it is off. */
export async function lockRowEndpoint({ workspaceId }: Scope, listId: string, tx: Tx): Promise<string | null> {
  const row = await queryRow(
    IdRow,
    Prisma.sql`/* kept */
    SELECT "id" FROM "WebhookEndpoint"
    WHERE "listId" = ${listId} AND "workspaceId" = ${workspaceId} AND "service" = ANY(${[...ROW_SERVICES]}) AND "state" = 'enabled'
    FOR NO KEY UPDATE`,
    tx,
  );
  return row?.id ?? null;
}

export interface RowDeliveries {
  endpointId: string;
  listId: string;
  test: boolean;
  rows: readonly RowEvent[];
}

/** Does nothing for rows that were told before. */
export async function insertRowDeliveries(
  { workspaceId }: Scope,
  { endpointId, listId, test, rows }: RowDeliveries,
  tx: Tx,
): Promise<void> {
  await tx.$executeRaw`
    WITH given AS (
      SELECT * FROM unnest(${rows.map(() => newId('webhookEvent'))}::text[], ${rows.map(() => newId('webhookDelivery'))}::text[],
        ${rows.map(({ n }) => n)}::int[], ${rows.map(({ sourceKey }) => sourceKey)}::text[]) AS t ("eventId", "deliveryId", "n", "sourceKey")
    ), told AS (
      INSERT INTO "WebhookEvent" ("id", "workspaceId", "type", "sourceKey", "data", "test", "createdAt")
      SELECT "eventId", ${workspaceId}, ${ROW_EVENT_TYPE}, "sourceKey", json_build_object('list_id', ${listId}::text, 'row', "n"), ${test},
        timezone('UTC', clock_timestamp()) FROM given
      ON CONFLICT ("workspaceId", "sourceKey") DO NOTHING RETURNING "id"
    )
    INSERT INTO "WebhookDelivery" ("id", "workspaceId", "eventId", "endpointId", "createdAt")
    SELECT given."deliveryId", ${workspaceId}, told."id", ${endpointId}, timezone('UTC', clock_timestamp())
    FROM told JOIN given ON given."eventId" = told."id"`;
}

/**
 * Makes the next deliveries due if fewer than the limit are and the endpoint is on; returns their ids. Reads no more than as many deliveries as may wait, however
 * long the list is: those that had their turn are the oldest.
 */
export async function takeTurns({ workspaceId }: Scope, endpointId: string, tx: Tx): Promise<string[]> {
  const rows = await queryRows(
    IdRow,
    Prisma.sql`
    WITH oldest AS (
      SELECT "id", "nextAttemptAt" FROM "WebhookDelivery"
      WHERE "endpointId" = ${endpointId} AND "workspaceId" = ${workspaceId} AND "state" = 'pending'
        AND EXISTS (SELECT 1 FROM "WebhookEndpoint" p WHERE p."id" = ${endpointId} AND p."state" = 'enabled')
      ORDER BY "id" LIMIT ${CALLBACK_ROWS_WAITING_MAX}
    ), next AS (
      SELECT "id" FROM oldest WHERE "nextAttemptAt" IS NULL ORDER BY "id"
      LIMIT GREATEST(0, ${CALLBACK_ROWS_AT_ONCE} - (SELECT COUNT(*) FROM oldest WHERE "nextAttemptAt" <= timezone('UTC', clock_timestamp())))
    )
    UPDATE "WebhookDelivery" d SET "nextAttemptAt" = timezone('UTC', clock_timestamp()) FROM next WHERE d."id" = next."id"
    RETURNING d."id"`,
    tx,
  );
  return rows.map(({ id }) => id);
}

/** Ends some deliveries of an endpoint that is off. True if there may be more. */
export async function failSomeDeliveries({ workspaceId }: Scope, endpointId: string, tx: Tx): Promise<boolean> {
  const failed = await tx.$executeRaw`
    UPDATE "WebhookDelivery" SET "state" = 'failed', "lastError" = 'endpoint_disabled', "nextAttemptAt" = NULL WHERE "id" IN (
      SELECT d."id" FROM "WebhookDelivery" d JOIN "WebhookEndpoint" p ON p."id" = d."endpointId"
      WHERE d."endpointId" = ${endpointId} AND d."workspaceId" = ${workspaceId} AND d."state" = 'pending' AND p."state" = 'disabled'
      ORDER BY d."id" LIMIT ${CALLBACK_ROWS_BATCH})`;
  return failed === CALLBACK_ROWS_BATCH;
}
