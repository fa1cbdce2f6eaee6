import { missingPath } from '@/lib/accounts/web/api-route';

/** Whatever is no call of the API. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = missingPath();
