import { answer, type ApiAnswer, type ApiCall, apiMethods, apiRoute } from '@/lib/accounts/web/api-route';
import { pauseList } from '@/lib/lists/pause';
import { noListFieldsSchema } from '@/lib/lists/requests';
import { toListAnswer } from '@/lib/lists/web/answers';
import { requireList } from '@/lib/lists/web/api';
import { unwrap } from '@/lib/platform/errors';
import { parseInput, readOptionalJson } from '@/lib/platform/http/body';

async function pause(call: ApiCall): Promise<ApiAnswer> {
  const { id: listId } = await requireList(call);
  parseInput(noListFieldsSchema, (await readOptionalJson(call.request)).value);
  return answer(200, toListAnswer(unwrap(await pauseList(call.holder.scope, { listId }))));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute({ scope: 'lists:write' }, pause),
});
