import { apiMethods } from '@/lib/accounts/web/api-route';
import { download } from '@/lib/compat/web/kickbox';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: download, HEAD: null });
