import { apiMethods } from '@/lib/accounts/web/api-route';
import { cancelList } from '@/lib/lists/end';
import { listMove } from '@/lib/lists/web/api';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ POST: listMove(cancelList) });
