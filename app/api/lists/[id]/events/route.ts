import { apiMethods } from '@/lib/api/api-methods';
import { watchOwnList } from '@/lib/api/watch-own-list';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: watchOwnList, HEAD: null });
