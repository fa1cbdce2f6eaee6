import type { z } from 'zod';
import { answer, type ApiAnswer, type ApiCall, apiCalls, apiRoute } from '@/lib/accounts/web/api-route';
import { unwrap } from '@/lib/platform/errors';
import { deleteEndpoint, getEndpoint, updateEndpoint } from '@/lib/webhooks/endpoints';
import { deleteWebhook as deletion, getWebhook, updateWebhook } from '@/lib/webhooks/operations';
import { toWebhookAnswer, webhookIdOf } from '@/lib/webhooks/web/api';

async function readWebhook(call: ApiCall): Promise<ApiAnswer> {
  return answer(200, toWebhookAnswer(unwrap(await getEndpoint(call.holder.scope, webhookIdOf(call)))));
}

async function changeWebhook(call: ApiCall<unknown, z.infer<typeof updateWebhook.body>>): Promise<ApiAnswer> {
  const id = webhookIdOf(call);
  return answer(200, toWebhookAnswer(unwrap(await updateEndpoint(call.holder.scope, id, call.body))));
}

async function deleteWebhook(call: ApiCall): Promise<ApiAnswer> {
  unwrap(await deleteEndpoint(call.holder.scope, webhookIdOf(call)));
  return answer(200, { id: webhookIdOf(call), deleted: true });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(
  apiRoute(getWebhook, readWebhook),
  apiRoute(updateWebhook, changeWebhook),
  apiRoute(deletion, deleteWebhook),
);
