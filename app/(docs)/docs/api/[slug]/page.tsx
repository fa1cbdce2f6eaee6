import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DocsView } from '@/components/docs/docs-view';
import { slugOf } from '@/content/article';
import { apiReferencePages } from '@/content/docs/api-reference';
import { DOCS_GROUPS, findDocsPage } from '@/content/docs/docs-pages';
import { metadataOf } from '@/content/page';
import { env } from '@/lib/platform/env';

interface Props {
  params: Promise<{ slug: string }>;
}

export const dynamicParams = false;
export const generateStaticParams = () => apiReferencePages.map((page) => ({ slug: slugOf(page) }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const page = findDocsPage(`/docs/api/${(await params).slug}`);
  return page === null ? {} : metadataOf(page);
}

export default async function ApiReferenceTagPage({ params }: Props) {
  const page = findDocsPage(`/docs/api/${(await params).slug}`);
  if (page === null) notFound();
  return <DocsView page={page} groups={DOCS_GROUPS} origin={env().APP_URL} />;
}
