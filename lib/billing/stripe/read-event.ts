// Reads events from Stripe. An event is trusted only with a fresh signature over the exact bytes, made with our secret. It is
// used only to learn the id of what changed, which is then read from Stripe. An event that is signed but unreadable is told apart
// from a forged one: it is refused too, but recorded.
import { createHash } from 'node:crypto';
import Stripe from 'stripe';
import { z } from 'zod';
import { STRIPE_SIGNATURE_MAX_AGE_S } from '@/lib/platform/limits';
import { env } from '@/lib/platform/env';
import { AppError } from '@/lib/platform/errors';
import { isReadable } from '../handle-event';
import { stripeClient } from './client';

export interface ReceivedEvent {
  id: string;
  type: string;
  created: Date;
  /** The whole event, as it came. */
  payload: unknown;
}

export interface SignedEvent {
  isReadable: boolean;
  event: ReceivedEvent;
}

const MAX_CHARS = 255;
/** The last second that both the database's dates and ours can hold. */
const MAX_SECONDS = 253_402_300_799;

const envelope = z.object({
  id: z.string().min(1).max(MAX_CHARS),
  object: z.literal('event'),
  type: z.string().min(1).max(MAX_CHARS),
  created: z.int().min(0).max(MAX_SECONDS),
  data: z.object({ object: z.record(z.string(), z.unknown()) }),
});

export function readSignedEvent(body: Uint8Array, signature: string | null): SignedEvent {
  verify(body, signature);
  const payload = parse(body);
  const parsed = envelope.safeParse(payload);
  if (!parsed.success || !isReadable({ type: parsed.data.type, payload })) return { isReadable: false, event: unreadable(body) };
  const { id, type, created } = parsed.data;
  return { isReadable: true, event: { id, type, created: new Date(created * 1_000), payload } };
}

function verify(body: Uint8Array, signature: string | null): void {
  const secret = env().STRIPE_WEBHOOK_SECRET;
  if (secret === undefined) throw new AppError('unavailable', { detail: 'Payments are not set up on this installation.' });
  if (signature === null) throw refused();
  const { signature: signatures } = stripeClient().webhooks;
  if (signatures === null) throw new Error('the library of Stripe can’t check signatures');
  try {
    signatures.verifyHeader(body, signature, secret, STRIPE_SIGNATURE_MAX_AGE_S);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) throw refused(error);
    throw error;
  }
}

/** Undefined if it is not JSON. */
function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

/**
 * Identified by its bytes, not by the id it claims, because a valid event with that id may still come. Its content is not kept.
 */
const unreadable = (body: Uint8Array): ReceivedEvent => ({
  id: `unreadable:${createHash('sha256').update(body).digest('hex')}`,
  type: 'unreadable',
  created: new Date(),
  payload: { bytes: body.length },
});

const refused = (cause?: unknown) =>
  new AppError('invalid_request', { detail: 'The signature does not match this event, or is too old.', cause });
