// A delivery as the worker sees it: load what is due, write down what an attempt met. Promises that an attempt is written once,
// however often its job runs, and that moments are the database's: a worker's own clock may be wrong.
import { WEBHOOK_HISTORY_MAX } from '@/lib/domain/limits';
import type { AttemptOutcome, NextStep } from '@/lib/domain/webhook-delivery';
import { db, type Tx } from './_client';
import type { Scope } from './scope';
import { toStorableText } from './verification-json';

export interface DueDelivery {
  id: string;
  scope: Scope;
  attempts: number;
  /** Failures of the present run of the schedule. */
  step: number;
  endpoint: {
    id: string;
    url: string;
    isEnabled: boolean;
    /** Those that sign now, the newest first. */
    secrets: string[];
  };
  event: { id: string; type: string; data: unknown; test: boolean; createdAt: Date };
}

interface DueRow {
  id: string;
  workspaceId: string;
  attempts: number;
  step: number;
  endpointId: string;
  url: string;
  state: string;
  secrets: string[];
  eventId: string;
  type: string;
  data: unknown;
  test: boolean;
  createdAt: Date;
}

/** What this attempt has to send; null when it was made before, is not due yet, or everything is gone. */
export async function findDueDelivery(id: string, attempt: number): Promise<DueDelivery | null> {
  const [row] = await db().$queryRaw<DueRow[]>`
    SELECT d."id", d."workspaceId", d."attempts", d."step", d."endpointId", p."url", p."state",
      CASE WHEN p."oldSecretEndsAt" > timezone('UTC', clock_timestamp()) THEN ARRAY[p."secret", p."oldSecret"] ELSE ARRAY[p."secret"] END
        AS "secrets",
      e."id" AS "eventId", e."type", e."data", e."test", e."createdAt"
    FROM "WebhookDelivery" d
    JOIN "WebhookEndpoint" p ON p."id" = d."endpointId"
    JOIN "WebhookEvent" e ON e."id" = d."eventId"
    WHERE d."id" = ${id} AND d."state" = 'pending' AND d."attempts" = ${attempt}
      AND d."nextAttemptAt" <= timezone('UTC', clock_timestamp())`;
  if (!row) return null;
  return {
    id: row.id,
    scope: { workspaceId: row.workspaceId },
    attempts: row.attempts,
    step: row.step,
    endpoint: { id: row.endpointId, url: row.url, isEnabled: row.state === 'enabled', secrets: row.secrets },
    event: { id: row.eventId, type: row.type, data: row.data, test: row.test, createdAt: row.createdAt },
  };
}

export interface AttemptMade {
  id: string;
  /** Attempts made before this one. */
  attempts: number;
  outcome: AttemptOutcome;
  next: NextStep;
}

/** The moment of the next attempt where there is one; null when this attempt was written before. */
export async function writeAttempt(
  { workspaceId }: Scope,
  { id, attempts, outcome, next }: AttemptMade,
  tx: Tx,
): Promise<{ nextAttemptAt: Date | null } | null> {
  const { status, error, answer, durationMs } = outcome;
  const delayS = next.state === 'pending' ? next.delayMs / 1_000 : null;
  const rows = await tx.$queryRaw<{ nextAttemptAt: Date | null }[]>`
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
    RETURNING "nextAttemptAt"`;
  return rows[0] ?? null;
}

/** Ends a delivery whose endpoint is off, without an attempt. */
export async function failUnsent({ workspaceId }: Scope, { id, attempts }: { id: string; attempts: number }): Promise<void> {
  await db().$executeRaw`
    UPDATE "WebhookDelivery" SET "state" = 'failed', "lastError" = 'endpoint_disabled', "nextAttemptAt" = NULL
    WHERE "id" = ${id} AND "workspaceId" = ${workspaceId} AND "state" = 'pending' AND "attempts" = ${attempts}`;
}

/** Makes a delivery due now, at the beginning of a new run of the schedule; null when the endpoint has none of that id. */
export async function restartDelivery(
  { workspaceId }: Scope,
  { endpointId, id }: { endpointId: string; id: string },
  tx: Tx,
): Promise<{ attempts: number } | null> {
  const rows = await tx.$queryRaw<{ attempts: number }[]>`
    UPDATE "WebhookDelivery" SET "state" = 'pending', "step" = 0, "nextAttemptAt" = timezone('UTC', now())
    WHERE "id" = ${id} AND "endpointId" = ${endpointId} AND "workspaceId" = ${workspaceId} RETURNING "attempts"`;
  return rows[0] ?? null;
}

export interface LostDelivery {
  id: string;
  attempts: number;
}

/** Deliveries that were due long ago and that no job will ever make. */
export function listLostDeliveries(take: number): Promise<LostDelivery[]> {
  return db().$queryRaw<LostDelivery[]>`
    SELECT d."id", d."attempts" FROM "WebhookDelivery" d
    LEFT JOIN graphile_worker.jobs j ON j."key" = 'webhook:' || d."id" || ':' || d."attempts"
    WHERE d."state" = 'pending' AND d."nextAttemptAt" < timezone('UTC', now()) - interval '10 minutes'
      AND (j."id" IS NULL OR (j."attempts" >= j."max_attempts" AND j."locked_at" IS NULL))
    ORDER BY d."nextAttemptAt" LIMIT ${take}`;
}

/** One row a delivery, as its owners see it. */
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

export interface DeliveryQuestion {
  endpointId: string;
  state?: string | undefined;
  /** Id of the last row of the page before. */
  cursor?: string | undefined;
  take: number;
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
): Promise<(DeliveryRow & { event: DueDelivery['event'] }) | null> {
  return db().webhookDelivery.findFirst({
    where: { id, endpointId, workspaceId },
    select: { ...ROW_FIELDS, event: { select: { id: true, type: true, test: true, data: true, createdAt: true } } },
  });
}
