import { apiMethods } from '@/lib/accounts/web/api-route';
import { startJob } from '@/lib/compat/web/neverbounce-jobs';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: startJob, POST: startJob, HEAD: null });
