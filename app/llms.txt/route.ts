import { DOCS_GROUPS } from '@/content/docs/docs-pages';
import { llmsText } from '@/content/docs/llms';
import { env } from '@/lib/platform/env';

/** Only the running server knows the site's own address. */
export const dynamic = 'force-dynamic';

export const GET = (): Response =>
  new Response(llmsText(DOCS_GROUPS, env().APP_URL), {
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'public, max-age=3600' },
  });
