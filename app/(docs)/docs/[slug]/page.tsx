import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DocsView } from '@/components/docs/docs-view';
import { slugOf } from '@/content/article';
import { DOCS, DOCS_GROUPS, findDocsPage } from '@/content/docs/docs-pages';
import { metadataOf } from '@/content/page';
import { env } from '@/lib/platform/env';

interface Props {
  params: Promise<{ slug: string }>;
}

export const dynamicParams = false;
export const generateStaticParams = () =>
  DOCS.filter(({ path }) => /^\/docs\/(?!api$)[^/]+$/.test(path)).map((page) => ({ slug: slugOf(page) }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const page = findDocsPage(`/docs/${(await params).slug}`);
  return page === null ? {} : metadataOf(page);
}

export default async function DocsTextPage({ params }: Props) {
  const page = findDocsPage(`/docs/${(await params).slug}`);
  if (page === null) notFound();
  return <DocsView page={page} groups={DOCS_GROUPS} origin={env().APP_URL} />;
}
