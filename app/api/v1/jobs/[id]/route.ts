import { apiMethods } from '@/lib/api/api-methods';
import { apiRoute } from '@/lib/api/api-route';
import { readJob } from '@/lib/api/jobs';
import { changeJob, deleteJob } from '@/lib/api/keep-job';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ scope: 'jobs:read' }, readJob),
  PATCH: apiRoute({ scope: 'jobs:write' }, changeJob),
  DELETE: apiRoute({ scope: 'jobs:write' }, deleteJob),
});
