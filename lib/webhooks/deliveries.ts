// Deliveries of events: the signed request of an attempt, what follows from its outcome, lost jobs, replays, and the log that
// owners read. An attempt is recorded once even if its job runs twice, and every attempt sends the same bytes. Refuses to replay
// while the endpoint is off. A delivery of another workspace or another endpoint reads as missing.
import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { mailOwners } from '@/lib/accounts/workspaces';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { type Page, pageSize, toPage } from '@/lib/platform/pages';
import { enqueue } from '@/lib/platform/queue/enqueue';
import type { Scope } from '@/lib/platform/scope';
import { composeMail, type Mail, siteLink } from '@/lib/platform/mail/compose';
import { enqueueDelivery, enqueueFailing, tellNextRows } from './emit';
import {
  type AttemptOutcome,
  type DeliveryState,
  isDelivered,
  isToldOfRows,
  nextStep,
  reasonToDisable,
  type WebhookDeliveryView,
  type WebhookRequest,
  DELIVERY_STATES,
  DISABLED_REASONS,
  isEmittedEventType,
  type WebhookAttemptView,
  type WebhookEndpointView,
} from './rules';
import {
  type DueDelivery,
  failUnsent,
  findDeliveryRow,
  listDeliveryRows,
  listLostDeliveries,
  restartDelivery,
  writeAttempt,
  type DeliveryRow,
} from './store/deliveries';
import { clearFailures, countFailure, disableEndpoint, findEndpointRow, lockEndpoint, type EndpointRow } from './store/endpoints';

export interface DeliveryId {
  endpointId: string;
  id: string;
}

export interface DeliveryFilter {
  state?: DeliveryState | undefined;
  /** `nextCursor` of the previous page. */
  cursor?: string | undefined;
  limit?: number | undefined;
}

export const SECRET_PREFIX = 'whsec_';

const LOST_BATCH_SIZE = 200;

/**
 * The request of one attempt. Standard Webhooks: HMAC-SHA256 over `id.timestamp.body` with the secret's base64 bytes; while an
 * old secret is still valid both sign, the new one first. `X-EV-Signature` is the format of the first API generation: hex
 * HMAC-SHA256 of the body with the secret as written, by the new secret only. `now` is in epoch milliseconds.
 */
export function composeRequest({ endpoint, event }: DueDelivery, now: number): WebhookRequest {
  const body = composeBody(event);
  const signatures = endpoint.secrets.map((secret) => new Webhook(secret).sign(event.id, new Date(now), body));
  return {
    url: endpoint.url,
    body,
    headers: {
      ...PLAIN_HEADERS,
      'webhook-id': event.id,
      'webhook-timestamp': String(Math.floor(now / 1_000)),
      'webhook-signature': signatures.join(' '),
      'x-ev-signature': createHmac('sha256', endpoint.secrets[0] ?? '')
        .update(body)
        .digest('hex'),
    },
  };
}

/**
 * The request in the format of another service, as that service would send it: unsigned, and with the headers that the client
 * requested.
 */
export const composeCallback = ({ endpoint: { url, callback } }: DueDelivery, body: unknown): WebhookRequest => ({
  url,
  body: JSON.stringify(body),
  headers: { ...callback?.headers, ...PLAIN_HEADERS },
});

const PLAIN_HEADERS = { 'content-type': 'application/json', 'user-agent': 'EmailVerifier-Webhooks/1' } as const;

/** The same bytes on every attempt. */
export const composeBody = (event: DueDelivery['event']): string =>
  JSON.stringify({
    event: event.type,
    event_id: event.id,
    timestamp: event.createdAt.toISOString(),
    test: event.test,
    data: event.data,
  });

/**
 * Records the outcome of an attempt and what follows from it, in one transaction: the job of the next attempt, and switching off
 * an endpoint that is gone or has failed for days, with the job that tells its owners. `random`: 0 ≤ n < 1. False if the attempt
 * was already recorded, or the endpoint has been deleted.
 */
export function recordAttempt(delivery: DueDelivery, outcome: AttemptOutcome, random: number): Promise<boolean> {
  const { id, scope, attempts, step, endpoint } = delivery;
  return inTransaction(async (tx) => {
    if (!(await lockEndpoint(scope, endpoint.id, tx))) return false;
    const next = nextStep(outcome, step, random);
    const written = await writeAttempt(scope, { id, attempts, outcome, next }, tx);
    if (!written) return false;
    const { nextAttemptAt } = written;
    if (nextAttemptAt) await enqueueDelivery({ deliveryId: id, attempt: attempts + 1, runAt: nextAttemptAt }, tx);
    if (isDelivered(outcome)) await clearFailures(scope, endpoint.id, tx);
    else await judgeEndpoint(delivery, outcome, tx);
    if (isToldOfRows(endpoint.callback)) await tellNextRows(scope, endpoint.id, tx);
    return true;
  });
}

/** Ends a delivery without an attempt, because its endpoint is off or what it would report on is gone. */
export function endUnsent(delivery: DueDelivery): Promise<void> {
  const { scope, endpoint } = delivery;
  return inTransaction(async (tx) => {
    if (!(await lockEndpoint(scope, endpoint.id, tx))) return;
    await failUnsent(delivery, tx);
    if (isToldOfRows(endpoint.callback)) await tellNextRows(scope, endpoint.id, tx);
  });
}

/** Postpones an attempt for a moment while others are in progress. This does not count as an attempt. */
export function postponeAttempt({ id, attempts }: DueDelivery, delayMs: number): Promise<void> {
  const runAt = new Date(Date.now() + delayMs);
  return inTransaction((tx) => enqueueDelivery({ deliveryId: id, attempt: attempts, runAt }, tx));
}

/** Gives a new job to deliveries that were due long ago and have lost theirs. Returns how many. */
export async function requeueLostDeliveries(): Promise<number> {
  const lost = await listLostDeliveries(LOST_BATCH_SIZE);
  await inTransaction(async (tx) => {
    for (const { id, attempts } of lost) await enqueueDelivery({ deliveryId: id, attempt: attempts }, tx);
  });
  return lost.length;
}

/**
 * Sends a delivery again now, with the same event id, as a new run of the schedule. A delivery that is still waiting is only
 * moved forward.
 */
export function replayDelivery(scope: Scope, delivery: DeliveryId): Promise<Result<void>> {
  return inTransaction(async (tx) => {
    const endpoint = (await lockEndpoint(scope, delivery.endpointId, tx))
      ? await findEndpointRow(scope, delivery.endpointId, tx)
      : null;
    if (!endpoint) return fail('not_found');
    if (endpoint.state !== 'enabled')
      return fail('conflict', { detail: 'The endpoint is switched off. Switch it on, then replay.' });
    const restarted = await restartDelivery(scope, delivery, tx);
    if (!restarted) return fail('not_found');
    await enqueueDelivery({ deliveryId: delivery.id, attempt: restarted.attempts }, tx);
    return ok(undefined);
  });
}

/** The delivery, with the body that is sent. */
export async function getDelivery(scope: Scope, id: DeliveryId): Promise<Result<WebhookDeliveryView & { body: string }>> {
  const row = await findDeliveryRow(scope, id);
  return row ? ok({ ...toDeliveryView(row), body: composeBody(row.event) }) : fail('not_found');
}

/** The delivery log of one endpoint, newest first. */
export async function listDeliveries(
  scope: Scope,
  endpointId: string,
  filter: DeliveryFilter = {},
): Promise<Result<Page<WebhookDeliveryView>>> {
  const size = pageSize(filter.limit);
  if ((await findEndpointRow(scope, endpointId)) === null) return fail('not_found');
  const rows = await listDeliveryRows(scope, { ...filter, endpointId, take: size + 1 });
  return ok(toPage(rows, size, toDeliveryView));
}

/** Tells the owners of a workspace that one of its endpoints was switched off, and why. Silent if it is back on or deleted. */
export async function mailDisabled(scope: Scope, endpointId: string): Promise<void> {
  const endpoint = await findEndpointRow(scope, endpointId);
  if (endpoint?.state !== 'disabled') return;
  const isGone = endpoint.disabledReason === 'gone';
  await mailOwners(scope, (to) => webhookDisabledMail(to, { ...endpoint, isGone }));
}

async function judgeEndpoint({ scope, endpoint }: DueDelivery, outcome: AttemptOutcome, tx: Tx): Promise<void> {
  const { id, callback } = endpoint;
  // Nobody manages the endpoint of a single list. One that reports on the list has few deliveries; one that reports on its rows has many.
  if (callback !== null && !isToldOfRows(callback)) return;
  const reason = reasonToDisable(outcome, await countFailure(scope, id, tx));
  if (reason === null || !(await disableEndpoint(scope, { id, reason }, tx))) return;
  if (callback !== null) return enqueueFailing(scope, id, tx);
  await enqueue('mail-webhook-disabled', { ...scope, endpointId: id }, { jobKey: `webhook-disabled:${id}` }, tx);
}

// Stored endpoints and deliveries as their owners see them. A stored word that no longer exists reads as the closest safe one.

const historySchema = z.array(
  z.object({ at: z.string(), status: z.number().nullable(), error: z.string().nullable(), duration_ms: z.number() }),
);

export function toEndpointView(row: EndpointRow): WebhookEndpointView {
  const isRotating = row.oldSecretEndsAt !== null && row.oldSecretEndsAt.getTime() > Date.now();
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    eventTypes: row.eventTypes.filter(isEmittedEventType),
    state: row.state === 'enabled' ? 'enabled' : 'disabled',
    disabledReason: DISABLED_REASONS.find((reason) => reason === row.disabledReason) ?? null,
    disabledAt: isoOf(row.disabledAt),
    failingSince: isoOf(row.failingSince),
    oldSecretEndsAt: isRotating ? isoOf(row.oldSecretEndsAt) : null,
    createdAt: row.createdAt.toISOString(),
    callback: row.listId === null || row.service === null ? null : { listId: row.listId, service: row.service },
    lastDelivery:
      row.lastState === null || row.lastAt === null
        ? null
        : { state: stateOf(row.lastState), status: row.lastStatus, error: row.lastError, at: row.lastAt.toISOString() },
  };
}

function toDeliveryView(row: DeliveryRow): WebhookDeliveryView {
  return {
    id: row.id,
    endpointId: row.endpointId,
    eventId: row.event.id,
    eventType: row.event.type,
    test: row.event.test,
    state: stateOf(row.state),
    attempts: row.attempts,
    nextAttemptAt: isoOf(row.nextAttemptAt),
    lastAttemptAt: isoOf(row.lastAttemptAt),
    lastStatus: row.lastStatus,
    lastError: row.lastError,
    lastDurationMs: row.lastDurationMs,
    lastAnswer: row.lastAnswer,
    history: parseHistory(row.history),
    createdAt: row.createdAt.toISOString(),
  };
}

const parseHistory = (value: unknown): WebhookAttemptView[] =>
  (historySchema.safeParse(value).data ?? []).map(({ duration_ms, ...attempt }) => ({ ...attempt, durationMs: duration_ms }));

const isoOf = (date: Date | null): string | null => date?.toISOString() ?? null;
const stateOf = (word: string) => DELIVERY_STATES.find((state) => state === word) ?? 'failed';

// Mail to the owners of a workspace: one of its webhook endpoints was switched off.

const webhookDisabledMail = (to: string, endpoint: { id: string; url: string; isGone: boolean }): Mail =>
  composeMail(to, {
    subject: 'A webhook endpoint was turned off',
    paragraphs: [
      endpoint.isGone
        ? 'One of your webhook endpoints answered 410 Gone, which asks us to stop. We have stopped sending to it:'
        : 'One of your webhook endpoints has refused or missed every delivery for five days. We have stopped trying:',
      endpoint.url,
      'The log shows what it answered. Once it works again, turn it on and replay what was missed; events are kept for 30 days.',
    ],
    button: { label: 'Open the endpoint', url: siteLink(`/webhooks/${endpoint.id}`) },
  });
