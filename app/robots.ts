import type { MetadataRoute } from 'next';
import { connection } from 'next/server';
import { env } from '@/lib/platform/env';

const PRIVATE = ['/api/', '/v1/', '/dashboard', '/verify', '/verifications', '/keys', '/billing', '/settings', '/dev/'];

export default async function robots(): Promise<MetadataRoute.Robots> {
  await connection();
  return { rules: { userAgent: '*', allow: '/', disallow: PRIVATE }, sitemap: `${env().APP_URL}/sitemap.xml` };
}
