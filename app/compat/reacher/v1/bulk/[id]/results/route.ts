import { apiMethods } from '@/lib/accounts/web/api-route';
import { bulkResults } from '@/lib/compat/web/reacher';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: bulkResults, HEAD: null });
