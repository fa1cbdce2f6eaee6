import { missingPath } from '@/lib/accounts/web/api-route';

/** Answers every path that is not a call of one of the services. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = missingPath();
