import { apiCalls } from '@/lib/accounts/web/api-route';
import { pauseList } from '@/lib/lists/pause';
import { pauseList as operation } from '@/lib/lists/operations';
import { listMove } from '@/lib/lists/web/api';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(listMove(operation, pauseList));
