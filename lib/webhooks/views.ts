// Stored endpoints and deliveries as their owners see them. A stored word that no longer exists reads as the closest safe one.
import { z } from 'zod';
import {
  DELIVERY_STATES,
  DISABLED_REASONS,
  isEmittedEventType,
  type WebhookAttemptView,
  type WebhookDeliveryView,
  type WebhookEndpointView,
} from './rules';
import type { DeliveryRow } from './store/deliveries';
import type { EndpointRow } from './store/endpoints';

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

export function toDeliveryView(row: DeliveryRow): WebhookDeliveryView {
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
