// Events from Stripe: believed only with a signature over the exact bytes, made with our secret, and fresh. What an event says is
// used for nothing but the id of what changed; that thing is then asked for.
import Stripe from 'stripe';
import { STRIPE_SIGNATURE_MAX_AGE_S } from '@/lib/domain/limits';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { stripeClient } from './stripe-client';

export interface ReceivedEvent {
  id: string;
  type: string;
  created: Date;
  /** The whole event, as it came. */
  payload: unknown;
}

export function readSignedEvent(body: Uint8Array, signature: string | null): ReceivedEvent {
  const secret = env().STRIPE_WEBHOOK_SECRET;
  if (secret === undefined) throw new AppError('unavailable', { detail: 'Payments are not set up on this installation.' });
  if (signature === null) throw refused();
  try {
    const event = stripeClient().webhooks.constructEvent(body, signature, secret, STRIPE_SIGNATURE_MAX_AGE_S);
    return { id: event.id, type: event.type, created: new Date(event.created * 1_000), payload: event };
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError || error instanceof SyntaxError) throw refused(error);
    throw error;
  }
}

const refused = (cause?: unknown) =>
  new AppError('invalid_request', { detail: 'The signature does not fit this event, or is too old.', cause });
