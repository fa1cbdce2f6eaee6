// A webhook endpoint and a delivery as API v1 answers them.
import 'server-only';
import type { WebhookDeliveryView, WebhookEndpointView } from '@/lib/domain/webhook-view';
import type { DeliveryAnswer, WebhookAnswer } from '@/lib/schemas/webhook-response';

export const toWebhookAnswer = (view: WebhookEndpointView): WebhookAnswer => ({
  id: view.id,
  url: view.url,
  description: view.description,
  events: view.eventTypes,
  state: view.state,
  disabled_reason: view.disabledReason,
  disabled_at: view.disabledAt,
  failing_since: view.failingSince,
  old_secret_ends_at: view.oldSecretEndsAt,
  last_delivery: view.lastDelivery,
  created_at: view.createdAt,
});

export const toDeliveryAnswer = (view: WebhookDeliveryView): DeliveryAnswer => ({
  id: view.id,
  webhook_id: view.endpointId,
  event_id: view.eventId,
  event: view.eventType,
  test: view.test,
  state: view.state,
  attempts: view.attempts,
  next_attempt_at: view.nextAttemptAt,
  last_attempt_at: view.lastAttemptAt,
  last_status: view.lastStatus,
  last_error: view.lastError,
  last_duration_ms: view.lastDurationMs,
  last_answer: view.lastAnswer,
  history: view.history.map(({ durationMs, ...attempt }) => ({ ...attempt, duration_ms: durationMs })),
  created_at: view.createdAt,
});
