// The only client of Stripe's API, created at first use from the settings, and what Stripe's errors mean to us. The API version is the
// one that the library was made for, so responses have the shapes of its types. Without a key every use fails as `unavailable`. A
// declined card is an answer. If Stripe is down or busy, the caller may try again later: whatever was charged is found again by its
// idempotency key. Any other error is a bug of ours and is rethrown.
import Stripe from 'stripe';
import { env } from '@/lib/platform/env';
import { AppError } from '@/lib/platform/errors';

export interface CardProblem {
  /** Stripe's sentence for the cardholder. */
  message: string;
  /** The bank wants the cardholder to confirm. */
  needsAction: boolean;
}

const TIMEOUT_MS = 20_000;
/** Retries use the same idempotency key, which the library creates if we give none. */
const NETWORK_RETRIES = 2;

let client: { key: string; base: string | undefined; stripe: Stripe } | undefined;

export function stripeClient(): Stripe {
  const { STRIPE_SECRET_KEY: key, STRIPE_API_BASE: base } = env();
  if (key === undefined) throw new AppError('unavailable', { detail: 'Payments are not set up on this installation.' });
  if (client?.key !== key || client.base !== base) client = { key, base, stripe: connect(key, base) };
  return client.stripe;
}

/** Null if the error is not about the card. */
export function cardProblemOf(error: unknown): CardProblem | null {
  if (!(error instanceof Stripe.errors.StripeCardError)) return null;
  const needsAction = error.code === 'authentication_required' || error.code === 'invoice_payment_intent_requires_action';
  return { message: error.message, needsAction };
}

export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing';
}

/** Stripe has no next invoice to preview. */
export function isNothingUpcoming(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'invoice_upcoming_none';
}

/** Runs calls to Stripe; throws an AppError if Stripe can't be reached. */
export async function askingStripe<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isPassing(error)) {
      throw new AppError('unavailable', {
        detail: 'The payment service is not answering right now. Please try again in a minute.',
        cause: error,
      });
    }
    throw error;
  }
}

function connect(key: string, base: string | undefined): Stripe {
  const common = { telemetry: false, timeout: TIMEOUT_MS, maxNetworkRetries: NETWORK_RETRIES } as const;
  if (base === undefined) return new Stripe(key, common);
  const url = new URL(base);
  const [protocol, usualPort] = url.protocol === 'https:' ? (['https', 443] as const) : (['http', 80] as const);
  const port = url.port === '' ? usualPort : Number(url.port);
  return new Stripe(key, { ...common, host: url.hostname, port, protocol });
}

function isPassing(error: unknown): boolean {
  const { StripeConnectionError, StripeRateLimitError, StripeAPIError } = Stripe.errors;
  return error instanceof StripeConnectionError || error instanceof StripeRateLimitError || error instanceof StripeAPIError;
}
