import { apiMethods } from '@/lib/api/api-methods';
import { apiStream } from '@/lib/api/api-route';
import { watchJob } from '@/lib/api/job-results';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiStream({ scope: 'jobs:read' }, watchJob),
  HEAD: null,
});
