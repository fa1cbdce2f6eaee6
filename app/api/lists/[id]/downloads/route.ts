import { apiMethods } from '@/lib/api/api-methods';
import { makeDownload } from '@/lib/api/own-download';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ POST: makeDownload });
