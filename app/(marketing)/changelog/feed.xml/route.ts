import { changelogFeed } from '@/content/changelog';
import { env } from '@/lib/platform/env';
import { DAYS } from '../days';

/** Only the running server knows the site's own address. */
export const dynamic = 'force-dynamic';

export const GET = (): Response =>
  new Response(changelogFeed(DAYS, env().APP_URL), {
    headers: { 'Content-Type': 'application/rss+xml; charset=utf-8', 'Cache-Control': 'public, max-age=3600' },
  });
