import { apiMethods } from '@/lib/api/api-methods';
import { apiPost } from '@/lib/api/api-post';
import { verifyBatch } from '@/lib/api/create-job';
import { BATCH_BODY_MAX_BYTES } from '@/lib/domain/limits';
import { batchRequestSchema } from '@/lib/schemas/new-job-request';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiPost({ scope: 'jobs:write', makes: 'list', body: batchRequestSchema, maxBytes: BATCH_BODY_MAX_BYTES }, verifyBatch),
});
