// What the routes of /v1/webhooks share: ids from the path, and endpoints and deliveries as API v1 answers them.
// An endpoint or delivery of another workspace, and a malformed id, are 404. No answer made here contains a secret.
import 'server-only';
import { answer, type ApiAnswer, type ApiCall } from '@/lib/accounts/web/api-route';
import { AppError, unwrap } from '@/lib/platform/errors';
import { type DeliveryAnswer, isWebhookId, type WebhookAnswer } from '../api';
import { getDelivery } from '../deliveries';
import type { WebhookDeliveryView, WebhookEndpointView } from '../rules';

export const webhookIdOf = (call: ApiCall): string => idOf(call, 'id', isWebhookId);

export function idOf({ param }: ApiCall, name: string, isId: (id: string) => boolean): string {
  const id = param(name);
  if (!isId(id)) throw new AppError('not_found');
  return id;
}

/** 202: the delivery is queued. Answers with its current state. */
export async function answerDelivery({ holder }: ApiCall, delivery: { endpointId: string; id: string }): Promise<ApiAnswer> {
  return answer(202, toDeliveryAnswer(unwrap(await getDelivery(holder.scope, delivery))));
}

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
