import { apiMethods } from '@/lib/accounts/web/api-route';
import { verifyBatch } from '@/lib/compat/web/kickbox';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ PUT: verifyBatch });
