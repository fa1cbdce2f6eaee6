import { DOCS } from '@/content/docs/docs-pages';
import { searchIndex } from '@/content/docs/search-index';

/** Generated once, when the app is built. */
export const dynamic = 'force-static';

export const GET = (): Response => Response.json(searchIndex(DOCS));
