import { apiMethods } from '@/lib/accounts/web/api-route';
import { batchStatus, createBatch } from '@/lib/compat/web/emailable';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: batchStatus, POST: createBatch });
