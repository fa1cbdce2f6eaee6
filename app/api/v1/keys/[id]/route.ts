import { toKeyAnswer, type UpdateKeyRequest, getKey, revokeKey, updateKey } from '@/lib/accounts/api';
import { changeApiKey, revokeApiKey } from '@/lib/accounts/keys';
import { answer, type ApiAnswer, type ApiCall, apiCalls, apiRoute } from '@/lib/accounts/web/api-route';
import { requireKeyOfPath, requireWithin } from '@/lib/accounts/web/require-key';
import { unwrap } from '@/lib/platform/errors';

async function read(call: ApiCall): Promise<ApiAnswer> {
  return answer(200, toKeyAnswer(await requireKeyOfPath(call)));
}

async function change(call: ApiCall<unknown, UpdateKeyRequest>): Promise<ApiAnswer> {
  const { holder, body } = call;
  const found = await requireKeyOfPath(call);
  const { name, scopes, expires_at: end, monthly_budget: monthlyBudget } = body;
  requireWithin(holder, found);
  requireWithin(holder, {
    mode: found.mode,
    scopes: scopes ?? found.scopes,
    monthlyBudget: monthlyBudget === undefined ? found.monthlyBudget : monthlyBudget,
  });
  const wanted = {
    name,
    scopes,
    expiresAt: typeof end === 'string' ? new Date(end) : end,
    monthlyBudget,
    allowedIps: body.allowed_ips,
    allowedOrigins: body.allowed_origins,
  };
  return answer(200, toKeyAnswer(unwrap(await changeApiKey(holder.scope, found.id, wanted))));
}

async function revoke(call: ApiCall): Promise<ApiAnswer> {
  const { id } = await requireKeyOfPath(call);
  unwrap(await revokeApiKey(call.holder.scope, id));
  return answer(200, toKeyAnswer(await requireKeyOfPath(call)));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(
  apiRoute(getKey, read),
  apiRoute(updateKey, change),
  apiRoute(revokeKey, revoke),
);
