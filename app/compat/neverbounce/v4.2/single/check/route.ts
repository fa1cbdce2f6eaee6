import { apiMethods } from '@/lib/accounts/web/api-route';
import { singleCheck } from '@/lib/compat/web/neverbounce';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: singleCheck, POST: singleCheck, HEAD: null });
