import { apiMethods } from '@/lib/api/api-methods';
import { followDownload } from '@/lib/api/own-download';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: followDownload, HEAD: null });
