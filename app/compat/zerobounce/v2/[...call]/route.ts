import { apiMethods } from '@/lib/accounts/web/api-route';
import { notOffered } from '@/lib/compat/web/zerobounce';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: notOffered,
  POST: notOffered,
  PUT: notOffered,
  PATCH: notOffered,
  DELETE: notOffered,
});
