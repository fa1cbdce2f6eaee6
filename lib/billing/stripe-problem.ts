// What Stripe's refusals mean to us. A card that is declined is an answer; Stripe away or busy is "try again later", and nothing
// was charged that its idempotency key would not find again; anything else is a mistake of ours and is thrown on.
import Stripe from 'stripe';
import { AppError } from '@/lib/errors';

export interface CardProblem {
  /** Stripe's sentence for the cardholder. */
  message: string;
  /** The bank wants the cardholder to confirm. */
  needsAction: boolean;
}

/** Null when the error is about something else than the card. */
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

/** Runs a conversation with Stripe; when it can't be had, says so as an AppError. */
export async function askingStripe<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isPassing(error)) {
      throw new AppError('unavailable', {
        detail: 'The payment service does not answer right now. Please try again in a minute.',
        cause: error,
      });
    }
    throw error;
  }
}

function isPassing(error: unknown): boolean {
  const { StripeConnectionError, StripeRateLimitError, StripeAPIError } = Stripe.errors;
  return error instanceof StripeConnectionError || error instanceof StripeRateLimitError || error instanceof StripeAPIError;
}
