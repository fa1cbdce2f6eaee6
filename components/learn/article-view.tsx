import Link from 'next/link';
import { CallToAction } from '@/components/marketing/call-to-action';
import { Faq } from '@/components/marketing/faq';
import { JsonLd } from '@/components/marketing/json-ld';
import { Prose } from '@/components/marketing/prose';
import type { Article, ArticleSection, Shelf, Source } from '@/content/article';
import { articleData } from '@/content/structured-data';
import { PageBreadcrumb } from './breadcrumb';
import { FactSource } from './fact-source';
import { PageHead } from './page-head';

interface ArticleViewProps {
  article: Article;
  /** The shelf on which this article stands, if it stands on one. */
  shelf: Shelf | null;
  origin: string;
}

export function ArticleView({ article, shelf, origin }: ArticleViewProps) {
  return (
    <div className="mx-auto max-w-6xl px-4 py-12 sm:px-6 sm:py-16">
      {shelf !== null && <PageBreadcrumb parent={shelf} here={article.title} />}
      <PageHead page={article} lead={article.lead} />
      <div className="lg:grid lg:grid-cols-[minmax(0,48rem)_13rem] lg:justify-between lg:gap-12">
        <article className="max-w-3xl min-w-0">
          {article.sections.map((section) => (
            <SectionView key={section.id} section={section} />
          ))}
          {article.faq.length > 0 && (
            <div className="max-w-2xl">
              <h2 className="mt-16 mb-4 text-section font-semibold tracking-tight">Questions</h2>
              <Faq questions={article.faq} />
            </div>
          )}
          <Sources sources={article.sources} />
        </article>
        <OnThisPage sections={article.sections} />
      </div>
      {shelf !== null && <KeepReading articles={shelf.articles.filter(({ path }) => path !== article.path)} />}
      <div className="mt-16">
        <CallToAction title={article.callToAction.title} first={article.callToAction.first ?? 'account'}>
          {article.callToAction.text}
        </CallToAction>
      </div>
      <JsonLd data={articleData(article, shelf, origin)} />
    </div>
  );
}

function SectionView({ section: { id, heading, body, figure, after } }: { section: ArticleSection }) {
  return (
    <section aria-labelledby={id} className="mt-12">
      <h2 id={id} className="text-section font-semibold tracking-tight">
        {heading}
      </h2>
      <Prose>{body}</Prose>
      {figure !== undefined && <div className="my-8">{figure}</div>}
      {after !== undefined && <Prose>{after}</Prose>}
    </section>
  );
}

function OnThisPage({ sections }: { sections: readonly ArticleSection[] }) {
  return (
    <nav aria-label="On this page" className="hidden self-start pt-12 lg:sticky lg:top-14 lg:block">
      <p className="text-table font-semibold">On this page</p>
      <ul className="mt-2">
        {sections.map(({ id, heading }) => (
          <li key={id}>
            <a href={`#${id}`} className="block rounded-control py-1 text-table text-muted hover:text-fg">
              {heading}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function KeepReading({ articles }: { articles: readonly Article[] }) {
  return (
    <nav aria-labelledby="keep-reading" className="mt-16">
      <h2 id="keep-reading" className="text-section font-semibold tracking-tight">
        Keep reading
      </h2>
      <ul className="mt-4 grid gap-4 sm:grid-cols-3">
        {articles.map(({ path, title }) => (
          <li key={path}>
            <Link
              href={path}
              prefetch={false}
              className="flex h-full rounded-card border border-hairline bg-card p-4 text-body font-medium text-balance transition-colors hover:border-control"
            >
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Sources({ sources }: { sources: readonly Source[] }) {
  if (sources.length === 0) return null;
  return (
    <section aria-labelledby="sources" className="mt-12">
      <h2 id="sources" className="text-body font-semibold">
        Sources
      </h2>
      <ul className="mt-1">
        {sources.map((source) => (
          <li key={source.url}>
            <FactSource source={source} />
          </li>
        ))}
      </ul>
    </section>
  );
}
