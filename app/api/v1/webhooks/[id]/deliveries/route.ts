import type { z } from 'zod';
import { answer, type ApiAnswer, type ApiCall, apiCalls, apiRoute } from '@/lib/accounts/web/api-route';
import { unwrap } from '@/lib/platform/errors';
import { listDeliveries } from '@/lib/webhooks/deliveries';
import { listDeliveries as operation } from '@/lib/webhooks/operations';
import { toDeliveryAnswer, webhookIdOf } from '@/lib/webhooks/web/api';

async function readDeliveries(call: ApiCall<z.infer<typeof operation.query>>): Promise<ApiAnswer> {
  const id = webhookIdOf(call);
  const page = unwrap(await listDeliveries(call.holder.scope, id, call.query));
  return answer(200, { data: page.items.map(toDeliveryAnswer), next_cursor: page.nextCursor });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiRoute(operation, readDeliveries));
