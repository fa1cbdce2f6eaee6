import { apiPost, type ApiPost } from '@/lib/accounts/web/api-post';
import { type ApiAnswer, apiCalls } from '@/lib/accounts/web/api-route';
import { startList as operation } from '@/lib/lists/operations';
import type { StartListRequest } from '@/lib/lists/requests';
import { startList } from '@/lib/lists/start';
import { chooseListColumn, choosesColumn, spend } from '@/lib/lists/web/api';

async function start(post: ApiPost<StartListRequest>): Promise<ApiAnswer> {
  const { scope } = post.holder;
  const { mode, credit_cap: creditCap = null, ...column } = post.body;
  return spend(post, async (list) => {
    if (choosesColumn(column)) {
      const chosen = await chooseListColumn(scope, list, { ...column, start: { mode, creditCap } });
      // If the file has to be read again, the list then starts by itself. If the list is still ready, nothing had to change.
      if (!chosen.ok || chosen.value.status !== 'ready') return chosen;
    }
    return startList(scope, { listId: list.id, mode, creditCap });
  });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiPost(operation, start));
