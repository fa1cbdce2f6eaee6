import { apiMethods } from '@/lib/accounts/web/api-route';
import { deleteFile } from '@/lib/compat/web/zerobounce';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: deleteFile, HEAD: null });
