import { apiPost, type ApiPost } from '@/lib/accounts/web/api-post';
import { type ApiAnswer, apiCalls } from '@/lib/accounts/web/api-route';
import { resumeList } from '@/lib/lists/pause';
import { resumeList as operation } from '@/lib/lists/operations';
import type { ResumeListRequest } from '@/lib/lists/requests';
import { spend } from '@/lib/lists/web/api';

async function resume(post: ApiPost<ResumeListRequest>): Promise<ApiAnswer> {
  return spend(post, ({ id: listId }) => resumeList(post.holder.scope, { listId, creditCap: post.body.credit_cap }));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiPost(operation, resume));
