import { missingPath } from '@/lib/accounts/web/api-route';

/** Answers every path that is not a call of the API. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = missingPath();
