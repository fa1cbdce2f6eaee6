import { answerRequest } from '@/lib/api/answer-request';
import { readRawBody } from '@/lib/api/read-raw-body';
import { STRIPE_EVENT_MAX_BYTES } from '@/lib/domain/limits';
import { receiveStripeEvent } from '@/lib/services/billing/receive-stripe-event';

export const dynamic = 'force-dynamic';

/** Events from Stripe: checked, stored once, acted on by the worker. */
export function POST(request: Request): Promise<Response> {
  return answerRequest(async () => {
    const body = await readRawBody(request, STRIPE_EVENT_MAX_BYTES);
    const isNew = await receiveStripeEvent(body, request.headers.get('stripe-signature'));
    return Response.json({ received: true, duplicate: !isNew });
  });
}
