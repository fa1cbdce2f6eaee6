import { apiMethods } from '@/lib/api/api-methods';
import { apiRoute } from '@/lib/api/api-route';
import { createJob } from '@/lib/api/create-job';
import { readJobs } from '@/lib/api/jobs';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ scope: 'jobs:read' }, readJobs),
  POST: apiRoute({ scope: 'jobs:write' }, createJob),
});
