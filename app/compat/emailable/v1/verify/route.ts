import { apiMethods } from '@/lib/accounts/web/api-route';
import { verify } from '@/lib/compat/web/emailable';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: verify, POST: verify, HEAD: null });
