import { missingPath } from '@/lib/api/api-methods';

/** Whatever is no call of the API. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = missingPath();
