import { apiMethods } from '@/lib/accounts/web/api-route';
import { jobStatus } from '@/lib/compat/web/neverbounce-jobs';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: jobStatus, POST: jobStatus, HEAD: null });
