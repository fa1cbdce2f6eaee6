import { apiMethods } from '@/lib/accounts/web/api-route';
import { createJob } from '@/lib/compat/web/neverbounce-jobs';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: createJob, POST: createJob, HEAD: null });
