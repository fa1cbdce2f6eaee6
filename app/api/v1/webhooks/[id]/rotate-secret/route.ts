import { apiMethods } from '@/lib/api/api-methods';
import { apiRoute } from '@/lib/api/api-route';
import { rotateWebhookSecret } from '@/lib/api/webhooks';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute({ scope: 'webhooks:write' }, rotateWebhookSecret),
});
