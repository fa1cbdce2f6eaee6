import { answerRequest } from '@/lib/platform/http/problem';
import { readRawBody } from '@/lib/platform/http/body';
import { STRIPE_EVENT_MAX_BYTES } from '@/lib/platform/limits';
import { receiveStripeEvent } from '@/lib/billing/stripe-events';

export const dynamic = 'force-dynamic';

/** Receives Stripe events. Each is verified, stored once, and acted on by the worker. */
export function POST(request: Request): Promise<Response> {
  return answerRequest(async () => {
    const body = await readRawBody(request, STRIPE_EVENT_MAX_BYTES);
    const isNew = await receiveStripeEvent(body, request.headers.get('stripe-signature'));
    return Response.json({ received: true, duplicate: !isNew });
  });
}
