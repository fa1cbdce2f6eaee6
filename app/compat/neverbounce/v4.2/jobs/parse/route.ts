import { apiMethods } from '@/lib/accounts/web/api-route';
import { parseJob } from '@/lib/compat/web/neverbounce-jobs';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: parseJob, POST: parseJob, HEAD: null });
