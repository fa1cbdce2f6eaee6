import { apiMethods } from '@/lib/accounts/web/api-route';
import { checkEmail } from '@/lib/compat/web/reacher';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ POST: checkEmail });
