import { apiMethods } from '@/lib/api/api-methods';
import { readAllowance } from '@/lib/api/free-checks';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: readAllowance });
