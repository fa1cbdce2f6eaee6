// Sends a made-up event. 202: it is queued; the delivery shows its outcome.
import { type ApiAnswer, type ApiCall, apiMethods, apiRoute } from '@/lib/accounts/web/api-route';
import { unwrap } from '@/lib/platform/errors';
import { testWebhookSchema } from '@/lib/webhooks/api';
import { sendTestEvent } from '@/lib/webhooks/test-event';
import { answerDelivery, readOptionalBody, webhookIdOf } from '@/lib/webhooks/web/api';

async function testWebhook(call: ApiCall): Promise<ApiAnswer> {
  const endpointId = webhookIdOf(call);
  const { event } = await readOptionalBody(testWebhookSchema, call.request);
  const { deliveryId } = unwrap(await sendTestEvent(call.holder.scope, endpointId, event));
  return answerDelivery(call, { endpointId, id: deliveryId });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute({ scope: 'webhooks:write' }, testWebhook),
});
