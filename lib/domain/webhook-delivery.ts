// What one attempt to deliver an event meets, and what follows from it: delivered, tried again later, or given up. Pure rules.
import { WEBHOOK_FAILING_MAX_MS, WEBHOOK_FAILURES_MIN } from './limits';
import type { DeliveryError, DisabledReason } from './webhook-events';

export interface WebhookRequest {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface AttemptOutcome {
  /** Null where no status line came. */
  status: number | null;
  error: DeliveryError | null;
  /** The beginning of the answer's body. */
  answer: string | null;
  durationMs: number;
}

export type SendWebhook = (request: WebhookRequest) => Promise<AttemptOutcome>;

/** Seconds to wait before each attempt of a run; the first is at once. */
export const WEBHOOK_SCHEDULE_S = [0, 5, 60, 300, 1_800, 7_200, 18_000, 36_000, 86_400] as const;
/** Up to a fifth later, so that what failed together does not come back together. */
const JITTER = 0.2;

export type NextStep = { state: 'delivered' | 'failed' } | { state: 'pending'; delayMs: number };

const GONE = 410;

/** Only 2xx is a yes: a redirect may lead anywhere and is not followed. */
export const isDelivered = ({ status }: AttemptOutcome): boolean => status !== null && status >= 200 && status < 300;

/** `step` counts the failures of this run before the attempt; `random` is 0 ≤ n < 1. */
export function nextStep(outcome: AttemptOutcome, step: number, random: number): NextStep {
  if (isDelivered(outcome)) return { state: 'delivered' };
  const delayS = WEBHOOK_SCHEDULE_S[step + 1];
  if (delayS === undefined || outcome.status === GONE) return { state: 'failed' };
  return { state: 'pending', delayMs: Math.round(delayS * 1_000 * (1 + JITTER * random)) };
}

export interface FailureRecord {
  /** Attempts that failed since the last success, this one included. */
  failures: number;
  failingForMs: number;
}

/** Whether an endpoint is to be switched off after this failure. */
export function reasonToDisable(outcome: AttemptOutcome, { failures, failingForMs }: FailureRecord): DisabledReason | null {
  if (outcome.status === GONE) return 'gone';
  return failures >= WEBHOOK_FAILURES_MIN && failingForMs >= WEBHOOK_FAILING_MAX_MS ? 'failing' : null;
}
