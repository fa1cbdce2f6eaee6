import { apiMethods } from '@/lib/api/api-methods';
import { apiPost } from '@/lib/api/api-post';
import { verifySingle } from '@/lib/api/verify-single';
import { singleRequestSchema } from '@/lib/schemas/verification-request';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiPost({ scope: 'verify:write', makes: 'verification', body: singleRequestSchema }, verifySingle),
});
