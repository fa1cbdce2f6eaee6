// Events and their deliveries. A cause makes one event and one delivery per endpoint, however often it is reported. An attempt is
// recorded once, however often its job runs. An endpoint that is deleted at the same moment fails nobody's transaction. All times
// are the database's, because a worker's clock may be wrong.
import { z } from 'zod';
import { queryRow, queryRows, toJsonText, toStorableText } from '@/lib/platform/db/rows';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import { newId } from '@/lib/platform/ids';
import { WEBHOOK_HISTORY_MAX, WEBHOOKS_A_WORKSPACE } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { type AttemptOutcome, type Callback, CALLBACK_SERVICES, type EmittedEventType, type NextStep } from '../rules';

export interface EventRow {
  id: string;
  type: string;
  data: unknown;
  test: boolean;
  createdAt: Date;
}

export interface DueDelivery {
  id: string;
  scope: Scope;
  attempts: number;
  /** Failures in the current run of the schedule. */
  step: number;
  endpoint: {
    id: string;
    url: string;
    isEnabled: boolean;
    /** The secrets that currently sign, newest first. */
    secrets: string[];
    /** Null for an endpoint of the workspace, which gets our own format. */
    callback: Callback | null;
  };
  event: EventRow;
}

export interface AttemptMade {
  id: string;
  /** Number of earlier attempts. */
  attempts: number;
  outcome: AttemptOutcome;
  next: NextStep;
}

const LostDelivery = z.object({
  id: z.string(),
  attempts: z.int(),
});
export type LostDelivery = z.infer<typeof LostDelivery>;

/** A delivery as its owners see it. */
export interface DeliveryRow {
  id: string;
  endpointId: string;
  state: string;
  attempts: number;
  nextAttemptAt: Date | null;
  lastAttemptAt: Date | null;
  lastStatus: number | null;
  lastError: string | null;
  lastDurationMs: number | null;
  lastAnswer: string | null;
  history: unknown;
  createdAt: Date;
  event: { id: string; type: string; test: boolean };
}

export interface DeliveryQuestion {
  endpointId: string;
  state?: string | undefined;
  /** Id of the last row of the previous page. */
  cursor?: string | undefined;
  take: number;
}

export interface NewWebhookEvent {
  type: EmittedEventType;
  sourceKey: string;
  data: unknown;
  test: boolean;
}

/**
 * Ids of the endpoints that subscribe to this event, including those of its list if it belongs to one. They can't be deleted
 * until the transaction ends.
 */
export async function listSubscribedEndpoints(
  { workspaceId }: Scope,
  { type, listId }: { type: EmittedEventType; listId: string | null },
  tx: Tx,
): Promise<string[]> {
  const rows = await queryRows(
    z.object({ id: z.string() }),
    Prisma.sql`/* kept */
    SELECT "id" FROM "WebhookEndpoint"
    WHERE "workspaceId" = ${workspaceId} AND ("listId" IS NULL OR "listId" = ${listId})
      AND "state" = 'enabled' AND ${type} = ANY("eventTypes")
    ORDER BY "id" LIMIT ${WEBHOOKS_A_WORKSPACE + 1} FOR KEY SHARE`,
    tx,
  );
  return rows.map(({ id }) => id);
}

/** Whether any endpoint listens to all events of a type, as a column of a statement. */
export const isHeardColumn = ({ workspaceId }: Scope, type: EmittedEventType): Prisma.Sql => Prisma.sql`EXISTS (
      SELECT 1 FROM "WebhookEndpoint"
      WHERE "workspaceId" = ${workspaceId} AND "listId" IS NULL AND "state" = 'enabled' AND ${type} = ANY("eventTypes"))`;

/** Null if the cause was reported before. */
export async function insertWebhookEvent({ workspaceId }: Scope, event: NewWebhookEvent, tx: Tx): Promise<string | null> {
  const row = await queryRow(
    z.object({ id: z.string() }),
    Prisma.sql`
    INSERT INTO "WebhookEvent" ("id", "workspaceId", "type", "sourceKey", "data", "test", "createdAt")
    VALUES (${newId('webhookEvent')}, ${workspaceId}, ${event.type}, ${event.sourceKey}, ${toJsonText(event.data)}::json,
      ${event.test}, timezone('UTC', clock_timestamp()))
    ON CONFLICT ("workspaceId", "sourceKey") DO NOTHING RETURNING "id"`,
    tx,
  );
  return row?.id ?? null;
}

/** One delivery per endpoint, due now; returns their ids. */
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

/** What this attempt has to send; null if it was already made, is not due yet, or its records have been deleted. */
export async function findDueDelivery(id: string, attempt: number): Promise<DueDelivery | null> {
  const row = await queryRow(
    DueRow,
    Prisma.sql`
    SELECT d."id", d."workspaceId", d."attempts", d."step", d."endpointId", p."url", p."state",
      CASE WHEN p."oldSecretEndsAt" > timezone('UTC', clock_timestamp()) THEN ARRAY[p."secret", p."oldSecret"] ELSE ARRAY[p."secret"] END
        AS "secrets",
      p."listId", p."service", p."headers", p."extra",
      e."id" AS "eventId", e."type", e."data", e."test", e."createdAt"
    FROM "WebhookDelivery" d
    JOIN "WebhookEndpoint" p ON p."id" = d."endpointId"
    JOIN "WebhookEvent" e ON e."id" = d."eventId"
    WHERE d."id" = ${id} AND d."state" = 'pending' AND d."attempts" = ${attempt}
      AND d."nextAttemptAt" <= timezone('UTC', clock_timestamp())`,
  );
  if (!row) return null;
  return {
    id: row.id,
    scope: { workspaceId: row.workspaceId },
    attempts: row.attempts,
    step: row.step,
    endpoint: {
      id: row.endpointId,
      url: row.url,
      isEnabled: row.state === 'enabled',
      secrets: row.secrets,
      callback: callbackOf(row),
    },
    event: { id: row.eventId, type: row.type, data: row.data, test: row.test, createdAt: row.createdAt },
  };
}

const DueRow = z.object({
  id: z.string(),
  workspaceId: z.string(),
  attempts: z.int(),
  step: z.int(),
  endpointId: z.string(),
  url: z.string(),
  state: z.string(),
  secrets: z.array(z.string()),
  listId: z.string().nullable(),
  service: z.enum(CALLBACK_SERVICES).nullable(),
  headers: z.record(z.string(), z.string()),
  extra: z.string().nullable(),
  eventId: z.string(),
  type: z.string(),
  data: z.unknown(),
  test: z.boolean(),
  createdAt: z.date(),
});
type DueRow = z.infer<typeof DueRow>;

const callbackOf = ({ listId, service, headers, extra }: DueRow): Callback | null =>
  listId === null || service === null ? null : { listId, service, headers, extra };

/** The time of the next attempt, if there is one; null if this attempt was already recorded. */
export async function writeAttempt(
  { workspaceId }: Scope,
  { id, attempts, outcome, next }: AttemptMade,
  tx: Tx,
): Promise<{ nextAttemptAt: Date | null } | null> {
  const { status, error, answer, durationMs } = outcome;
  const delayS = next.state === 'pending' ? next.delayMs / 1_000 : null;
  return queryRow(
    z.object({ nextAttemptAt: z.date().nullable() }),
    Prisma.sql`
    UPDATE "WebhookDelivery" SET "state" = ${next.state}, "attempts" = "attempts" + 1,
      "step" = "step" + CASE WHEN ${next.state} = 'delivered' THEN 0 ELSE 1 END,
      "nextAttemptAt" = timezone('UTC', now()) + make_interval(secs => ${delayS}),
      "lastAttemptAt" = timezone('UTC', now()), "lastStatus" = ${status}, "lastError" = ${error}, "lastDurationMs" = ${durationMs},
      "lastAnswer" = ${answer === null ? null : toStorableText(answer, '\ufffd')},
      "history" = (
        SELECT COALESCE(jsonb_agg(item ORDER BY n), '[]') FROM (
          SELECT item, n FROM jsonb_array_elements("history" || jsonb_build_object(
            'at', to_char(timezone('UTC', now()), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'status', ${status}::int, 'error', ${error}::text, 'duration_ms', ${durationMs}::int
          )) WITH ORDINALITY AS all_items (item, n) ORDER BY n DESC LIMIT ${WEBHOOK_HISTORY_MAX}
        ) latest)
    WHERE "id" = ${id} AND "workspaceId" = ${workspaceId} AND "state" = 'pending' AND "attempts" = ${attempts}
    RETURNING "nextAttemptAt"`,
    tx,
  );
}

/** Ends a delivery without an attempt. */
export async function failUnsent({ id, scope, attempts }: DueDelivery, tx: Tx): Promise<void> {
  await tx.$executeRaw`
    UPDATE "WebhookDelivery" SET "state" = 'failed', "lastError" = 'endpoint_disabled', "nextAttemptAt" = NULL
    WHERE "id" = ${id} AND "workspaceId" = ${scope.workspaceId} AND "state" = 'pending' AND "attempts" = ${attempts}`;
}

/** Makes a delivery due now, as a new run of the schedule; null if the endpoint has none with that id. */
export async function restartDelivery(
  { workspaceId }: Scope,
  { endpointId, id }: { endpointId: string; id: string },
  tx: Tx,
): Promise<{ attempts: number } | null> {
  return queryRow(
    z.object({ attempts: z.int() }),
    Prisma.sql`
    UPDATE "WebhookDelivery" SET "state" = 'pending', "step" = 0, "nextAttemptAt" = timezone('UTC', now())
    WHERE "id" = ${id} AND "endpointId" = ${endpointId} AND "workspaceId" = ${workspaceId} RETURNING "attempts"`,
    tx,
  );
}

/** Deliveries that were due long ago and that no job will ever send. */
export function listLostDeliveries(take: number): Promise<LostDelivery[]> {
  return queryRows(
    LostDelivery,
    Prisma.sql`
    SELECT d."id", d."attempts" FROM "WebhookDelivery" d
    LEFT JOIN graphile_worker.jobs j ON j."key" = 'webhook:' || d."id" || ':' || d."attempts"
    WHERE d."state" = 'pending' AND d."nextAttemptAt" < timezone('UTC', now()) - interval '10 minutes'
      AND (j."id" IS NULL OR (j."attempts" >= j."max_attempts" AND j."locked_at" IS NULL))
    ORDER BY d."nextAttemptAt" LIMIT ${take}`,
  );
}

/** Newest first. */
export function listDeliveryRows({ workspaceId }: Scope, question: DeliveryQuestion): Promise<DeliveryRow[]> {
  const { endpointId, state, cursor, take } = question;
  return db().webhookDelivery.findMany({
    where: { workspaceId, endpointId, ...(state && { state }), ...(cursor && { id: { lt: cursor } }) },
    orderBy: { id: 'desc' },
    take,
    select: ROW_FIELDS,
  });
}

/** With the event's data, to show what was sent. */
export function findDeliveryRow(
  { workspaceId }: Scope,
  { endpointId, id }: { endpointId: string; id: string },
): Promise<(DeliveryRow & { event: EventRow }) | null> {
  return db().webhookDelivery.findFirst({
    where: { id, endpointId, workspaceId },
    select: { ...ROW_FIELDS, event: { select: EVENT_FIELDS } },
  });
}

const EVENT_FIELDS = { id: true, type: true, data: true, test: true, createdAt: true } as const;

const ROW_FIELDS = {
  id: true,
  endpointId: true,
  state: true,
  attempts: true,
  nextAttemptAt: true,
  lastAttemptAt: true,
  lastStatus: true,
  lastError: true,
  lastDurationMs: true,
  lastAnswer: true,
  history: true,
  createdAt: true,
  event: { select: { id: true, type: true, test: true } },
} as const;
