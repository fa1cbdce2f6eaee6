import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { PageBreadcrumb } from '@/components/learn/breadcrumb';
import { ComparisonTable } from '@/components/learn/comparison-table';
import { FactSource } from '@/components/learn/fact-source';
import { PageHead } from '@/components/learn/page-head';
import { CallToAction } from '@/components/marketing/call-to-action';
import { Faq } from '@/components/marketing/faq';
import { JsonLd } from '@/components/marketing/json-ld';
import { TextLink } from '@/components/marketing/text-link';
import { slugOf } from '@/content/article';
import { COMPARE, COMPARISONS, findComparison, migrationPathOf } from '@/content/compare/comparisons';
import { metadataOf } from '@/content/page';
import { articleData } from '@/content/structured-data';
import { env } from '@/lib/platform/env';

interface Props {
  params: Promise<{ slug: string }>;
}

export const dynamicParams = false;
export const generateStaticParams = () => COMPARISONS.map((comparison) => ({ slug: slugOf(comparison) }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const comparison = findComparison((await params).slug);
  return comparison === null ? {} : metadataOf(comparison);
}

export default async function ComparisonPage({ params }: Props) {
  const comparison = findComparison((await params).slug);
  if (comparison === null) notFound();
  const { name, lead, better, advice, faq } = comparison;
  return (
    <div className="mx-auto max-w-6xl px-4 py-12 sm:px-6 sm:py-16">
      <PageBreadcrumb parent={COMPARE} here={name} />
      <PageHead page={comparison} lead={lead} />
      <div className="mt-10">
        <ComparisonTable comparison={comparison} />
      </div>
      <h2 className="mt-16 mb-4 text-section font-semibold tracking-tight">What {name} does better</h2>
      <ul className="max-w-3xl divide-y divide-hairline border-y border-hairline">
        {better.map((fact) => (
          <li key={fact.text} className="py-4 text-lead">
            {fact.text}
            <FactSource source={fact.source} />
          </li>
        ))}
      </ul>
      <h2 className="mt-16 text-section font-semibold tracking-tight">Which one to choose</h2>
      <div className="max-w-3xl text-lead">
        <p className="mt-3">{advice.them}</p>
        <p className="mt-3">{advice.us}</p>
      </div>
      <div className="mt-6">
        <TextLink href={migrationPathOf(comparison)}>{`Move from ${name}`}</TextLink>
      </div>
      <h2 className="mt-16 mb-4 text-section font-semibold tracking-tight">Questions</h2>
      <div className="max-w-3xl">
        <Faq questions={faq} />
      </div>
      <p className="mt-8 max-w-3xl text-table text-muted [&_a]:underline [&_a]:underline-offset-2">
        {name} is a trademark of its owner, who is not affiliated with us. If a fact has changed,{' '}
        <Link href="/contact">tell us</Link> and we will correct it.
      </p>
      <div className="mt-12">
        <CallToAction title="Compare the answers yourself" first="check">
          Ask both about addresses you know the answer for. The free verifier shows the reason for each verdict.
        </CallToAction>
      </div>
      <JsonLd data={articleData(comparison, COMPARE, env().APP_URL)} />
    </div>
  );
}
