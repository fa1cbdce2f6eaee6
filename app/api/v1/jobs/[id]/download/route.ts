import { apiMethods } from '@/lib/api/api-methods';
import { apiStream } from '@/lib/api/api-route';
import { downloadJob } from '@/lib/api/download-job';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiStream({ scope: 'jobs:read' }, downloadJob),
  HEAD: null,
});
