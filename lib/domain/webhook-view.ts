// Webhook endpoints and deliveries as pages and the API see them: plain JSON values, dates as ISO 8601 strings, never a secret.
import type { DeliveryState, DisabledReason, EmittedEventType, EndpointState } from './webhook-events';

export interface WebhookEndpointView {
  id: string;
  url: string;
  description: string;
  eventTypes: EmittedEventType[];
  state: EndpointState;
  disabledReason: DisabledReason | null;
  disabledAt: string | null;
  /** Nothing but failures since. */
  failingSince: string | null;
  /** While a replaced secret still signs. */
  oldSecretEndsAt: string | null;
  createdAt: string;
  lastDelivery: { state: DeliveryState; status: number | null; error: string | null; at: string } | null;
}

export interface WebhookAttemptView {
  at: string;
  status: number | null;
  error: string | null;
  durationMs: number;
}

export interface WebhookDeliveryView {
  id: string;
  endpointId: string;
  eventId: string;
  eventType: string;
  test: boolean;
  state: DeliveryState;
  attempts: number;
  nextAttemptAt: string | null;
  lastAttemptAt: string | null;
  lastStatus: number | null;
  lastError: string | null;
  lastDurationMs: number | null;
  /** The beginning of the last answer's body. */
  lastAnswer: string | null;
  /** The latest attempts, oldest first. */
  history: WebhookAttemptView[];
  createdAt: string;
}
