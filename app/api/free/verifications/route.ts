import { apiMethods } from '@/lib/api/api-methods';
import { startFreeCheck } from '@/lib/api/free-checks';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ POST: startFreeCheck });
