// The secret is in the answer to the creation; a list of endpoints never contains one.
import { answer, type ApiAnswer, type ApiCall, apiMethods, apiRoute } from '@/lib/accounts/web/api-route';
import { unwrap } from '@/lib/platform/errors';
import { parseInput, readJsonBody } from '@/lib/platform/http/body';
import { createWebhookSchema } from '@/lib/webhooks/api';
import { createEndpoint, listEndpoints } from '@/lib/webhooks/endpoints';
import { toWebhookAnswer } from '@/lib/webhooks/web/api';

async function readWebhooks({ holder }: ApiCall): Promise<ApiAnswer> {
  return answer(200, { data: (await listEndpoints(holder.scope)).map(toWebhookAnswer) });
}

async function createWebhook({ holder, request }: ApiCall): Promise<ApiAnswer> {
  const wanted = parseInput(createWebhookSchema, (await readJsonBody(request)).value);
  const { view, secret } = unwrap(await createEndpoint(holder.scope, wanted));
  return answer(201, { ...toWebhookAnswer(view), secret });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ scope: 'webhooks:write' }, readWebhooks),
  POST: apiRoute({ scope: 'webhooks:write' }, createWebhook),
});
