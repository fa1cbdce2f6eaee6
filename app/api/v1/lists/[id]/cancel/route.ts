import { apiCalls } from '@/lib/accounts/web/api-route';
import { cancelList } from '@/lib/lists/end';
import { cancelList as operation } from '@/lib/lists/operations';
import { listMove } from '@/lib/lists/web/api';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(listMove(operation, cancelList));
