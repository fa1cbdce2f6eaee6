import { apiMethods } from '@/lib/api/api-methods';
import { storeOwnPart } from '@/lib/api/own-lists';
import { ownRoute } from '@/lib/api/own-route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ PUT: ownRoute(storeOwnPart) });
