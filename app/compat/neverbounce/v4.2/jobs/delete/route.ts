import { apiMethods } from '@/lib/accounts/web/api-route';
import { deleteJob } from '@/lib/compat/web/neverbounce-jobs';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: deleteJob, POST: deleteJob, HEAD: null });
