import { apiPost, type ApiPost } from '@/lib/accounts/web/api-post';
import { type ApiAnswer, apiMethods } from '@/lib/accounts/web/api-route';
import { type RetryListRequest, retryListSchema } from '@/lib/lists/requests';
import { retryUnknowns } from '@/lib/lists/start';
import { spend } from '@/lib/lists/web/api';

async function retry(post: ApiPost<RetryListRequest>): Promise<ApiAnswer> {
  const { mode, credit_cap: creditCap } = post.body;
  return spend(post, ({ id: listId }) => retryUnknowns(post.holder.scope, { listId, mode, creditCap }));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiPost({ scope: 'lists:write', makes: 'request', body: retryListSchema, isBodyOptional: true }, retry),
});
