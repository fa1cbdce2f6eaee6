import type { Metadata } from 'next';
import { ChangelogList } from '@/components/learn/changelog-list';
import { PageHead } from '@/components/learn/page-head';
import { JsonLd } from '@/components/marketing/json-ld';
import { CHANGELOG, CHANGELOG_FEED_PATH } from '@/content/changelog';
import { metadataOf } from '@/content/page';
import { breadcrumbData } from '@/content/structured-data';
import { env } from '@/lib/platform/env';
import { DAYS } from './days';

export const metadata: Metadata = {
  ...metadataOf(CHANGELOG),
  alternates: { canonical: CHANGELOG.path, types: { 'application/rss+xml': CHANGELOG_FEED_PATH } },
};

export default function ChangelogPage() {
  return (
    <div className="mx-auto max-w-6xl px-4 py-12 sm:px-6 sm:py-16">
      <PageHead page={CHANGELOG} lead="What changes for people who use Email Verifier, newest first." />
      <p className="mt-3 text-body">
        <a href={CHANGELOG_FEED_PATH} className="text-accent underline underline-offset-2">
          RSS feed
        </a>
      </p>
      <ChangelogList days={DAYS} />
      <JsonLd data={breadcrumbData([CHANGELOG], env().APP_URL)} />
    </div>
  );
}
