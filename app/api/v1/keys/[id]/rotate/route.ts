import { type RotateKeyRequest, toKeyAnswer, rotateKey } from '@/lib/accounts/api';
import { rotateApiKey } from '@/lib/accounts/keys';
import { answer, type ApiAnswer, type ApiCall, apiCalls, apiRoute } from '@/lib/accounts/web/api-route';
import { requireKeyOfPath, requireWithin } from '@/lib/accounts/web/require-key';
import { unwrap } from '@/lib/platform/errors';

async function rotate(call: ApiCall<unknown, RotateKeyRequest>): Promise<ApiAnswer> {
  const found = await requireKeyOfPath(call);
  requireWithin(call.holder, found);
  const { key, view } = unwrap(await rotateApiKey(call.holder.scope, { id: found.id, oldHours: call.body.old_hours }));
  return answer(200, { ...toKeyAnswer(view), key });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiRoute(rotateKey, rotate));
