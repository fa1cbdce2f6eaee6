import { apiMethods } from '@/lib/api/api-methods';
import { downloadUsage } from '@/lib/api/usage-files';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: downloadUsage, HEAD: null });
