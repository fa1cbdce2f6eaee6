import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ArticleView } from '@/components/learn/article-view';
import { findArticle, slugOf } from '@/content/article';
import { metadataOf } from '@/content/page';
import { USE_CASES } from '@/content/shelves';
import { env } from '@/lib/platform/env';

interface Props {
  params: Promise<{ slug: string }>;
}

export const dynamicParams = false;
export const generateStaticParams = () => USE_CASES.articles.map((article) => ({ slug: slugOf(article) }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const article = findArticle(USE_CASES, (await params).slug);
  return article === null ? {} : metadataOf(article);
}

export default async function UseCaseArticlePage({ params }: Props) {
  const article = findArticle(USE_CASES, (await params).slug);
  if (article === null) notFound();
  return <ArticleView article={article} shelf={USE_CASES} origin={env().APP_URL} />;
}
