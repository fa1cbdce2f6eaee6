import { apiMethods } from '@/lib/accounts/web/api-route';
import { bulkProgress } from '@/lib/compat/web/reacher';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: bulkProgress });
