import type { MetadataRoute } from 'next';
import { connection } from 'next/server';
import { LIVELY_PAGES, PAGES } from '@/content/site-map';
import { env } from '@/lib/platform/env';

export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  // Only the running server knows the site's own address.
  await connection();
  const origin = env().APP_URL;
  return [
    ...LIVELY_PAGES.map(({ path }) => ({ url: `${origin}${path}` })),
    ...PAGES.map(({ path, updated }) => ({ url: `${origin}${path}`, lastModified: updated })),
  ];
}
