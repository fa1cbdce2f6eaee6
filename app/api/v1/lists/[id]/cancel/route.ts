import { answer, type ApiAnswer, type ApiCall, apiMethods, apiRoute } from '@/lib/accounts/web/api-route';
import { cancelList } from '@/lib/lists/end';
import { noListFieldsSchema } from '@/lib/lists/requests';
import { toListAnswer } from '@/lib/lists/web/answers';
import { requireList } from '@/lib/lists/web/api';
import { unwrap } from '@/lib/platform/errors';
import { parseInput, readOptionalJson } from '@/lib/platform/http/body';

async function cancel(call: ApiCall): Promise<ApiAnswer> {
  const { id: listId } = await requireList(call);
  parseInput(noListFieldsSchema, (await readOptionalJson(call.request)).value);
  return answer(200, toListAnswer(unwrap(await cancelList(call.holder.scope, { listId }))));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute({ scope: 'lists:write' }, cancel),
});
