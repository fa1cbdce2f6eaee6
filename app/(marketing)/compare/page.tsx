import { PageHead } from '@/components/learn/page-head';
import { PageList } from '@/components/learn/shelf-view';
import { JsonLd } from '@/components/marketing/json-ld';
import { COMPARE, COMPARISONS } from '@/content/compare/comparisons';
import { metadataOf } from '@/content/page';
import { shelfData } from '@/content/structured-data';
import { env } from '@/lib/platform/env';

export const metadata = metadataOf(COMPARE);

export default function ComparePage() {
  return (
    <div className="mx-auto max-w-6xl px-4 py-12 sm:px-6 sm:py-16">
      <PageHead
        page={COMPARE}
        lead="What each service charges for, what its answers say, and what it does better than we do. Every fact links to its source and the day we read it. Prices and rules change, so check before you decide."
      />
      {/* The heading already says that these are comparisons. */}
      <PageList pages={COMPARISONS.map((comparison) => ({ ...comparison, title: comparison.name }))} />
      <JsonLd data={shelfData(COMPARE, COMPARISONS, env().APP_URL)} />
    </div>
  );
}
