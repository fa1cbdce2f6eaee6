import { apiPost, type ApiPost } from '@/lib/accounts/web/api-post';
import { type ApiAnswer, apiMethods } from '@/lib/accounts/web/api-route';
import { resumeList } from '@/lib/lists/pause';
import { type ResumeListRequest, resumeListSchema } from '@/lib/lists/requests';
import { spend } from '@/lib/lists/web/api';

async function resume(post: ApiPost<ResumeListRequest>): Promise<ApiAnswer> {
  return spend(post, ({ id: listId }) => resumeList(post.holder.scope, { listId, creditCap: post.body.credit_cap }));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiPost({ scope: 'lists:write', makes: 'request', body: resumeListSchema, isBodyOptional: true }, resume),
});
