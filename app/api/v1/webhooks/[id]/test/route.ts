// Sends a made-up event. 202: it is queued, and the delivery will show its outcome.
import type { z } from 'zod';
import { type ApiAnswer, type ApiCall, apiCalls, apiRoute } from '@/lib/accounts/web/api-route';
import { unwrap } from '@/lib/platform/errors';
import { testWebhook as operation } from '@/lib/webhooks/operations';
import { sendTestEvent } from '@/lib/webhooks/emit';
import { answerDelivery, webhookIdOf } from '@/lib/webhooks/web/api';

async function testWebhook(call: ApiCall<unknown, z.infer<typeof operation.body>>): Promise<ApiAnswer> {
  const endpointId = webhookIdOf(call);
  const { deliveryId } = unwrap(await sendTestEvent(call.holder.scope, endpointId, call.body.event));
  return answerDelivery(call, { endpointId, id: deliveryId });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiRoute(operation, testWebhook));
