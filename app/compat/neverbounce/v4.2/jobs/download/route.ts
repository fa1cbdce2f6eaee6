import { apiMethods } from '@/lib/accounts/web/api-route';
import { downloadJob } from '@/lib/compat/web/neverbounce-jobs';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: downloadJob, POST: downloadJob, HEAD: null });
