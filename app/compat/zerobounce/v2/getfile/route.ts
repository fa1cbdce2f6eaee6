import { apiMethods } from '@/lib/accounts/web/api-route';
import { getFile } from '@/lib/compat/web/zerobounce';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: getFile, HEAD: null });
