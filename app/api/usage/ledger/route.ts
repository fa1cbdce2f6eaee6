import { apiMethods } from '@/lib/api/api-methods';
import { downloadLedger } from '@/lib/api/usage-files';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: downloadLedger, HEAD: null });
