import { apiMethods } from '@/lib/accounts/web/api-route';
import { searchJobs } from '@/lib/compat/web/neverbounce-jobs';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: searchJobs, POST: searchJobs, HEAD: null });
