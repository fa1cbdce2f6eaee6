import { apiMethods } from '@/lib/api/api-methods';
import { apiRoute } from '@/lib/api/api-route';
import { readVerifications } from '@/lib/api/read-verifications';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ scope: 'verify:write' }, readVerifications),
});
