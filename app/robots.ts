import type { MetadataRoute } from 'next';
import { connection } from 'next/server';
import { env } from '@/lib/platform/env';
import { PRIVATE_PATHS } from './private-paths';

export default async function robots(): Promise<MetadataRoute.Robots> {
  await connection();
  return { rules: { userAgent: '*', allow: '/', disallow: PRIVATE_PATHS }, sitemap: `${env().APP_URL}/sitemap.xml` };
}
