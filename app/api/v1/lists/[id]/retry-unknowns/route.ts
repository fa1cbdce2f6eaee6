import { apiPost, type ApiPost } from '@/lib/accounts/web/api-post';
import { type ApiAnswer, apiCalls } from '@/lib/accounts/web/api-route';
import { retryUnknowns as operation } from '@/lib/lists/operations';
import type { RetryListRequest } from '@/lib/lists/requests';
import { retryUnknowns } from '@/lib/lists/start';
import { spend } from '@/lib/lists/web/api';

async function retry(post: ApiPost<RetryListRequest>): Promise<ApiAnswer> {
  const { mode, credit_cap: creditCap } = post.body;
  return spend(post, ({ id: listId }) => retryUnknowns(post.holder.scope, { listId, mode, creditCap }));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiPost(operation, retry));
