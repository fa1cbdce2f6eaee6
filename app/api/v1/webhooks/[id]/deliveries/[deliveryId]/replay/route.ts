// 202: the delivery is queued again, with the same event id.
import { type ApiAnswer, type ApiCall, apiCalls, apiRoute } from '@/lib/accounts/web/api-route';
import { unwrap } from '@/lib/platform/errors';
import { isDeliveryId } from '@/lib/webhooks/api';
import { replayDelivery as operation } from '@/lib/webhooks/operations';
import { replayDelivery } from '@/lib/webhooks/deliveries';
import { answerDelivery, idOf, webhookIdOf } from '@/lib/webhooks/web/api';

async function replayWebhookDelivery(call: ApiCall): Promise<ApiAnswer> {
  const endpointId = webhookIdOf(call);
  const id = idOf(call, 'deliveryId', isDeliveryId);
  unwrap(await replayDelivery(call.holder.scope, { endpointId, id }));
  return answerDelivery(call, { endpointId, id });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiRoute(operation, replayWebhookDelivery));
