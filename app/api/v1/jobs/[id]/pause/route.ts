import { apiMethods } from '@/lib/api/api-methods';
import { apiRoute } from '@/lib/api/api-route';
import { pauseJob } from '@/lib/api/jobs';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute({ scope: 'jobs:write' }, pauseJob),
});
