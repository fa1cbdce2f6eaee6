import { apiMethods } from '@/lib/api/api-methods';
import { watchOwnVerification } from '@/lib/api/watch-own-verification';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: watchOwnVerification, HEAD: null });
