import { apiMethods } from '@/lib/accounts/web/api-route';
import { activity } from '@/lib/compat/web/zerobounce';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: activity });
