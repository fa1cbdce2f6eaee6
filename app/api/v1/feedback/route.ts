import { apiMethods } from '@/lib/api/api-methods';
import { apiRoute } from '@/lib/api/api-route';
import { takeFeedback } from '@/lib/api/feedback';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute({ scope: 'verify:write' }, takeFeedback),
});
