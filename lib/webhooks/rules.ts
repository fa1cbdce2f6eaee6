// The rules of webhooks: which events exist and which are emitted today, what follows from an attempt (delivered, retried later,
// or given up), when an endpoint is switched off, and the views of endpoints and deliveries for pages and the API (plain JSON
// values, dates as ISO 8601 strings, never a secret). Pure. Nobody can subscribe to an event that never comes: a reserved name is
// refused until it is emitted.
import { WEBHOOK_FAILING_MAX_MS, WEBHOOK_FAILURES_MIN } from '@/lib/platform/limits';

/** What this release emits. */
export const EMITTED_EVENT_TYPES = [
  'verification.completed',
  'verification.updated',
  'list.ready',
  'list.progress',
  'list.completed',
  'list.failed',
  'credits.low',
  'budget.exceeded',
] as const;
export type EmittedEventType = (typeof EMITTED_EVENT_TYPES)[number];

const RESERVED_EVENT_TYPES = ['quota.warning', 'quota.exceeded'] as const;

export const WEBHOOK_EVENT_TYPES = [...EMITTED_EVENT_TYPES, ...RESERVED_EVENT_TYPES] as const;

/** The events preselected for a new endpoint: the others are sent for each check, or many times per list. */
export const USUAL_EVENT_TYPES: readonly EmittedEventType[] = EMITTED_EVENT_TYPES.filter(
  (type) => type !== 'verification.completed' && type !== 'list.progress',
);

/** Services in whose format a list can be reported, to a URL that the call named. */
export const CALLBACK_SERVICES = ['zerobounce', 'neverbounce', 'kickbox', 'emailable', 'reacher'] as const;
export type CallbackService = (typeof CALLBACK_SERVICES)[number];

export const CALLBACK_SERVICE_NAMES: Readonly<Record<CallbackService, string>> = {
  zerobounce: 'ZeroBounce',
  neverbounce: 'NeverBounce',
  kickbox: 'Kickbox',
  emailable: 'Emailable',
  reacher: 'Reacher',
};

/** The event of a single row, for callbacks alone: endpoints can't subscribe to it. */
export const ROW_EVENT_TYPE = 'list.row';

/** The services that are told of each row. The others are told of the list. */
export const ROW_SERVICES: readonly CallbackService[] = ['reacher'];

export const isToldOfRows = (callback: Pick<Callback, 'service'> | null): boolean =>
  callback !== null && ROW_SERVICES.includes(callback.service);

export interface Callback {
  listId: string;
  service: CallbackService;
  headers: Readonly<Record<string, string>>;
  /** JSON that the client wants repeated in each post. */
  extra: string | null;
}

/** What each event reports, in words. */
export const EVENT_COPY: Readonly<Record<EmittedEventType, string>> = {
  'verification.completed': 'A check of a single address has a verdict.',
  'verification.updated': 'A check that was answered “pending” now has a verdict.',
  'list.ready': 'A list was read and has a quote.',
  'list.progress': 'A list is running. Sent each time another 5% of its rows are done, at most once every ten seconds.',
  'list.completed': 'A list is done.',
  'list.failed': 'A list could not be read or finished.',
  'credits.low': 'The credits fell below your threshold.',
  'budget.exceeded': 'A call was refused because its key’s monthly budget is used up.',
};

export const ENDPOINT_STATES = ['enabled', 'disabled'] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];

/** Why an endpoint is off: its owner, a 410 answer, or days of failures. */
export const DISABLED_REASONS = ['by_owner', 'gone', 'failing'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Why an attempt failed, if no status line says so. */
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

export interface WebhookEndpointView {
  id: string;
  url: string;
  description: string;
  eventTypes: EmittedEventType[];
  state: EndpointState;
  disabledReason: DisabledReason | null;
  disabledAt: string | null;
  /** Every attempt since then has failed. */
  failingSince: string | null;
  /** Set while a replaced secret still signs. */
  oldSecretEndsAt: string | null;
  createdAt: string;
  /** Set for a callback, which is told of only one list, in the format of another service. */
  callback: Pick<Callback, 'listId' | 'service'> | null;
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
  /** The beginning of the last response body. */
  lastAnswer: string | null;
  /** The latest attempts, oldest first. */
  history: WebhookAttemptView[];
  createdAt: string;
}

export interface WebhookRequest {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface AttemptOutcome {
  /** Null if no status line arrived. */
  status: number | null;
  error: DeliveryError | null;
  /** The beginning of the response body. */
  answer: string | null;
  durationMs: number;
}

export type SendWebhook = (request: WebhookRequest) => Promise<AttemptOutcome>;

export type NextStep = { state: 'delivered' | 'failed' } | { state: 'pending'; delayMs: number };

export interface FailureRecord {
  /** Attempts that failed since the last success, including this one. */
  failures: number;
  failingForMs: number;
}

/** Seconds to wait before each attempt of a run; the first is immediate. */
export const WEBHOOK_SCHEDULE_S = [0, 5, 60, 300, 1_800, 7_200, 18_000, 36_000, 86_400] as const;

/** Attempts are up to a fifth later, so that deliveries that failed together do not all return together. */
const JITTER = 0.2;

const GONE = 410;

export const isEmittedEventType = (text: string): text is EmittedEventType => EMITTED_EVENT_TYPES.some((type) => type === text);

export const isReservedEventType = (text: string): boolean => RESERVED_EVENT_TYPES.some((type) => type === text);

export const isDeliveryError = (text: string): text is DeliveryError => DELIVERY_ERRORS.some((error) => error === text);

/** Only 2xx counts: a redirect may lead anywhere and is not followed. */
export const isDelivered = ({ status }: AttemptOutcome): boolean => status !== null && status >= 200 && status < 300;

/** `step` counts the failures of this run before the attempt; `random` is 0 ≤ n < 1. */
export function nextStep(outcome: AttemptOutcome, step: number, random: number): NextStep {
  if (isDelivered(outcome)) return { state: 'delivered' };
  const delayS = WEBHOOK_SCHEDULE_S[step + 1];
  if (delayS === undefined || outcome.status === GONE) return { state: 'failed' };
  return { state: 'pending', delayMs: Math.round(delayS * 1_000 * (1 + JITTER * random)) };
}

/** Whether and why to switch an endpoint off after this failure. */
export function reasonToDisable(outcome: AttemptOutcome, { failures, failingForMs }: FailureRecord): DisabledReason | null {
  if (outcome.status === GONE) return 'gone';
  return failures >= WEBHOOK_FAILURES_MIN && failingForMs >= WEBHOOK_FAILING_MAX_MS ? 'failing' : null;
}
