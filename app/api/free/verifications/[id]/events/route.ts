import { apiMethods } from '@/lib/api/api-methods';
import { watchFreeCheck } from '@/lib/api/free-checks';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: watchFreeCheck, HEAD: null });
