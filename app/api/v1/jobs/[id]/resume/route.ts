import { apiMethods } from '@/lib/api/api-methods';
import { apiPost } from '@/lib/api/api-post';
import { resumeJob } from '@/lib/api/jobs';
import { resumeJobSchema } from '@/lib/schemas/job-request';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiPost({ scope: 'jobs:write', makes: 'request', body: resumeJobSchema, isBodyOptional: true }, resumeJob),
});
