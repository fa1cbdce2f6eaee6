import { apiMethods } from '@/lib/accounts/web/api-route';
import { pauseList } from '@/lib/lists/pause';
import { listMove } from '@/lib/lists/web/api';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ POST: listMove(pauseList) });
