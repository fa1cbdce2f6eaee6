// Only the answer to the creation contains the secret; a list of keys never does.
import { type CreateKeyRequest, toKeyAnswer, createKey, listKeys } from '@/lib/accounts/api';
import { createApiKey, listApiKeys } from '@/lib/accounts/keys';
import { answer, type ApiAnswer, type ApiCall, apiCalls, apiRoute } from '@/lib/accounts/web/api-route';
import { requireWithin } from '@/lib/accounts/web/require-key';
import { unwrap } from '@/lib/platform/errors';

async function readAll({ holder }: ApiCall): Promise<ApiAnswer> {
  return answer(200, { data: (await listApiKeys(holder.scope)).map(toKeyAnswer) });
}

async function create({ holder, body }: ApiCall<unknown, CreateKeyRequest>): Promise<ApiAnswer> {
  const { name, mode, scopes, expires_at: end, monthly_budget: monthlyBudget = null } = body;
  requireWithin(holder, { mode, scopes, monthlyBudget });
  const wanted = {
    name,
    mode,
    scopes,
    expiresAt: typeof end === 'string' ? new Date(end) : null,
    monthlyBudget,
    allowedIps: body.allowed_ips,
    allowedOrigins: body.allowed_origins,
  };
  const { key, view } = unwrap(await createApiKey(holder.scope, wanted));
  return answer(201, { ...toKeyAnswer(view), key });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(
  apiRoute(listKeys, readAll),
  apiRoute(createKey, create),
);
