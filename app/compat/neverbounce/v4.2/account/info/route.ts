import { apiMethods } from '@/lib/accounts/web/api-route';
import { accountInfo } from '@/lib/compat/web/neverbounce';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: accountInfo, POST: accountInfo, HEAD: null });
