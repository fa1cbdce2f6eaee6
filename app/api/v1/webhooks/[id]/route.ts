import { apiMethods } from '@/lib/api/api-methods';
import { apiRoute } from '@/lib/api/api-route';
import { changeWebhook, deleteWebhook, readWebhook } from '@/lib/api/webhooks';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ scope: 'webhooks:write' }, readWebhook),
  PATCH: apiRoute({ scope: 'webhooks:write' }, changeWebhook),
  DELETE: apiRoute({ scope: 'webhooks:write' }, deleteWebhook),
});
