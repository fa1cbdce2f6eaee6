// The events that webhooks tell of: the closed list of their names, and which of them can be had today. Promises that nobody
// subscribes to an event that never comes: a reserved name is refused until it is emitted.

export const WEBHOOK_EVENT_TYPES = [
  'verification.completed',
  'verification.updated',
  'job.ready',
  'job.progress',
  'batch.completed',
  'batch.failed',
  'quota.warning',
  'quota.exceeded',
  'credits.low',
] as const;
export type WebhookEventType = (typeof WEBHOOK_EVENT_TYPES)[number];

/** What this release emits. The other names are reserved. */
export const EMITTED_EVENT_TYPES = [
  'verification.updated',
  'job.ready',
  'batch.completed',
  'batch.failed',
  'credits.low',
] as const satisfies readonly WebhookEventType[];
export type EmittedEventType = (typeof EMITTED_EVENT_TYPES)[number];

export const isEmittedEventType = (text: string): text is EmittedEventType => EMITTED_EVENT_TYPES.some((type) => type === text);

export const isReservedEventType = (text: string): boolean =>
  WEBHOOK_EVENT_TYPES.some((type) => type === text) && !isEmittedEventType(text);

export const ENDPOINT_STATES = ['enabled', 'disabled'] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];

/** Why an endpoint is off: its owner, an answer of 410, or days of failures. */
export const DISABLED_REASONS = ['by_owner', 'gone', 'failing'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Why an attempt did not count, where there was no status line to tell. */
export const DELIVERY_ERRORS = [
  'timeout',
  'name_not_found',
  'lookup_failed',
  'private_address',
  'https_required',
  'connect_failed',
  'tls_failed',
  'disconnected',
  'not_http',
  'redirected',
  'endpoint_disabled',
  'payload_too_large',
] as const;
export type DeliveryError = (typeof DELIVERY_ERRORS)[number];

export const isDeliveryError = (text: string): text is DeliveryError => DELIVERY_ERRORS.some((error) => error === text);
