// Webhook endpoints. A workspace never has more than its limit, however many are created at once. A secret leaves this file only
// for callers that create or sign. Everything is bound to its workspace.
import { z } from 'zod';
import { queryRow, queryRows } from '@/lib/platform/db/rows';
import { newId } from '@/lib/platform/ids';
import {
  type CallbackService,
  CALLBACK_SERVICES,
  type DisabledReason,
  type EmittedEventType,
  type EndpointState,
} from '../rules';
import { Prisma } from '@/lib/platform/db/_prisma/client';
import { db, type Tx } from '@/lib/platform/db/client';
import type { Scope } from '@/lib/platform/scope';

const EndpointRow = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  eventTypes: z.array(z.string()),
  state: z.string(),
  disabledReason: z.string().nullable(),
  disabledAt: z.date().nullable(),
  failingSince: z.date().nullable(),
  oldSecretEndsAt: z.date().nullable(),
  createdAt: z.date(),
  /** Set for a callback. */
  listId: z.string().nullable(),
  service: z.enum(CALLBACK_SERVICES).nullable(),
  /** The newest delivery; null if there is none. */
  lastState: z.string().nullable(),
  lastStatus: z.int().nullable(),
  lastError: z.string().nullable(),
  lastAt: z.date().nullable(),
});
export type EndpointRow = z.infer<typeof EndpointRow>;

export interface NewCallback {
  listId: string;
  service: CallbackService;
  url: string;
  headers: Readonly<Record<string, string>>;
  extra: string | null;
  eventTypes: EmittedEventType[];
  secret: string;
}

export interface EndpointChange {
  url?: string | undefined;
  description?: string | undefined;
  eventTypes?: EmittedEventType[] | undefined;
  state?: EndpointState | undefined;
}

const COLUMNS = Prisma.raw(
  [
    'id',
    'url',
    'description',
    'eventTypes',
    'state',
    'disabledReason',
    'disabledAt',
    'failingSince',
    'oldSecretEndsAt',
    'createdAt',
    'listId',
    'service',
  ]
    .map((name) => `p."${name}"`)
    .join(', ') + ', last."lastState", last."lastStatus", last."lastError", last."lastAt"',
);

/** One index lookup per endpoint, however long its log is. */
const WITH_LAST = Prisma.sql`LEFT JOIN LATERAL (
  SELECT d."state" AS "lastState", d."lastStatus", d."lastError", COALESCE(d."lastAttemptAt", d."createdAt") AS "lastAt"
  FROM "WebhookDelivery" d WHERE d."endpointId" = p."id" ORDER BY d."id" DESC LIMIT 1) last ON true`;

/** Null if the workspace already has `max`. */
export async function insertEndpoint(
  { workspaceId }: Scope,
  endpoint: { url: string; description: string; eventTypes: EmittedEventType[]; secret: string; max: number },
  tx: Tx,
): Promise<EndpointRow | null> {
  const { max, ...data } = endpoint;
  // Endpoints of one workspace are created one at a time, so the count holds until the new one exists.
  await tx.$queryRaw`SELECT "id" FROM "Workspace" WHERE "id" = ${workspaceId} FOR UPDATE`;
  if ((await tx.webhookEndpoint.count({ where: { workspaceId, listId: null } })) >= max) return null;
  const id = newId('webhookEndpoint');
  await tx.webhookEndpoint.create({ data: { ...data, id, workspaceId, createdAt: new Date() }, select: { id: true } });
  return findEndpointRow({ workspaceId }, id, tx);
}

/** Does nothing if the list already has one: the same list may be created again. */
export async function insertCallback({ workspaceId }: Scope, callback: NewCallback, tx: Tx): Promise<void> {
  const id = newId('webhookEndpoint');
  await tx.webhookEndpoint.createMany({ data: [{ ...callback, id, workspaceId, createdAt: new Date() }], skipDuplicates: true });
}

export async function deleteCallback({ workspaceId }: Scope, listId: string): Promise<void> {
  await db().webhookEndpoint.deleteMany({ where: { workspaceId, listId } });
}

/** The workspace's endpoints without callbacks, newest first. */
export function listEndpointRows({ workspaceId }: Scope, take: number): Promise<EndpointRow[]> {
  return queryRows(
    EndpointRow,
    Prisma.sql`
    SELECT ${COLUMNS} FROM "WebhookEndpoint" p ${WITH_LAST}
    WHERE p."workspaceId" = ${workspaceId} AND p."listId" IS NULL ORDER BY p."id" DESC LIMIT ${take}`,
  );
}

/** The workspace's callbacks, newest first. */
export function listCallbackRows({ workspaceId }: Scope, take: number): Promise<EndpointRow[]> {
  return queryRows(
    EndpointRow,
    Prisma.sql`
    SELECT ${COLUMNS} FROM "WebhookEndpoint" p ${WITH_LAST}
    WHERE p."workspaceId" = ${workspaceId} AND p."listId" IS NOT NULL ORDER BY p."id" DESC LIMIT ${take}`,
  );
}

export async function findEndpointRow({ workspaceId }: Scope, id: string, tx: Tx = db()): Promise<EndpointRow | null> {
  return queryRow(
    EndpointRow,
    Prisma.sql`
    SELECT ${COLUMNS} FROM "WebhookEndpoint" p ${WITH_LAST} WHERE p."id" = ${id} AND p."workspaceId" = ${workspaceId}`,
    tx,
  );
}

/**
 * False if the workspace has no such endpoint. Switching on clears the record of failures; switching off twice keeps the first
 * date.
 */
export async function updateEndpointRow({ workspaceId }: Scope, id: string, change: EndpointChange, tx: Tx): Promise<boolean> {
  const { state, url, description, eventTypes } = change;
  const changed = await tx.webhookEndpoint.updateMany({
    where: { id, workspaceId },
    data: {
      ...(url !== undefined && { url }),
      ...(description !== undefined && { description }),
      ...(eventTypes !== undefined && { eventTypes }),
      ...(state === 'enabled' && { state, disabledReason: null, disabledAt: null, failures: 0, failingSince: null }),
    },
  });
  if (state === 'disabled') await disableEndpoint({ workspaceId }, { id, reason: 'by_owner' }, tx);
  return changed.count > 0;
}

/** False if there is no such endpoint. The previous secret signs for another `oldEndsInMs`. */
export async function replaceSecret(
  { workspaceId }: Scope,
  { id, secret, oldEndsInMs }: { id: string; secret: string; oldEndsInMs: number },
): Promise<boolean> {
  const changed = await db().$executeRaw`
    UPDATE "WebhookEndpoint" SET "oldSecret" = "secret", "secret" = ${secret},
      "oldSecretEndsAt" = timezone('UTC', now()) + make_interval(secs => ${oldEndsInMs / 1_000})
    WHERE "id" = ${id} AND "workspaceId" = ${workspaceId}`;
  return changed > 0;
}

/** Deletes its deliveries with it. */
export async function deleteEndpointRow({ workspaceId }: Scope, id: string): Promise<boolean> {
  const { count } = await db().webhookEndpoint.deleteMany({ where: { id, workspaceId } });
  return count > 0;
}

/**
 * Call it before touching the endpoint's deliveries, which is the order in which a deletion takes its locks. False if the
 * endpoint is gone.
 */
export async function lockEndpoint({ workspaceId }: Scope, id: string, tx: Tx): Promise<boolean> {
  const rows = await queryRows(
    z.unknown(),
    Prisma.sql`
    SELECT 1 FROM "WebhookEndpoint" WHERE "id" = ${id} AND "workspaceId" = ${workspaceId} FOR NO KEY UPDATE`,
    tx,
  );
  return rows.length > 0;
}

export async function clearFailures({ workspaceId }: Scope, id: string, tx: Tx): Promise<void> {
  await tx.$executeRaw`
    UPDATE "WebhookEndpoint" SET "failures" = 0, "failingSince" = NULL
    WHERE "id" = ${id} AND "workspaceId" = ${workspaceId} AND "failures" > 0`;
}

export async function countFailure(
  { workspaceId }: Scope,
  id: string,
  tx: Tx,
): Promise<{ failures: number; failingForMs: number }> {
  const row = await queryRow(
    z.object({ failures: z.int(), failingForMs: z.number() }),
    Prisma.sql`
    UPDATE "WebhookEndpoint" SET "failures" = "failures" + 1, "failingSince" = COALESCE("failingSince", timezone('UTC', now()))
    WHERE "id" = ${id} AND "workspaceId" = ${workspaceId}
    RETURNING "failures", (extract(epoch FROM timezone('UTC', now()) - "failingSince") * 1000)::float8 AS "failingForMs"`,
    tx,
  );
  return row ?? { failures: 0, failingForMs: 0 };
}

/** True if it was on until now. */
export async function disableEndpoint(
  { workspaceId }: Scope,
  { id, reason }: { id: string; reason: DisabledReason },
  tx: Tx,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE "WebhookEndpoint" SET "state" = 'disabled', "disabledReason" = ${reason}, "disabledAt" = timezone('UTC', now())
    WHERE "id" = ${id} AND "workspaceId" = ${workspaceId} AND "state" = 'enabled'`;
  return changed > 0;
}
