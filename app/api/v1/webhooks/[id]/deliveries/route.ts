import { answer, type ApiAnswer, type ApiCall, apiMethods, apiRoute } from '@/lib/accounts/web/api-route';
import { unwrap } from '@/lib/platform/errors';
import { parseQuery } from '@/lib/platform/http/body';
import { deliveriesQuerySchema } from '@/lib/webhooks/api';
import { listDeliveries } from '@/lib/webhooks/deliveries';
import { toDeliveryAnswer, webhookIdOf } from '@/lib/webhooks/web/api';

async function readDeliveries(call: ApiCall): Promise<ApiAnswer> {
  const id = webhookIdOf(call);
  const page = unwrap(await listDeliveries(call.holder.scope, id, parseQuery(deliveriesQuerySchema, call.request.url)));
  return answer(200, { data: page.items.map(toDeliveryAnswer), next_cursor: page.nextCursor });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ scope: 'webhooks:write' }, readDeliveries),
});
