import { apiMethods } from '@/lib/api/api-methods';
import { apiRoute } from '@/lib/api/api-route';
import { createWebhook, readWebhooks } from '@/lib/api/webhooks';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ scope: 'webhooks:write' }, readWebhooks),
  POST: apiRoute({ scope: 'webhooks:write' }, createWebhook),
});
