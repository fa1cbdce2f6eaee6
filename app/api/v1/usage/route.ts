import { apiMethods } from '@/lib/api/api-methods';
import { apiRoute } from '@/lib/api/api-route';
import { readUsage } from '@/lib/api/read-ledger';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ scope: 'credits:read' }, readUsage),
});
