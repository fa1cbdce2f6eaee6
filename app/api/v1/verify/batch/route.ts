// Takes addresses and starts right away, unless the request says otherwise. A request with an Idempotency-Key creates one list, no matter
// how often it is repeated.
import { apiPost, type ApiPost } from '@/lib/accounts/web/api-post';
import { type ApiAnswer, apiCalls } from '@/lib/accounts/web/api-route';
import { createBatch } from '@/lib/lists/create';
import { verifyBatch as operation } from '@/lib/lists/operations';
import type { BatchRequest } from '@/lib/lists/requests';
import { accepted, settingsOf } from '@/lib/lists/web/api';

async function verifyBatch(post: ApiPost<BatchRequest>): Promise<ApiAnswer> {
  const { emails: items, start, ...fields } = post.body;
  const batch = { ...settingsOf(post, fields), listId: post.resourceId, items, start };
  return accepted(post, await createBatch(post.holder.scope, batch));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiPost(operation, verifyBatch));
