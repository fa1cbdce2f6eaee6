// Only the answer to the creation contains the secret; a list of endpoints never does.
import type { z } from 'zod';
import { answer, type ApiAnswer, type ApiCall, apiCalls, apiRoute } from '@/lib/accounts/web/api-route';
import { unwrap } from '@/lib/platform/errors';
import { createEndpoint, listEndpoints } from '@/lib/webhooks/endpoints';
import { createWebhook as creation, listWebhooks } from '@/lib/webhooks/operations';
import { toWebhookAnswer } from '@/lib/webhooks/web/api';

async function readWebhooks({ holder }: ApiCall): Promise<ApiAnswer> {
  return answer(200, { data: (await listEndpoints(holder.scope)).map(toWebhookAnswer) });
}

async function createWebhook({ holder, body }: ApiCall<unknown, z.infer<typeof creation.body>>): Promise<ApiAnswer> {
  const { view, secret } = unwrap(await createEndpoint(holder.scope, body));
  return answer(201, { ...toWebhookAnswer(view), secret });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(
  apiRoute(listWebhooks, readWebhooks),
  apiRoute(creation, createWebhook),
);
