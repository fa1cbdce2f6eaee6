import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { CallToAction } from '@/components/marketing/call-to-action';
import { Faq } from '@/components/marketing/faq';
import { JsonLd } from '@/components/marketing/json-ld';
import { Prose } from '@/components/marketing/prose';
import { LocalTime } from '@/components/ui/local-time';
import { findArticle, LEARN_ARTICLES } from '@/content/learn/articles';
import { articleData } from '@/content/structured-data';
import { env } from '@/lib/platform/env';

interface Props {
  params: Promise<{ slug: string }>;
}

export const dynamicParams = false;
export const generateStaticParams = () => LEARN_ARTICLES.map(({ slug }) => ({ slug }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const article = findArticle((await params).slug);
  if (article === null) return {};
  return {
    title: article.title,
    description: article.description,
    alternates: { canonical: `/learn/${article.slug}` },
    openGraph: { type: 'article', title: article.title, description: article.description, modifiedTime: article.updated },
  };
}

export default async function ArticlePage({ params }: Props) {
  const article = findArticle((await params).slug);
  if (article === null) notFound();
  return (
    <article className="mx-auto max-w-3xl px-4 py-12 sm:px-6 sm:py-16">
      <nav aria-label="Breadcrumb" className="text-table text-muted">
        <Link href="/learn" className="rounded-control hover:text-fg">
          Learn
        </Link>{' '}
        / {article.title}
      </nav>
      <h1 className="mt-4 text-display font-semibold tracking-tight sm:text-hero">{article.title}</h1>
      <p className="mt-4 text-lead text-muted">{article.lead}</p>
      <p className="mt-3 text-table text-subtle">
        Last changed <LocalTime iso={article.updated} show="date" />
      </p>
      <Prose>
        {article.sections.map((section) => (
          <section key={section.id} aria-labelledby={section.id}>
            <h2 id={section.id}>{section.heading}</h2>
            {section.body}
          </section>
        ))}
      </Prose>
      <h2 className="mt-16 mb-4 text-section font-semibold tracking-tight">Questions</h2>
      <Faq questions={article.faq} />
      <div className="mt-16">
        <CallToAction title={article.callToAction.title}>{article.callToAction.text}</CallToAction>
      </div>
      <JsonLd data={articleData(article, env().APP_URL)} />
    </article>
  );
}
