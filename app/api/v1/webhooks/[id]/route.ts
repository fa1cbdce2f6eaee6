import { answer, type ApiAnswer, type ApiCall, apiMethods, apiRoute } from '@/lib/accounts/web/api-route';
import { unwrap } from '@/lib/platform/errors';
import { parseInput, readJsonBody } from '@/lib/platform/http/body';
import { updateWebhookSchema } from '@/lib/webhooks/api';
import { deleteEndpoint, getEndpoint, updateEndpoint } from '@/lib/webhooks/endpoints';
import { toWebhookAnswer, webhookIdOf } from '@/lib/webhooks/web/api';

async function readWebhook(call: ApiCall): Promise<ApiAnswer> {
  return answer(200, toWebhookAnswer(unwrap(await getEndpoint(call.holder.scope, webhookIdOf(call)))));
}

async function changeWebhook(call: ApiCall): Promise<ApiAnswer> {
  const id = webhookIdOf(call);
  const change = parseInput(updateWebhookSchema, (await readJsonBody(call.request)).value);
  return answer(200, toWebhookAnswer(unwrap(await updateEndpoint(call.holder.scope, id, change))));
}

async function deleteWebhook(call: ApiCall): Promise<ApiAnswer> {
  unwrap(await deleteEndpoint(call.holder.scope, webhookIdOf(call)));
  return answer(200, { id: webhookIdOf(call), deleted: true });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ scope: 'webhooks:write' }, readWebhook),
  PATCH: apiRoute({ scope: 'webhooks:write' }, changeWebhook),
  DELETE: apiRoute({ scope: 'webhooks:write' }, deleteWebhook),
});
