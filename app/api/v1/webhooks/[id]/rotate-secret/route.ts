// Besides creation, this is the only call whose answer contains the secret.
import { answer, type ApiAnswer, type ApiCall, apiCalls, apiRoute } from '@/lib/accounts/web/api-route';
import { unwrap } from '@/lib/platform/errors';
import { rotateSecret } from '@/lib/webhooks/endpoints';
import { rotateWebhookSecret as operation } from '@/lib/webhooks/operations';
import { toWebhookAnswer, webhookIdOf } from '@/lib/webhooks/web/api';

async function rotateWebhookSecret(call: ApiCall): Promise<ApiAnswer> {
  const id = webhookIdOf(call);
  const { view, secret } = unwrap(await rotateSecret(call.holder.scope, id));
  return answer(200, { ...toWebhookAnswer(view), secret });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiRoute(operation, rotateWebhookSecret));
