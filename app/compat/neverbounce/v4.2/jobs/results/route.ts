import { apiMethods } from '@/lib/accounts/web/api-route';
import { jobResults } from '@/lib/compat/web/neverbounce-jobs';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: jobResults, POST: jobResults, HEAD: null });
