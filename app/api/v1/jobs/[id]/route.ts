import { apiMethods } from '@/lib/api/api-methods';
import { apiRoute } from '@/lib/api/api-route';
import { readJob } from '@/lib/api/jobs';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ scope: 'jobs:read' }, readJob),
});
