import type { MetadataRoute } from 'next';
import { connection } from 'next/server';
import { LEARN_ARTICLES } from '@/content/learn/articles';
import { env } from '@/lib/platform/env';

const PATHS = ['/', '/pricing', '/learn', '/terms', '/acceptable-use', '/privacy'];

export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  // The site's own address is known to the running server only.
  await connection();
  const origin = env().APP_URL;
  return [
    ...PATHS.map((path) => ({ url: `${origin}${path}` })),
    ...LEARN_ARTICLES.map((article) => ({ url: `${origin}/learn/${article.slug}`, lastModified: article.updated })),
  ];
}
