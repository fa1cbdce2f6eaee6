import { apiMethods } from '@/lib/api/api-methods';
import { apiPost } from '@/lib/api/api-post';
import { startJob } from '@/lib/api/jobs';
import { startJobSchema } from '@/lib/schemas/job-request';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiPost({ scope: 'jobs:write', makes: 'request', body: startJobSchema, isBodyOptional: true }, startJob),
});
