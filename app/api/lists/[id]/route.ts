import { apiMethods } from '@/lib/api/api-methods';
import { readOwnIntake } from '@/lib/api/own-lists';
import { ownRoute } from '@/lib/api/own-route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: ownRoute(readOwnIntake) });
